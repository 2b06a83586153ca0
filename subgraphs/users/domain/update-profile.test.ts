import { someActor } from '../../shared/test/requests.js'
import { makeAttributes } from './attributes.js'
import type { Account, ProfileChange } from './ports.js'
import { makeUpdateProfile, type UpdateProfileInput } from './update-profile.js'

const ADA = { id: 'usr_ada' } as Account // what the store answers is handed on unread

async function updated(input: UpdateProfileInput, answer: Account | null = ADA) {
  const calls: { id: string; change: ProfileChange; ifUpdatedAt: Date | null }[] = []
  const update = makeUpdateProfile({
    accounts: {
      async updateProfile(id, change, { ifUpdatedAt }) {
        calls.push({ id, change, ifUpdatedAt })
        return answer
      },
    },
    attributes: makeAttributes([]),
    writer: 'OWNER',
    now: () => new Date('2030-06-15T12:00:00Z'),
  })
  return { result: await update('usr_ada', input, someActor()), calls }
}

test('changes what is given, of the one who asks', async () => {
  const { result, calls } = await updated({ profile: { displayName: 'Ada', timeZone: null } })

  expect(result).toEqual({ kind: 'updated', account: ADA })
  expect(calls).toEqual([
    { id: 'usr_ada', change: { displayName: 'Ada', timeZone: null }, ifUpdatedAt: null },
  ])
})

test('hands the moment of the last reading to the store', async () => {
  const { calls } = await updated({ profile: {}, ifUpdatedAt: '2030-01-01T00:00:00.123Z' })

  expect(calls[0]?.ifUpdatedAt).toEqual(new Date('2030-01-01T00:00:00.123Z'))
})

test('an account that was changed meanwhile is a conflict', async () => {
  const { result } = await updated({ profile: {}, ifUpdatedAt: '2030-01-01T00:00:00Z' }, null)

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'CONFLICT', field: ['ifUpdatedAt'] }] })
})

test('every fault is told at once, and nothing is changed', async () => {
  const { result, calls } = await updated({ profile: { birthdate: '2031-01-01' }, ifUpdatedAt: 'yesterday' })

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'INVALID', field: ['profile', 'birthdate'] },
      { code: 'INVALID', field: ['ifUpdatedAt'] },
    ],
  })
  expect(calls).toEqual([])
})

test.each(['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '0000-01-01T00:00:00Z'])(
  '%s, which the database does not know, is refused before it is asked',
  async (ifUpdatedAt) => {
    const { result, calls } = await updated({ profile: {}, ifUpdatedAt })

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID', field: ['ifUpdatedAt'] }] })
    expect(calls).toEqual([])
  },
)
