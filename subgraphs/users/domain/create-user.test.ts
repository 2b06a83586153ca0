import { coversScopes } from '../../shared/identity/scopes.js'
import { someActor } from '../../shared/test/requests.js'
import { makeAttributes } from './attributes.js'
import { makeCreateUser, type NewUser } from './create-user.js'
import type { AccountPrepared, NewInvitation, PreparedAccount } from './invitation-ports.js'
import { makeRoles } from './roles.js'

const INVITE = 'https://id.acme.test/account/invite'
const SUPPORT = ['users:read', 'users:write', 'sessions:write', 'notifications:read']

async function created(input: NewUser, { scopes = SUPPORT, taken = [] as ('email' | 'username')[] } = {}) {
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
    newToken: () => 'token',
    digestOf: () => new Uint8Array([1]),
    seal: async () => 'sealed',
    invitationUrl: INVITE,
    now: () => new Date('2030-06-15T12:00:00Z'),
  })
  const result = await createUser(input, { scopes, by: someActor() })
  return { result, made }
}

test('an account is made with its roles and an invitation, unless none is to be sent', async () => {
  const { result, made } = await created({ email: 'Bob@ACME.test', roles: ['support', 'support', 'user'] })
  const silent = await created({ email: 'bob@acme.test', sendInvitation: false })

  expect(result).toEqual({ kind: 'created', userId: 'usr_new' })
  expect(made).toEqual([
    {
      account: {
        ...{ id: 'usr_new', email: 'bob@acme.test', username: null, profile: {} },
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
    ...{ email: 'bob', username: 'admin', roles: ['owner'] },
    profile: { locale: 'no such' },
  })

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'INVALID', field: ['profile', 'locale'] },
      { code: 'INVALID_EMAIL', field: ['email'] },
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
