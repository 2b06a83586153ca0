import { someActor } from '../../shared/test/requests.js'
import { makeAcceptInvitation } from './accept-invitation.js'
import { makeAttributes } from './attributes.js'
import type { InvitationFound } from './invitation-ports.js'
import type { Account, Verified } from './ports.js'
import type { Registration } from './register.js'

const FOUND = {
  kind: 'found',
  invitee: {
    ...{ id: 'usr_bob', email: 'bob@acme.test', phoneNumber: null, username: null },
    ...{ displayName: 'Bob', givenName: null, familyName: 'Builder' },
  },
} satisfies InvitationFound
const VERIFIED: Verified = { kind: 'verified', account: { id: 'usr_bob' } as Account, usernameTaken: false }

type Deps = Parameters<typeof makeAcceptInvitation>[0]

/** Accepts with everything right unless told otherwise, and remembers what was asked of others, in order. */
async function accepted(
  input: Registration = {},
  { token = 'good', changes = {} }: { token?: string; changes?: Partial<Deps> } = {},
) {
  const order: string[] = []
  const identities: string[][] = []
  const accept = makeAcceptInvitation({
    invitations: {
      find: async () => FOUND,
      async accept() {
        order.push('accept')
        return VERIFIED
      },
    },
    looksLikeToken: (text) => text !== 'bad',
    digestOf: () => new Uint8Array([1]),
    async setPassword({ userId, identity }) {
      order.push(`password of ${userId}`)
      identities.push(identity)
      return { kind: 'set' }
    },
    async adopt({ credentialId, userId }) {
      order.push(`adopt ${credentialId} for ${userId}`)
    },
    attributes: makeAttributes([]),
    newId: () => 'usr_credential',
    now: () => new Date('2030-06-15T12:00:00Z'),
    // Whoever was invited is let in, wherever their address is.
    signUp: { mode: 'domains', domains: ['else.test'], termsVersion: null },
    ...changes,
  })
  const result = await accept(token, { password: 'plum kettle orbit', ...input }, someActor())
  return { result, order, identities }
}

test('the password is stored apart, the invitation spent, and the password adopted before the answer', async () => {
  const { result, order } = await accepted()

  expect(result).toEqual({ kind: 'done', userId: 'usr_bob', isUsernameTaken: false })
  expect(order).toEqual(['password of usr_credential', 'accept', 'adopt usr_credential for usr_bob'])
})

test('6.2: passwords is told every word that names the person, what they say now before what was written', async () => {
  const { identities } = await accepted({ username: 'Bobby', profile: { displayName: 'Robert' } })

  expect(identities).toEqual([['bob@acme.test', 'bobby', 'Robert', 'Builder']])
})

test.each([
  ['a broken token', { token: 'bad' }, 'INVALID'],
  [
    'an old one',
    { changes: { invitations: refusing({ find: { kind: 'refused', reason: 'EXPIRED' } }) } },
    'EXPIRED',
  ],
  [
    'one that was used',
    { changes: { invitations: refusing({ find: { kind: 'refused', reason: 'ALREADY_USED' } }) } },
    'ALREADY_USED',
  ],
])('6.4: %s is refused before anything is hashed', async (_, how, code) => {
  const { result, order } = await accepted({}, how)

  expect(result).toEqual({ kind: 'refused', problems: [{ code, field: ['invitationToken'] }] })
  expect(order).toEqual([])
})

test('whoever comes second is told so, and their password is not adopted', async () => {
  const invitations = refusing({ accept: { kind: 'refused', reason: 'ALREADY_USED' } })
  const { result, order } = await accepted({}, { changes: { invitations } })

  expect(result).toMatchObject({ problems: [{ code: 'ALREADY_USED', field: ['invitationToken'] }] })
  expect(order).toEqual(['password of usr_credential'])
})

test('every wrong field is named at once', async () => {
  const { result, order } = await accepted(
    { password: '', username: 'admin', profile: { timeZone: 'Mars/Olympus' }, email: 'else@acme.test' },
    { changes: { signUp: { mode: 'open', domains: [], termsVersion: '2030-01' } } },
  )

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'INVALID', field: ['profile', 'timeZone'] },
      { code: 'REQUIRED', field: ['password'] },
      { code: 'USERNAME_NOT_ALLOWED', field: ['username'] },
      { code: 'REQUIRED', field: ['acceptedTermsVersion'] },
      { code: 'INVALID', field: ['email'] },
    ],
  })
  expect(order).toEqual([])
})

test('by number alone: the number may be named, and no address', async () => {
  const invitee = { ...FOUND.invitee, email: null, phoneNumber: '+4915112345678' }
  const changes = { invitations: refusing({ find: { kind: 'found', invitee } }) }
  const named = await accepted({ phoneNumber: '+49 151 12345678' }, { changes })
  const problemsOf = async (input: Registration) => (await accepted(input, { changes })).result

  expect(named.result).toMatchObject({ kind: 'done' })
  expect(named.identities).toEqual([['+4915112345678', 'Bob', 'Builder']])
  expect(await problemsOf({ email: 'bob@acme.test' })).toMatchObject({
    problems: [{ code: 'INVALID', field: ['email'] }],
  })
  expect(await problemsOf({ phoneNumber: '+4915112345679' })).toMatchObject({
    problems: [{ code: 'INVALID', field: ['phoneNumber'] }],
  })
})

test('the address may be named as it was written', async () => {
  expect((await accepted({ email: 'Bob@ACME.test' })).result).toMatchObject({ kind: 'done' })
})

function refusing({ find, accept }: { find?: InvitationFound; accept?: Verified }): Deps['invitations'] {
  return { find: async () => find ?? FOUND, accept: async () => accept ?? VERIFIED }
}
