import { coversScopes } from '../../shared/identity/scopes.js'
import { someActor } from '../../shared/test/requests.js'
import type { AddressChanged } from './address-ports.js'
import { makeAttributes } from './attributes.js'
import type { Account } from './ports.js'
import { makeRoles } from './roles.js'
import { makeUpdateUser, type UpdateUser } from './update-user.js'

// No more is read of an account than this.
const ADA = { id: 'usr_ada', roles: ['user'], email: 'ada@acme.test' } as Account
const SUPPORT = ['users:read', 'users:write', 'sessions:write', 'notifications:read']

const NUMBER = '+4915112345678'
let tokens = 0

type Deps = Parameters<typeof makeUpdateUser>[0]

async function updated(input: UpdateUser, changes: Partial<Deps> = {}, userId = ADA.id) {
  const order: unknown[] = []
  const update = makeUpdateUser({
    accounts: { findMany: async () => [ADA] },
    addresses: {
      async change(_, change, { undo, link, ofNumber }) {
        order.push({ ...change, undo: undo.url, link: link.verificationUrl })
        if (undo.sealedToken === ofNumber.undo.sealedToken) order.push('one token for two undo links')
        return { kind: 'done', account: { ...ADA, email: change.email }, isUsernameTaken: false }
      },
    },
    async updateProfile() {
      order.push('profile')
      return { kind: 'updated', account: { ...ADA, displayName: 'Ada' } }
    },
    async changeUsername() {
      order.push('username')
      return { kind: 'refused', problems: [{ code: 'TAKEN', field: ['username'] }] }
    },
    roles: makeRoles([], coversScopes),
    attributes: makeAttributes([]),
    isUserId: (id) => id.startsWith('usr_'),
    newChangeId: () => 'ccg_new',
    newToken: () => `token-${++tokens}`,
    digestOf: () => new Uint8Array([1]),
    seal: async (token) => `sealed-${token}`,
    texts: {
      async countText(phoneNumber) {
        order.push(`text to ${phoneNumber}`)
        return { kind: 'refused', reason: 'RATE_LIMITED', retryAfter: 60 }
      },
      isTextable: (number) => number === NUMBER,
    },
    invitationUrl: 'https://id.test/invite',
    verificationUrl: 'https://id.test/verify',
    undoUrl: 'https://id.test/undo',
    now: () => new Date('2030-06-15T12:00:00Z'),
    ...changes,
  })
  const result = await update(userId, input, { scopes: SUPPORT, by: someActor() })
  return { result, order }
}

const addressing = (changed: AddressChanged): Partial<Deps> => ({
  addresses: { change: async () => changed },
})

test('the address comes first; a username that is taken is told, and the rest is done', async () => {
  const { result, order } = await updated({
    ...{ email: 'Ada@Else.test', username: 'countess', profile: { displayName: 'Ada' } },
  })

  expect(order).toEqual([
    {
      email: 'ada@else.test',
      ...{ isEmailVerified: null, phoneNumber: null, isNumberVerified: null },
      undo: 'https://id.test/undo',
      link: 'https://id.test/verify',
    },
    'username',
    'profile',
  ])
  expect(result).toMatchObject({
    ...{ kind: 'done', account: { displayName: 'Ada' } },
    problems: [{ code: 'TAKEN', field: ['username'] }],
  })
})

test('without an address nothing is asked of it', async () => {
  expect((await updated({ profile: {} })).order).toEqual(['profile'])
  const nulls = { email: null, emailVerified: null, phoneNumber: null, phoneNumberVerified: null }
  expect((await updated(nulls)).order).toEqual([])
})

test('9.4: address and number are changed in one, the number in its one form, and none of it is texted', async () => {
  const { order } = await updated({
    ...{ email: 'ada@else.test', phoneNumber: '+49 30 12345678', phoneNumberVerified: true },
  })

  expect(order).toEqual([
    {
      ...{ email: 'ada@else.test', isEmailVerified: null },
      ...{ phoneNumber: '+493012345678', isNumberVerified: true },
      ...{ undo: 'https://id.test/undo', link: 'https://id.test/verify' },
    },
  ])
})

test('8.8: who has never come, and has no address, may be invited at the other number: a text, counted first', async () => {
  const invited = { ...ADA, email: null, verifiedAt: null, phoneNumber: '+4915112345679' }
  const accounts = { findMany: async () => [invited] }

  const limited = await updated({ phoneNumber: NUMBER }, { accounts })
  const landline = await updated({ phoneNumber: '+493012345678' }, { accounts })
  const mailed = await updated({ email: 'ada@acme.test', phoneNumber: NUMBER }, { accounts })

  expect(limited).toMatchObject({
    result: { problems: [{ code: 'RATE_LIMITED', field: ['phoneNumber'], retryAfter: 60 }] },
    order: [`text to ${NUMBER}`],
  })
  expect(landline).toMatchObject({
    result: { problems: [{ code: 'INVALID_PHONE', field: ['phoneNumber'] }] },
    order: [],
  })
  expect(mailed.result).toMatchObject({ kind: 'done' })
})

test('what is wrong by itself is told at once, before anything is changed', async () => {
  const { result, order } = await updated({
    ...{ email: 'ada', phoneNumber: '0151', username: 'admin', profile: { locale: null } },
  })

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'REQUIRED', field: ['profile', 'locale'] },
      { code: 'INVALID_EMAIL', field: ['email'] },
      { code: 'INVALID_PHONE', field: ['phoneNumber'] },
      { code: 'USERNAME_NOT_ALLOWED', field: ['username'] },
    ],
  })
  expect(order).toEqual([])
})

test.each([
  ['TAKEN', { code: 'TAKEN', field: ['email'] }],
  ['NO_ADDRESS', { code: 'INVALID', field: ['emailVerified'] }],
  ['NOT_FOUND', { code: 'NOT_FOUND', field: ['id'] }],
  ['NUMBER_TAKEN', { code: 'TAKEN', field: ['phoneNumber'] }],
  ['NO_NUMBER', { code: 'INVALID', field: ['phoneNumberVerified'] }],
] as const)('where the address is refused, nothing else is changed: %s', async (reason, problem) => {
  const changes = addressing({ kind: 'refused', reason })
  const { result, order } = await updated({ emailVerified: true, username: 'countess' }, changes)

  expect(result).toEqual({ kind: 'refused', problems: [problem] })
  expect(order).toEqual([])
})

test('nobody changes who may do more, as it is when they look and when they write', async () => {
  const admin = { accounts: { findMany: async () => [{ ...ADA, roles: ['user', 'admin'] }] } }

  expect((await updated({ emailVerified: true }, admin)).result).toEqual({ kind: 'forbidden' })
  expect(
    (await updated({ emailVerified: true }, addressing({ kind: 'refused', reason: 'FORBIDDEN' }))).result,
  ).toEqual({ kind: 'forbidden' })
  expect((await updated({}, {}, 'nobody')).result).toMatchObject({ problems: [{ code: 'NOT_FOUND' }] })
})
