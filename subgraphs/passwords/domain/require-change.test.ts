import { coversScopes } from '../../shared/identity/scopes.js'
import { someActor } from '../../shared/test/requests.js'
import type { Account } from './recovery-ports.js'
import { makeRequireChange } from './require-change.js'

const SUPPORT = ['users:read', 'users:write']
const account = (scopes: string[]) => ({ id: 'usr_ada', scopes }) as Account // no more is read of it

async function required(
  { userId = 'usr_ada', reason = null }: { userId?: string; reason?: string | null } = {},
  found: Account | null = account([]),
  isSet = true,
) {
  const asked: unknown[] = []
  const requireChange = makeRequireChange({
    changes: {
      async requireChange(id, given) {
        asked.push(id, given.reason)
        return isSet
      },
    },
    isUserId: (text) => text.startsWith('usr_'),
    getAccount: async () => found,
    covers: coversScopes,
  })
  return { result: await requireChange(userId, reason, { scopes: SUPPORT, by: someActor() }), asked }
}

test('staff have somebody choose another password, and say why', async () => {
  const { result, asked } = await required({ reason: ' seen on a screen ' })

  expect(result).toEqual({ kind: 'required', userId: 'usr_ada' })
  expect(asked).toEqual(['usr_ada', 'seen on a screen'])
})

test.each([
  ['who may do more', await required({}, account([...SUPPORT, 'roles:write'])), { kind: 'forbidden' }],
  ['nobody', await required({ userId: 'x' }), { problems: [{ code: 'NOT_FOUND', field: ['userId'] }] }],
  ['who is gone', await required({}, null), { problems: [{ code: 'NOT_FOUND' }] }],
  [
    'a reason that is a story',
    await required({ reason: 'x'.repeat(201) }),
    { problems: [{ code: 'TOO_LONG', field: ['reason'] }] },
  ],
])('nothing is required of %s', async (_, { result, asked }, expected) => {
  expect(result).toMatchObject(expected)
  expect(asked).toEqual([])
})

test('of an account without a password there is none to change', async () => {
  expect((await required({}, account([]), false)).result).toMatchObject({
    problems: [{ code: 'NOT_ENROLLED', field: ['userId'] }],
  })
})
