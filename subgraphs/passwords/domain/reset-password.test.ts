import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { someActor } from '../../shared/test/requests.js'
import type { Account, PasswordResetDone, ResetLinkFound } from './recovery-ports.js'
import { type Grant, makeResetPassword } from './reset-password.js'

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: 'Ada', otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: null, phoneNumberVerified: false },
}
const TOKEN = 'token'
const LINK: ResetLinkFound = { kind: 'found', userId: ADA.id, address: addressDigest(TOKEN, 'ada@acme.test') }
const GRANT: Grant = {
  ...{ userId: ADA.id, jti: 'jti', challengeId: 'chl' },
  ...{ issuedAt: new Date('2029-12-31T23:55:00Z'), expiresAt: new Date('2030-01-01T00:00:00Z') },
  addressDigest: addressDigest('chl', 'ada@acme.test'),
}
const CHANGE = {
  eventId: 'event',
  userId: ADA.id,
  how: 'RESET' as const,
  keptSessionId: null,
  keptTicket: null,
}
const STORED = { phc: 'phc', pepperVersion: 1 }
const BY = someActor()
const PROOF = { proofId: 'proof', userId: ADA.id, address: addressDigest('proof', 'ada@acme.test') }

type Given = Partial<{
  token: string | null
  account: Account | null
  link: ResetLinkFound
  done: PasswordResetDone
  isWeak: boolean
  grant: string | null
  grantRead: Grant | null
}>

async function reset({
  token = TOKEN,
  account = ADA,
  link = LINK,
  done = { kind: 'done', change: CHANGE },
  isWeak = false,
  grant = null,
  grantRead = GRANT,
}: Given = {}) {
  const order: unknown[] = []
  const resetPassword = makeResetPassword({
    resets: {
      find: async () => link,
      async complete({ means, stored, proof }) {
        order.push({ by: means.by, stored, proof })
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
    readGrant: async () => grantRead,
  })
  return { result: await resetPassword({ token, grant, newPassword: 'plum kettle orbit' }, BY), order }
}

test('10.3: the password is in force, then sessions end, then it is acknowledged', async () => {
  const { result, order } = await reset()

  expect(order).toEqual([['ada@acme.test', 'Ada'], { by: 'LINK', stored: STORED, proof: PROOF }, CHANGE])
  expect(result).toEqual({ kind: 'reset', revokedSessions: 3 })
})

test('of a never-verified account the link proves the address', async () => {
  const { order } = await reset({ account: { ...ADA, everVerified: false, emailVerified: false } })

  expect(order.slice(1)).toEqual([{ by: 'LINK', stored: STORED, proof: PROOF }, CHANGE, PROOF])
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

const byGrant = (given: Given = {}) => reset({ token: null, grant: 'grant', ...given })

test('the grant of a code does what a link does', async () => {
  const { result, order } = await byGrant()

  expect(order.slice(1)).toEqual([{ by: 'OTP', stored: STORED, proof: PROOF }, CHANGE])
  expect(result).toEqual({ kind: 'reset', revokedSessions: 3 })
})

test('a text to the number of the account does as well, and proves no address', async () => {
  const account = { ...ADA, phoneNumber: '+4915112345678', phoneNumberVerified: true }
  const grantRead = { ...GRANT, addressDigest: addressDigest('chl', '+4915112345678') }

  const { result, order } = await byGrant({ account, grantRead })

  expect(result).toMatchObject({ kind: 'reset' })
  expect(order[1]).toMatchObject({ by: 'OTP', proof: null })
  expect((await byGrant({ account: { ...account, phoneNumberVerified: false }, grantRead })).result).toEqual({
    ...{ kind: 'refused', problems: [{ code: 'EXPIRED', field: ['grant'] }] },
  })
})

test('a code that was mailed to a never-verified account proves its address', async () => {
  const { order } = await byGrant({ account: { ...ADA, everVerified: false, emailVerified: false } })

  expect(order.at(-1)).toEqual(PROOF)
})

test.each<[string, Given, string, string]>([
  ['what is no grant for this', { grantRead: null }, 'EXPIRED', 'grant'],
  [
    'of an address that is another one now',
    { account: { ...ADA, email: 'ada@else.test' } },
    'EXPIRED',
    'grant',
  ],
  ['of somebody disabled', { account: { ...ADA, status: 'DISABLED' } }, 'EXPIRED', 'grant'],
  ['beside a link', { token: TOKEN }, 'INVALID', 'grant'],
  ['spent', { done: { kind: 'refused', reason: 'ALREADY_USED' } }, 'ALREADY_USED', 'grant'],
])('8.1: a grant is refused: %s', async (_, given, code, field) => {
  expect((await byGrant(given)).result).toEqual({ kind: 'refused', problems: [{ code, field: [field] }] })
})
