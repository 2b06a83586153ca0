import { someActor } from '../../shared/test/requests.js'
import type { Account, PasswordChange } from './recovery-ports.js'
import { makeRemovePassword } from './remove-password.js'

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: 'Ada', otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: null, phoneNumberVerified: false },
}
const OWNER = { userId: ADA.id, sessionId: 'ses_here' }
const CHANGE: PasswordChange = {
  ...{ eventId: 'event', userId: ADA.id, how: 'REMOVED', keptSessionId: OWNER.sessionId, keptTicket: null },
}
const TEXTED = { phoneNumber: '+4915112345678', phoneNumberVerified: true }

/** Removes it, and says what was done. */
async function removed(account: Account | null = ADA, change: PasswordChange | null = CHANGE) {
  const order: unknown[] = []
  const removePassword = makeRemovePassword({
    getAccount: async () => account,
    isTextable: (number) => number === TEXTED.phoneNumber,
    changes: {
      async remove({ userId, sessionId }) {
        order.push({ userId, sessionId })
        return change
      },
    },
    async tellAuth(told) {
      order.push(told)
      return 2
    },
  })
  return { result: await removePassword(OWNER, someActor()), order }
}

test('a password goes where a code signs in, and then other sessions end', async () => {
  const { result, order } = await removed()

  expect(result).toEqual({ kind: 'changed', userId: ADA.id, revokedSessions: 2 })
  expect(order).toEqual([OWNER, CHANGE])
})

test.each<[string, Partial<Account>, string | null]>([
  ['a proved number', { email: null, ...TEXTED }, null],
  ['a proved number beside an address that is not', { emailVerified: false, ...TEXTED }, null],
  [
    'a number that may not be texted',
    { email: null, ...TEXTED, phoneNumber: '+4930123456' },
    'LAST_CREDENTIAL',
  ],
  ['a number that nobody proved', { email: null, ...TEXTED, phoneNumberVerified: false }, 'LAST_CREDENTIAL'],
  ['an address that nobody proved', { emailVerified: false }, 'LAST_CREDENTIAL'],
])('who has %s', async (_, changes, code) => {
  const { result, order } = await removed({ ...ADA, ...changes })

  expect(result.kind === 'refused' ? result.problems : null).toEqual(code && [{ code }])
  expect(order).toHaveLength(code ? 0 : 2)
})

test('where there is none, or no account, nothing ends', async () => {
  expect((await removed(ADA, null)).result).toEqual({ kind: 'refused', problems: [{ code: 'NOT_ENROLLED' }] })
  expect((await removed(null)).order).toEqual([])
})
