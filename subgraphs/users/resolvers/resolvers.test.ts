import DataLoader from 'dataloader'
import { createExecutor } from '../../shared/graphql/executor.js'
import { requestContext } from '../../shared/graphql/request-context.js'
import type { Viewer } from '../../shared/identity/viewer.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createLogger } from '../../shared/log/logger.js'
import { withoutKey } from '../../shared/test/once.js'
import { someCaller, someUserId, someViewer } from '../../shared/test/requests.js'
import type { UsersContext } from '../context.js'
import type { Deletion } from '../domain/deletion-ports.js'
import type { Account, ContactChange } from '../domain/ports.js'
import { buildUsersSchema } from '../subgraph.js'

const ADA: Account = {
  id: someUserId(),
  status: 'ACTIVE',
  email: 'ada@acme.test',
  emailVerifiedAt: new Date(0),
  phoneNumber: null,
  phoneNumberVerifiedAt: null,
  verifiedAt: new Date(0),
  username: 'ada',
  displayName: 'Ada',
  givenName: 'Augusta',
  familyName: 'King',
  birthdate: '1915-12-10',
  locale: 'en',
  timeZone: 'Europe/London',
  roles: ['support'],
  accessVersion: 0,
  createdAt: new Date('2030-01-01T00:00:00Z'),
  updatedAt: new Date('2030-01-02T00:00:00Z'),
}
const CHANGE: ContactChange = {
  id: newId(ID_PREFIXES.contactChange),
  userId: ADA.id,
  kind: 'EMAIL',
  oldValue: 'ada@acme.test',
  newValue: 'new@acme.test',
  requestedAt: new Date(0),
  expiresAt: new Date(86_400_000),
  undoUntil: null,
}
const SESSION = newId(ID_PREFIXES.session)
const DELETION: Deletion = {
  userId: ADA.id,
  reason: 'too loud',
  requestedAt: new Date(0),
  effectiveAt: new Date(86_400_000),
  deletedAt: null,
  receipts: [],
}
const OWN = ['status', 'username', 'givenName', 'familyName', 'birthdate', 'email', 'phoneNumber']

const { schema } = await buildUsersSchema()
const execute = createExecutor(schema, createLogger({ level: 'silent' }))

type Asked = {
  viewer?: Viewer | null
  variables?: Record<string, unknown>
  users?: Partial<UsersContext['users']>
  audit?: Partial<UsersContext['audit']>
}

/** Asks the built schema; where a use case is asked that a test has not given, it fails. */
async function ask(query: string, { viewer = null, variables = {}, users = {}, audit = {} }: Asked = {}) {
  const unexpected = async () => {
    throw new Error('not expected')
  }
  const batches: (readonly string[])[] = []
  const context: UsersContext = {
    ...requestContext({ caller: someCaller({ viewer }) }),
    users: {
      register: unexpected,
      createUser: unexpected,
      verifyEmail: unexpected,
      verifyPhone: unexpected,
      resendEmailVerification: unexpected,
      updateProfile: unexpected,
      list: unexpected,
      administration: {
        ...{ assignRole: unexpected, unassignRole: unexpected, disable: unexpected },
        enable: unexpected,
      },
      deletions: { request: unexpected, cancel: unexpected, deleteNow: unexpected },
      updateUser: unexpected,
      changeUsername: unexpected,
      contactChanges: {
        ...{ requestEmail: unexpected, requestPhone: unexpected, confirm: unexpected },
        revert: unexpected,
      },
      isUsernameAllowed: (username) => username !== 'admin',
      ...users,
    },
    once: withoutKey,
    audit: { all: unexpected, ofSubject: unexpected, one: unexpected, ...audit },
    contactChanges: new DataLoader(async (ids) => ids.map((id) => (id === CHANGE.id ? CHANGE : null))),
    sessionOwners: new DataLoader(async (ids) => ids.map((id) => (id === SESSION ? ADA.id : null))),
    maskContact: ({ newValue }) => `masked ${newValue.length}`,
    pendingChanges: new DataLoader(async (ids) => ids.map((id) => (id === ADA.id ? [CHANGE] : []))),
    deletionOf: new DataLoader(async (ids) => ids.map((id) => (id === ADA.id ? DELETION : null))),
    storedAttributes: new DataLoader(async (ids) => ids.map((id) => (id === ADA.id ? { stored: 1 } : {}))),
    // What is asked is shown, so that a test sees it.
    showAttributes: (stored, { by, namespace }) => [
      { namespace: namespace ?? 'all', key: by, value: stored },
    ],
    describeRole: (name) => ({ name, description: null, permissions: [] }),
    roleNames: ['user', 'admin'],
    accounts: new DataLoader(async (ids) => {
      batches.push(ids)
      return ids.map((id) => (id === ADA.id ? ADA : null))
    }),
  }
  return { response: await execute({ query, variables }, context), batches }
}

const asAda = someViewer({ userId: ADA.id })
const codesOf = ({ errors }: { errors?: { extensions: Record<string, unknown> }[] }) =>
  errors?.map(({ extensions }) => extensions['code'])

const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) {
  user { id } nextStep challengeId challengeExpiresAt resendAfter userErrors { code message field retryAfter } } }`
const NOTHING = { user: null, nextStep: null, challengeId: null, challengeExpiresAt: null, resendAfter: null }

test('7.4: a registration that is pending says to verify, and nothing about the address', async () => {
  const { response } = await ask(REGISTER, {
    variables: { input: { email: 'ada@acme.test', password: 'correct horse' } },
    users: { register: async () => ({ kind: 'pending' }) },
  })

  expect(response).toEqual({ data: { register: { ...NOTHING, nextStep: 'VERIFY_EMAIL', userErrors: [] } } })
})

test('a registration by number says where its code is to be handed in', async () => {
  const challenge = { challengeId: 'chl_1', expiresAt: new Date('2030-01-01T00:05:00Z'), resendAfter: 60 }

  const { response } = await ask(REGISTER, {
    variables: { input: { phoneNumber: '+4915112345678', password: 'correct horse' } },
    users: { register: async () => ({ kind: 'texted', nextStep: 'VERIFY_PHONE', ...challenge }) },
  })

  expect(response).toEqual({
    data: {
      register: {
        ...{ user: null, nextStep: 'VERIFY_PHONE', userErrors: [], challengeId: 'chl_1', resendAfter: 60 },
        challengeExpiresAt: '2030-01-01T00:05:00.000Z',
      },
    },
  })
})

test('a registration that is refused says every problem at its field', async () => {
  const problems = [
    { code: 'INVALID_EMAIL', field: ['email'] },
    { code: 'INVALID', field: ['profile', 'birthdate'] },
  ] as const

  const { response } = await ask(REGISTER, {
    variables: { input: { email: 'ada' } },
    users: { register: async () => ({ kind: 'refused', problems: [...problems] }) },
  })

  expect(response).toMatchObject({
    data: {
      register: {
        ...NOTHING,
        userErrors: problems.map((one) => ({ ...one, message: expect.any(String), retryAfter: null })),
      },
    },
  })
})

test.each(['roles', 'status', 'emailVerified', 'id'])(
  '9.5: a registration that sets %s is refused',
  async (field) => {
    const { response } = await ask(REGISTER, { variables: { input: { email: 'a@b.test', [field]: 'x' } } })

    expect(codesOf(response)).toEqual(['BAD_USER_INPUT'])
  },
)

test('9.8: a verification tells of a username that has gone beside the user', async () => {
  const { response } = await ask(
    'mutation { verifyEmail(input: { token: "t" }) { user { id emailVerified } userErrors { code field } } }',
    {
      users: {
        verifyEmail: async () => ({
          kind: 'verified',
          account: ADA,
          problems: [{ code: 'TAKEN', field: ['username'] }],
        }),
      },
    },
  )

  expect(response).toEqual({
    data: {
      verifyEmail: {
        user: { id: ADA.id, emailVerified: true },
        userErrors: [{ code: 'TAKEN', field: ['username'] }],
      },
    },
  })
})

test('a verification signs nobody in: what is one’s own stays hidden', async () => {
  const { response } = await ask('mutation { verifyEmail(input: { token: "t" }) { user { email } } }', {
    users: { verifyEmail: async () => ({ kind: 'verified', account: ADA, problems: [] }) },
  })

  expect(response).toEqual({ data: { verifyEmail: { user: { email: null } } } })
})

test.each([
  [{ kind: 'accepted' as const }, { accepted: true, userErrors: [] }],
  [
    { kind: 'refused' as const, problems: [{ code: 'INVALID_EMAIL' as const, field: ['email'] }] },
    { accepted: false, userErrors: [{ code: 'INVALID_EMAIL', field: ['email'] }] },
  ],
])('a link asked for again: %j', async (result, payload) => {
  const { response } = await ask(
    'mutation { resendEmailVerification(input: { email: "a" }) { accepted userErrors { code field } } }',
    { users: { resendEmailVerification: async () => result } },
  )

  expect(response).toEqual({ data: { resendEmailVerification: payload } })
})

test('a profile is changed for the one who asks', async () => {
  const asked: unknown[] = []
  const { response } = await ask(
    'mutation { updateProfile(input: { profile: { givenName: null } }) { user { givenName updatedAt } userErrors { code } } }',
    {
      viewer: asAda,
      users: {
        async updateProfile(id, input) {
          asked.push([id, { ...input.profile }])
          return { kind: 'updated', account: { ...ADA, givenName: null } }
        },
      },
    },
  )

  expect(asked).toEqual([[ADA.id, { givenName: null }]])
  expect(response).toEqual({
    data: {
      updateProfile: { user: { givenName: null, updatedAt: '2030-01-02T00:00:00.000Z' }, userErrors: [] },
    },
  })
})

test.each([
  ['a query for me', '{ me { id } }', 'UNAUTHENTICATED'],
  [
    'a change of the profile',
    'mutation { updateProfile(input: { profile: {} }) { user { id } } }',
    'UNAUTHENTICATED',
  ],
  ['a query for anyone', `{ user(id: "${ADA.id}") { id } }`, 'UNAUTHENTICATED'],
])('2.6: %s by nobody reaches no use case', async (_, query, code) => {
  const { response, batches } = await ask(query)

  expect(codesOf(response)).toEqual([code])
  expect(batches).toEqual([])
})

test('2.6: without users:read nobody is looked up by id', async () => {
  const { response, batches } = await ask(`{ user(id: "${ADA.id}") { id } }`, { viewer: asAda })

  expect(codesOf(response)).toEqual(['FORBIDDEN'])
  expect(batches).toEqual([])
})

test('me is all of one’s own', async () => {
  const { response } = await ask(`{ me { id ${OWN.join(' ')} roles { name } createdAt } }`, { viewer: asAda })

  expect(response.data?.['me']).toMatchObject({
    id: ADA.id,
    email: 'ada@acme.test',
    birthdate: '1915-12-10',
    roles: [{ name: 'support' }],
    createdAt: '2030-01-01T00:00:00.000Z',
  })
})

test('me is null for a machine client', async () => {
  expect((await ask('{ me { id } }', { viewer: someViewer({ userId: 'reporting' }) })).response).toEqual({
    data: { me: null },
  })
})

const ENTITIES = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on User { id displayName ${OWN.join(' ')} roles { name } } } }`

test('2.7: someone else sees the public fields and null for the rest, without an error', async () => {
  const { response } = await ask(ENTITIES, {
    viewer: someViewer({ userId: someUserId() }),
    variables: { of: [{ __typename: 'User', id: ADA.id }] },
  })

  const hidden = Object.fromEntries([...OWN, 'roles'].map((field) => [field, null]))
  expect(response).toEqual({ data: { _entities: [{ id: ADA.id, displayName: 'Ada', ...hidden }] } })
})

test('3.3: a reference is an identifier only: what else it holds is not believed', async () => {
  const { response } = await ask(ENTITIES, {
    viewer: asAda,
    variables: { of: [{ __typename: 'User', id: ADA.id, email: 'eve@evil.test', roles: ['admin'] }] },
  })

  expect(response).toMatchObject({
    data: { _entities: [{ email: 'ada@acme.test', roles: [{ name: 'support' }] }] },
  })
})

test('1.3: what is no id and who is not there are both null, and many are read together', async () => {
  const stranger = someUserId()
  const { response, batches } = await ask(ENTITIES, {
    variables: { of: ['usr_x', ADA.id, stranger, ADA.id].map((id) => ({ __typename: 'User', id })) },
  })

  expect(response.data?.['_entities']).toMatchObject([null, { id: ADA.id }, null, { id: ADA.id }])
  expect(batches).toEqual([[ADA.id, stranger]])
})

const CHANGE_USERNAME = `mutation { changeUsername(input: { username: "countess" }) {
  user { username } userErrors { code field } } }`

test('a changed username is shown at once; a taken one stands at its field', async () => {
  const changed = await ask(CHANGE_USERNAME, {
    viewer: asAda,
    users: {
      changeUsername: async (id, username) => ({ kind: 'changed', account: { ...ADA, id, username } }),
    },
  })
  const taken = await ask(CHANGE_USERNAME, {
    viewer: asAda,
    users: {
      changeUsername: async () => ({ kind: 'refused', problems: [{ code: 'TAKEN', field: ['username'] }] }),
    },
  })

  expect(changed.response.data).toEqual({
    changeUsername: { user: { username: 'countess' }, userErrors: [] },
  })
  expect(taken.response.data).toEqual({
    changeUsername: { user: null, userErrors: [{ code: 'TAKEN', field: ['username'] }] },
  })
})

test('2.6: nobody changes a username', async () => {
  expect(codesOf((await ask(CHANGE_USERNAME)).response)).toEqual(['UNAUTHENTICATED'])
})

test('7.4: a visitor learns whether a username follows the rules, and nothing else', async () => {
  const { response } = await ask(
    '{ good: checkUsername(username: "ada") { acceptable reasons } bad: checkUsername(username: "admin") { acceptable reasons } }',
  )

  expect(response.data).toEqual({
    good: { acceptable: true, reasons: [] },
    bad: { acceptable: false, reasons: ['USERNAME_NOT_ALLOWED'] },
  })
})

test('every role is listed to those who may read users', async () => {
  const [reader, person] = [
    await ask('{ roles { name } }', { viewer: { ...asAda, scopes: ['users:read'] } }),
    await ask('{ roles { name } }', { viewer: asAda }),
  ]

  expect(reader.response.data).toEqual({ roles: [{ name: 'user' }, { name: 'admin' }] })
  expect(codesOf(person.response)).toEqual(['FORBIDDEN'])
})

describe('changes of an address', () => {
  const REQUEST =
    'mutation { requestEmailChange(input: { newEmail: "new@acme.test" }) { change { id newValueMasked } userErrors { code } } }'
  const PENDING = `{ _entities(representations: [{ __typename: "User", id: "${ADA.id}" }]) { ... on User { pendingContactChanges { id newValueMasked } } } }`
  const FIND = `{ _entities(representations: [{ __typename: "ContactChange", id: "${CHANGE.id}" }]) { ... on ContactChange { id kind } } }`
  const fresh = someViewer({ userId: ADA.id, authenticatedAt: Math.floor(Date.now() / 1000) })
  const requestEmail = async () => ({ kind: 'pending' as const, change: CHANGE })
  const contactChanges = {
    ...{ requestEmail, requestPhone: requestEmail, confirm: requestEmail, revert: requestEmail },
  }

  test('5.5: need a fresh proof', async () => {
    const asked = await ask(REQUEST, { viewer: fresh, users: { contactChanges } })
    const stale = await ask(REQUEST, { viewer: { ...fresh, authenticatedAt: 0 }, users: { contactChanges } })

    expect(asked.response.data).toEqual({
      requestEmailChange: { change: { id: CHANGE.id, newValueMasked: 'masked 13' }, userErrors: [] },
    })
    expect(stale.response.errors).toMatchObject([{ extensions: { code: 'STEP_UP_REQUIRED' } }])
  })

  test('1.3: are shown to the person and to who may read people, and to nobody else', async () => {
    const shown = { pendingContactChanges: [{ id: CHANGE.id, newValueMasked: 'masked 13' }] }
    const asks: [Viewer, object | null, object | null][] = [
      [fresh, shown, { id: CHANGE.id, kind: 'EMAIL' }],
      [someViewer({ scopes: ['users:read'] }), shown, { id: CHANGE.id, kind: 'EMAIL' }],
      [someViewer(), { pendingContactChanges: null }, null],
    ]

    for (const [viewer, pending, found] of asks) {
      expect((await ask(PENDING, { viewer })).response.data).toMatchObject({ _entities: [pending] })
      expect((await ask(FIND, { viewer })).response.data).toEqual({ _entities: [found] })
    }
  })
})

describe('accounts for somebody else', () => {
  const now = Math.floor(Date.now() / 1000)
  const staff = (scopes: string[], authenticatedAt: number) =>
    someViewer({ userId: ADA.id, scopes: ['users:write', ...scopes], authenticatedAt })
  const create = (viewer: Viewer, roles: string[] | null) =>
    ask(
      'mutation($roles: [String!]) { createUser(input: { email: "bob@acme.test", roles: $roles }) { user { id } userErrors { code } } }',
      {
        ...{ viewer, variables: { roles } },
        users: { createUser: async () => ({ kind: 'created', userId: ADA.id }) },
      },
    )

  test.each([
    ['roles:write and a fresh proof', staff(['roles:write'], now), ['support'], []],
    ['an old proof', staff(['roles:write'], now - 301), ['support'], ['STEP_UP_REQUIRED']],
    ['no roles:write', staff([], now), ['support'], ['FORBIDDEN']],
    [
      'a machine client, which proves nothing',
      { ...staff(['roles:write'], now), stepUp: null },
      ['support'],
      ['FORBIDDEN'],
    ],
    ['an old proof, and no role to give', staff([], now - 301), null, []],
    ['an old proof, and a list without roles', staff([], now - 301), [], []],
  ])('5.5: roles take roles:write and a fresh proof: %s', async (_, viewer, roles, codes) => {
    const { response } = await create(viewer, roles)

    expect(codesOf(response) ?? []).toEqual(codes)
  })
})

const DELETION_OF_ADA =
  '{ me { deletion { requestedAt effectiveAt reason receipts { subgraph status fields } } } }'

describe('User.deletion', () => {
  test('says when the account goes, and that everyone waits for that', async () => {
    const { response } = await ask(DELETION_OF_ADA, { viewer: asAda })

    const waits = { status: 'QUEUED', fields: null }
    expect(response.data).toEqual({
      me: {
        deletion: {
          requestedAt: '1970-01-01T00:00:00.000Z',
          effectiveAt: '1970-01-02T00:00:00.000Z',
          reason: 'too loud',
          receipts: ['users', 'auth', 'passwords', 'otp', 'notifications'].map((subgraph) => ({
            ...{ subgraph, ...waits },
          })),
        },
      },
    })
  })
})

const DELETE =
  'mutation($id: ID!) { deleteUser(input: { userId: $id }) { deletedUserId userErrors { code } } }'

test('5.5: deleting somebody takes a scope and a fresh proof, and nothing is asked of the domain without', async () => {
  const variables = { id: ADA.id }
  const byNobody = await ask(DELETE, { variables })
  const byOther = await ask(DELETE, { variables, viewer: someViewer({ scopes: ['users:write'] }) })

  expect([byNobody, byOther].map(({ response }) => codesOf(response))).toEqual([
    ['UNAUTHENTICATED'],
    ['FORBIDDEN'],
  ])
})

describe('node', () => {
  const NODES = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }'
  const ids = [
    CHANGE.id,
    ADA.id,
    SESSION,
    'usr_x',
    'x',
    '',
    newId(ID_PREFIXES.session),
    newId(ID_PREFIXES.apiClient),
  ]
  const found = [
    { __typename: 'ContactChange', id: CHANGE.id },
    { __typename: 'User', id: ADA.id },
    { __typename: 'Session', id: SESSION },
  ]
  const nothing = (count: number) => Array.from({ length: count }, () => null)

  test.each<[string, Viewer]>([
    ['their own', asAda],
    ['with users:read anybody’s', someViewer({ userId: someUserId(), scopes: ['users:read'] })],
  ])('everyone finds %s, by id and in order', async (_, viewer) => {
    const { response } = await ask(NODES, { viewer, variables: { ids } })

    expect(response).toEqual({ data: { nodes: [...found, ...nothing(5)] } })
  })

  test('1.3: what is another person’s is like what does not exist', async () => {
    const viewer = someViewer({ userId: someUserId() })

    const { response } = await ask(NODES, { viewer, variables: { ids } })

    expect(response).toEqual({ data: { nodes: nothing(8) } })
  })

  test('one is found like many, and more than a hundred are not asked for', async () => {
    const one = await ask('query($id: ID!) { node(id: $id) { ... on User { username } } }', {
      ...{ viewer: asAda, variables: { id: ADA.id } },
    })
    const many = await ask(NODES, { viewer: asAda, variables: { ids: Array(101).fill(ADA.id) } })

    expect(one.response).toEqual({ data: { node: { username: 'ada' } } })
    expect(codesOf(many.response)).toEqual(['BAD_USER_INPUT'])
  })
})

test.each([
  ['their owner, what is theirs to see', asAda, [{ namespace: 'crm', key: 'OWNER', value: { stored: 1 } }]],
  [
    'who reads users, all',
    someViewer({ scopes: ['users:read'] }),
    [{ namespace: 'crm', key: 'STAFF', value: { stored: 1 } }],
  ],
  ['anybody else, as of nobody', someViewer(), null],
])('attributes are shown to %s', async (_, viewer, attributes) => {
  const query = `{ _entities(representations: [{ __typename: "User", id: "${ADA.id}" }]) {
    ... on User { attributes(namespace: "crm") { namespace key value } } } }`
  const { response } = await ask(query, { viewer })

  expect(response.data).toEqual({ _entities: [{ attributes }] })
})

test.each([
  ['an address', { email: 'ada@else.test' }, ['STEP_UP_REQUIRED']],
  ['that it was proved', { emailVerified: false }, ['STEP_UP_REQUIRED']],
  ['a number', { phoneNumber: '+4915112345678' }, ['STEP_UP_REQUIRED']],
  ['that it is one’s', { phoneNumberVerified: true }, ['STEP_UP_REQUIRED']],
  ['none of these', { email: null, phoneNumber: null, username: 'countess' }, []],
])('5.5: updateUser takes a fresh proof with %s', async (_, input, codes) => {
  const { response } = await ask(
    'mutation($input: UpdateUserInput!) { updateUser(id: "usr_x", input: $input) { userErrors { code } } }',
    {
      viewer: someViewer({
        userId: ADA.id,
        scopes: ['users:write'],
        authenticatedAt: Math.floor(Date.now() / 1000) - 301,
      }),
      variables: { input },
      users: { updateUser: async () => ({ kind: 'done', account: ADA, problems: [] }) },
    },
  )

  expect(codesOf(response) ?? []).toEqual(codes)
})
