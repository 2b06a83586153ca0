import { AppError } from '../../shared/errors/app-error.js'
import { someActor } from '../../shared/test/requests.js'
import { makeChangePassword } from './change-password.js'
import type { Account, PasswordChange } from './recovery-ports.js'

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: 'Ada', otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: null, phoneNumberVerified: false },
}
const OWNER = { userId: ADA.id, sessionId: 'ses_here' }
const CURRENT = 'plum kettle'
const CHANGE: PasswordChange = {
  ...{ eventId: 'event', userId: ADA.id, how: 'CHANGED', keptSessionId: OWNER.sessionId, keptTicket: null },
}
const BY = someActor()

type Given = Partial<{
  isSet: boolean
  allowed: boolean
  isWeak: boolean
  /** What becomes of the look at it. */
  fault: Error | null
  /** What the store says. */
  change: PasswordChange | null
}>

function own({ isSet = true, allowed = true, isWeak = false, fault = null, change = CHANGE }: Given = {}) {
  const order: unknown[] = []
  const password = makeChangePassword({
    credentials: {
      find: async () =>
        isSet ? { phc: CURRENT, pepperVersion: 1, mustChange: false, changeReason: 'ADMIN_RESET' } : null,
    },
    changes: {
      async change({ sessionId, from, stored }) {
        order.push({ sessionId, from, to: stored.phc })
        return change
      },
      async set({ sessionId, stored }) {
        order.push({ sessionId, to: stored.phc })
        return change
      },
    },
    hasher: {
      async verify(text, stored) {
        order.push('hash')
        if (fault) throw fault
        return { matches: text === stored?.phc, needsRehash: false }
      },
    },
    getAccount: async () => ADA,
    async choosePassword({ password: chosen, identity }) {
      order.push(identity)
      return isWeak
        ? { kind: 'refused', problems: [{ code: 'PASSWORD_REUSED', field: ['newPassword'] }] }
        : { kind: 'chosen', stored: { phc: chosen, pepperVersion: 1 } }
    },
    async takeTry() {
      order.push('try')
      return { allowed }
    },
    async giveBackTry() {
      order.push('given back')
    },
    async settleTry(_, matches) {
      order.push(matches ? 'right' : 'wrong')
    },
    async tellAuth(told) {
      order.push(told)
      return 2
    },
  })
  const change1 = (currentPassword = CURRENT) =>
    password.change(OWNER, { currentPassword, newPassword: 'orbit' }, BY)
  return { password, change: change1, order }
}

const refusedFor = (code: string, ...field: string[]) => ({
  ...{ kind: 'refused', problems: [field.length > 0 ? { code, field } : { code }] },
})

test('6.5, 7.3: a try is taken, then the current one is looked at, then the new one is in force and other sessions end', async () => {
  const { change, order } = own()

  expect(await change()).toEqual({ kind: 'changed', userId: ADA.id, revokedSessions: 2 })
  expect(order).toEqual([
    ...['try', 'hash', 'right', ['ada@acme.test', 'Ada']],
    { sessionId: OWNER.sessionId, from: CURRENT, to: 'orbit' },
    CHANGE,
  ])
})

test('6.5: a wrong current one is counted, and nothing is looked at beyond it', async () => {
  const { change, order } = own()

  expect(await change('wrong')).toEqual(refusedFor('WRONG_PASSWORD', 'currentPassword'))
  expect(order).toEqual(['try', 'hash', 'wrong'])
})

test('7.1: without a try left nothing is hashed, be it right or wrong', async () => {
  const { change, order } = own({ allowed: false })

  expect(await change()).toEqual(refusedFor('TOO_MANY_ATTEMPTS', 'currentPassword'))
  expect(order).toEqual(['try'])
})

test('7.1: what nobody could look at costs no try', async () => {
  const { change, order } = own({ fault: new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }) })

  await expect(change()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  expect(order).toEqual(['try', 'hash', 'given back'])
})

test('whoever is overtaken by another change is told so, and ends no session', async () => {
  const { change, order } = own({ change: null })

  expect(await change()).toEqual(refusedFor('CONFLICT', 'currentPassword'))
  expect(order).not.toContain(CHANGE)
})

test('a new one that is refused changes nothing', async () => {
  const { change, order } = own({ isWeak: true })

  expect(await change()).toEqual(refusedFor('PASSWORD_REUSED', 'newPassword'))
  expect(order).toHaveLength(4)
})

test('what is missing, and an account without a password, cost no try', async () => {
  const missing = own()
  const bare = own({ isSet: false })

  expect(await missing.change('')).toEqual(refusedFor('REQUIRED', 'currentPassword'))
  expect(await bare.change()).toEqual(refusedFor('NOT_ENROLLED', 'currentPassword'))
  expect([missing.order, bare.order]).toEqual([[], []])
})

test('the first one is set where there is none, and never over another', async () => {
  const bare = own({ isSet: false })
  const overtaken = own({ isSet: false, change: null })

  expect(await bare.password.set(OWNER, 'orbit', BY)).toMatchObject({ kind: 'changed' })
  expect(bare.order).toEqual([['ada@acme.test', 'Ada'], { sessionId: OWNER.sessionId, to: 'orbit' }, CHANGE])
  expect(await own().password.set(OWNER, 'orbit', BY)).toEqual(refusedFor('ALREADY_ENROLLED'))
  expect(await overtaken.password.set(OWNER, 'orbit', BY)).toEqual(refusedFor('ALREADY_ENROLLED'))
})
