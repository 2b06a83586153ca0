import { someActor } from '../../shared/test/requests.js'
import type { Account, Verified } from './ports.js'
import { makeVerifyEmail, type VerifyEmailInput } from './verify-email.js'

const ADA = { id: 'usr_ada' } as Account // what the store answers is handed on unread
const GRANT = {
  ...{ userId: 'usr_ada', jti: 'jti', expiresAt: new Date('2030-01-01T00:00:00Z') },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}

async function verified(
  input: VerifyEmailInput,
  answer: Verified = { kind: 'verified', account: ADA, usernameTaken: false },
) {
  const calls: unknown[] = []
  const verify = makeVerifyEmail({
    accounts: {
      async verifyByLink(digest) {
        calls.push(digest)
        return answer
      },
      async verifyByGrant(grant) {
        calls.push(grant)
        return answer
      },
    },
    looksLikeToken: (text) => text === 'token',
    digestOf: () => new Uint8Array([9]),
    readGrant: async (text) => (text === 'grant' ? GRANT : null),
  })
  return { result: await verify(input, someActor()), calls }
}

test('10.1: a link is looked for by the digest of its token', async () => {
  const { result, calls } = await verified({ token: 'token' })

  expect(result).toEqual({ kind: 'verified', account: ADA, problems: [] })
  expect(calls).toEqual([new Uint8Array([9])])
})

test('a grant is spent by what it says', async () => {
  const { result, calls } = await verified({ grant: 'grant' })

  expect(result).toEqual({ kind: 'verified', account: ADA, problems: [] })
  expect(calls).toEqual([GRANT])
})

test('9.8: a username that has gone meanwhile is told, and the address is verified all the same', async () => {
  const { result } = await verified(
    { token: 'token' },
    { kind: 'verified', account: ADA, usernameTaken: true },
  )

  expect(result).toEqual({
    kind: 'verified',
    account: ADA,
    problems: [{ code: 'TAKEN', field: ['username'] }],
  })
})

test.each([
  ['EXPIRED', { token: 'token' }, 'token'],
  ['ALREADY_USED', { token: 'token' }, 'token'],
  ['EXPIRED', { grant: 'grant' }, 'grant'],
  ['ALREADY_USED', { grant: 'grant' }, 'grant'],
] as const)('%s is told at the field that was given: %p', async (reason, input, field) => {
  const { result } = await verified(input, { kind: 'refused', reason })

  expect(result).toEqual({ kind: 'refused', problems: [{ code: reason, field: [field] }] })
})

test.each([
  ['neither', {}, 'REQUIRED', 'token'],
  ['two empty ones', { token: '', grant: '' }, 'REQUIRED', 'token'],
  ['both', { token: 'token', grant: 'grant' }, 'INVALID', 'grant'],
  ['what is no token', { token: 'nonsense' }, 'INVALID', 'token'],
  ['what is no grant of ours', { grant: 'nonsense' }, 'EXPIRED', 'grant'],
])('%s is refused without asking the store', async (_, input, code, field) => {
  const { result, calls } = await verified(input)

  expect(result).toEqual({ kind: 'refused', problems: [{ code, field: [field] }] })
  expect(calls).toEqual([])
})
