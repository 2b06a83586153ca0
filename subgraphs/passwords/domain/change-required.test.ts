import { someActor } from '../../shared/test/requests.js'
import { makeChangeRequired } from './change-required.js'
import type { ChoiceRefusal } from './choose-password.js'
import type { Account, PasswordChange } from './recovery-ports.js'

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: 'Ada', otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: null, phoneNumberVerified: false },
}
const CHANGE: PasswordChange = {
  ...{ eventId: 'event', userId: ADA.id, how: 'CHANGED', keptSessionId: null, keptTicket: 'ticket' },
}
const BY = someActor({ userId: ADA.id })

type Given = Partial<{
  mustChange: boolean
  isKnown: boolean
  refusedFor: ChoiceRefusal[]
  /** What the store says. */
  change: PasswordChange | null
}>

async function change({
  mustChange = true,
  isKnown = true,
  refusedFor = [],
  change: done = CHANGE,
}: Given = {}) {
  const order: unknown[] = []
  const changeRequired = makeChangeRequired({
    credentials: {
      find: async () => ({ phc: 'current', pepperVersion: 1, mustChange, changeReason: 'ADMIN_RESET' }),
    },
    changes: {
      async change({ sessionId, keptTicket, from, stored }) {
        order.push({ sessionId, keptTicket, from, to: stored.phc })
        return done
      },
    },
    getAccount: async () => (isKnown ? ADA : null),
    async choosePassword({ password, identity }) {
      order.push(identity)
      return refusedFor.length > 0
        ? { kind: 'refused', problems: refusedFor.map((code) => ({ code, field: ['newPassword'] })) }
        : { kind: 'chosen', stored: { phc: password, pepperVersion: 1 } }
    },
    async tellAuth(told) {
      order.push(told)
      return 2
    },
  })
  const result = await changeRequired({ userId: ADA.id, newPassword: 'orbit', keptTicket: 'ticket', by: BY })
  return { result, order }
}

test('6.5: the new one is in force, and sessions end, before it is answered', async () => {
  const { result, order } = await change()

  expect(result).toEqual({ kind: 'changed' })
  expect(order).toEqual([
    ['ada@acme.test', 'Ada'],
    { sessionId: null, keptTicket: 'ticket', from: 'current', to: 'orbit' },
    CHANGE,
  ])
})

test('6.2: one that the policy refuses changes nothing, and all that is wrong is told', async () => {
  const { result, order } = await change({ refusedFor: ['PASSWORD_TOO_SHORT', 'PASSWORD_COMMON'] })

  expect(result).toEqual({ kind: 'refused', reasons: ['PASSWORD_TOO_SHORT', 'PASSWORD_COMMON'] })
  expect(order).toHaveLength(1)
})

test.each<[string, Given]>([
  ['who need not choose another', { mustChange: false }],
  ['whose account is gone', { isKnown: false }],
])('nothing is set for somebody %s', async (_, given) => {
  expect(await change(given)).toEqual({ result: { kind: 'not-required' }, order: [] })
})

test('whoever is overtaken ends no session', async () => {
  const { result, order } = await change({ change: null })

  expect(result).toEqual({ kind: 'not-required' })
  expect(order).not.toContain(CHANGE)
})
