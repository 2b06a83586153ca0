import { coversScopes } from '../../shared/identity/scopes.js'
import { someActor } from '../../shared/test/requests.js'
import { makeAttributes } from './attributes.js'
import { makeCreateUser, type NewUser } from './create-user.js'
import type { AccountPrepared, NewInvitation, PreparedAccount, Taken } from './invitation-ports.js'
import type { ChallengeRefused } from './phone-challenge.js'
import { makeRoles } from './roles.js'

const INVITE = 'https://id.acme.test/account/invite'
const SUPPORT = ['users:read', 'users:write', 'sessions:write', 'notifications:read']

const NUMBER = '+4915112345678'
const LANDLINE = '+493012345678'

type How = { scopes?: string[]; taken?: Taken[]; refused?: ChallengeRefused; hasTexts?: boolean }

async function created(input: NewUser, { scopes = SUPPORT, taken = [], refused, hasTexts = true }: How = {}) {
  const counted: unknown[] = []
  const countText = async (phoneNumber: string) => {
    counted.push(phoneNumber)
    return refused ?? { kind: 'counted' as const }
  }
  const made: { account: PreparedAccount; invitation: NewInvitation | null }[] = []
  const createUser = makeCreateUser({
    invitations: {
      async create(account, invitation) {
        made.push({ account, invitation })
        return taken.length > 0
          ? { kind: 'refused', taken }
          : ({ kind: 'created', account: { id: account.id } } as AccountPrepared) // no more is read of it
      },
    },
    roles: makeRoles([], coversScopes),
    attributes: makeAttributes([]),
    newId: () => 'usr_new',
    texts: hasTexts ? { countText, isTextable: (number) => number === NUMBER } : null,
    newToken: () => 'token',
    digestOf: () => new Uint8Array([1]),
    seal: async () => 'sealed',
    invitationUrl: INVITE,
    now: () => new Date('2030-06-15T12:00:00Z'),
  })
  const result = await createUser(input, { scopes, by: someActor() })
  return { result, made, counted }
}

test('an account is made with its roles and an invitation, unless none is to be sent', async () => {
  const { result, made } = await created({ email: 'Bob@ACME.test', roles: ['support', 'support', 'user'] })
  const silent = await created({ email: 'bob@acme.test', sendInvitation: false })

  expect(result).toEqual({ kind: 'created', userId: 'usr_new' })
  expect(made).toEqual([
    {
      account: {
        ...{ id: 'usr_new', email: 'bob@acme.test', phoneNumber: null, username: null, profile: {} },
        roles: ['user', 'support'],
      },
      invitation: {
        digest: new Uint8Array([1]),
        sealedToken: 'sealed',
        verificationUrl: INVITE,
        invitationUrl: INVITE,
      },
    },
  ])
  expect(silent.made[0]?.invitation).toBeNull()
})

test('5.5: nobody gives a role that allows more than they may themselves', async () => {
  const { result, made } = await created({ email: 'bob@acme.test', roles: ['admin'] })

  expect(result).toEqual({ kind: 'forbidden' })
  expect(made).toEqual([])
})

test('every wrong field is named at once, and nothing is made', async () => {
  const { result, made } = await created({
    ...{ email: 'bob', phoneNumber: '0151', username: 'admin', roles: ['owner'] },
    profile: { locale: 'no such' },
  })

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'INVALID', field: ['profile', 'locale'] },
      { code: 'INVALID_EMAIL', field: ['email'] },
      { code: 'INVALID_PHONE', field: ['phoneNumber'] },
      { code: 'USERNAME_NOT_ALLOWED', field: ['username'] },
      { code: 'INVALID', field: ['roles'] },
    ],
  })
  expect(made).toEqual([])
})

test('an address is needed, and one that is taken is told', async () => {
  expect((await created({})).result).toEqual({
    kind: 'refused',
    problems: [{ code: 'REQUIRED', field: ['email'] }],
  })
  expect((await created({ email: 'bob@acme.test' }, { taken: ['email'] })).result).toEqual({
    kind: 'refused',
    problems: [{ code: 'TAKEN', field: ['email'] }],
  })
})

test('a number beside an address is only kept: the invitation goes by mail, and no text is counted', async () => {
  const { made, counted } = await created({ email: 'bob@acme.test', phoneNumber: '+49 30 12345678' })

  expect(made[0]).toMatchObject({
    account: { email: 'bob@acme.test', phoneNumber: LANDLINE },
    invitation: { invitationUrl: INVITE },
  })
  expect(counted).toEqual([])
})

test('8.8: the text to a number alone is counted before the account is made', async () => {
  const { result, made, counted } = await created({ phoneNumber: '+49 151 12345678' })
  const silent = await created({ phoneNumber: NUMBER, sendInvitation: false })

  expect(result).toEqual({ kind: 'created', userId: 'usr_new' })
  expect(made[0]).toMatchObject({
    account: { email: null, phoneNumber: NUMBER },
    invitation: { sealedToken: 'sealed' },
  })
  expect(counted).toEqual([NUMBER])
  expect(silent).toMatchObject({ made: [{ invitation: null }], counted: [] })
})

test.each<[string, NewUser, How, object]>([
  ['may not be texted', { phoneNumber: LANDLINE }, {}, { code: 'INVALID_PHONE', field: ['phoneNumber'] }],
  [
    'may not be texted, with no invitation either',
    { phoneNumber: LANDLINE, sendInvitation: false },
    {},
    { code: 'INVALID_PHONE', field: ['phoneNumber'] },
  ],
  [
    'cannot be, for there are no texts',
    { phoneNumber: NUMBER },
    { hasTexts: false },
    { code: 'INVALID_PHONE', field: ['phoneNumber'] },
  ],
  [
    'has had its texts',
    { phoneNumber: NUMBER },
    { refused: { kind: 'refused', reason: 'RATE_LIMITED', retryAfter: 60 } },
    { code: 'RATE_LIMITED', field: ['phoneNumber'], retryAfter: 60 },
  ],
])('8.8: nothing is made for a number alone that %s', async (_, input, how, problem) => {
  const { result, made } = await created(input, how)

  expect(result).toEqual({ kind: 'refused', problems: [problem] })
  expect(made).toEqual([])
})
