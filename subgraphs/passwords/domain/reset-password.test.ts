import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { someActor } from '../../shared/test/requests.js'
import type { Account, PasswordResetDone, ResetLinkFound } from './recovery-ports.js'
import { makeResetPassword } from './reset-password.js'

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: 'Ada', otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true },
}
const TOKEN = 'token'
const LINK: ResetLinkFound = { kind: 'found', userId: ADA.id, address: addressDigest(TOKEN, 'ada@acme.test') }
const CHANGE = { eventId: 'event', userId: ADA.id, how: 'RESET' as const, keptSessionId: null }
const STORED = { phc: 'phc', pepperVersion: 1 }
const BY = someActor()

type Given = Partial<{
  token: string | null
  account: Account | null
  link: ResetLinkFound
  done: PasswordResetDone
  isWeak: boolean
}>

async function reset({
  token = TOKEN,
  account = ADA,
  link = LINK,
  done = { kind: 'done', change: CHANGE },
  isWeak = false,
}: Given = {}) {
  const order: unknown[] = []
  const resetPassword = makeResetPassword({
    resets: {
      find: async () => link,
      async complete({ stored, proof }) {
        order.push({ stored, proof })
        return done
      },
    },
    getAccount: async () => account,
    async choosePassword({ identity }) {
      order.push(identity)
      return isWeak
        ? { kind: 'refused', problems: [{ code: 'PASSWORD_COMMON', field: ['newPassword'] }] }
        : { kind: 'chosen', stored: STORED }
    },
    async tellAuth(change) {
      order.push(change)
      return 3
    },
    async proveAddress(proof) {
      order.push(proof)
    },
    looksLikeToken: (text) => text === TOKEN,
    digestOf: () => new Uint8Array([7]),
    newProofId: () => 'proof',
  })
  return { result: await resetPassword({ token, newPassword: 'plum kettle orbit' }, BY), order }
}

test('10.3: the password is in force, then sessions end, then it is acknowledged', async () => {
  const { result, order } = await reset()

  expect(order).toEqual([['ada@acme.test', 'Ada'], { stored: STORED, proof: null }, CHANGE])
  expect(result).toEqual({ kind: 'reset', revokedSessions: 3 })
})

test('of a never-verified account the link proves the address', async () => {
  const proof = { proofId: 'proof', userId: ADA.id, address: addressDigest('proof', 'ada@acme.test') }
  const { order } = await reset({ account: { ...ADA, everVerified: false, emailVerified: false } })

  expect(order.slice(1)).toEqual([{ stored: STORED, proof }, CHANGE, proof])
})

test('a password that is refused leaves the link as it was', async () => {
  const { result, order } = await reset({ isWeak: true })

  expect(result).toMatchObject({ problems: [{ code: 'PASSWORD_COMMON', field: ['newPassword'] }] })
  expect(order).toHaveLength(1)
})

test.each<[string, Given, string]>([
  ['no token', { token: null }, 'REQUIRED'],
  ['what is no token', { token: 'x' }, 'INVALID'],
  ['a link that is over', { link: { kind: 'refused', reason: 'EXPIRED' } }, 'EXPIRED'],
  ['a link that was used', { link: { kind: 'refused', reason: 'ALREADY_USED' } }, 'ALREADY_USED'],
  ['an account that is gone', { account: null }, 'EXPIRED'],
  ['an account that was disabled', { account: { ...ADA, status: 'DISABLED' } }, 'EXPIRED'],
  ['an address that is another one now', { account: { ...ADA, email: 'ada@else.test' } }, 'EXPIRED'],
])('10.1: %s is refused before anything is hashed', async (_, given, code) => {
  const { result, order } = await reset(given)

  expect(result).toEqual({ kind: 'refused', problems: [{ code, field: ['token'] }] })
  expect(order).toEqual([])
})

test('whoever comes second with a link is told so, and ends no session', async () => {
  const { result, order } = await reset({ done: { kind: 'refused', reason: 'ALREADY_USED' } })

  expect(result).toMatchObject({ problems: [{ code: 'ALREADY_USED', field: ['token'] }] })
  expect(order).toHaveLength(2)
})
