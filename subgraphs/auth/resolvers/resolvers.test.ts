import DataLoader from 'dataloader'
import { createExecutor } from '../../shared/graphql/executor.js'
import { requestContext } from '../../shared/graphql/request-context.js'
import type { AccessTokenClaims } from '../../shared/identity/access-token-claims.js'
import type { Caller, Viewer } from '../../shared/identity/viewer.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createLogger } from '../../shared/log/logger.js'
import { newToken } from '../../shared/secrets/token.js'
import { someActor, someCaller, someUserId, someViewer } from '../../shared/test/requests.js'
import type { AuthContext } from '../context.js'
import { createDelivery } from '../delivery.js'
import type { ApiClient } from '../domain/api-client-ports.js'
import type { LoginInput, LoginResult } from '../domain/login.js'
import type { LogoutInput } from '../domain/logout.js'
import type { Account, Session } from '../domain/ports.js'
import {
  createSessionByIdLoader,
  createSessionLoader,
  createTrustedDevicesLoader,
} from '../session-loader.js'
import { buildAuthSchema } from '../subgraph.js'
import { viewerOf } from '../tokens/access-tokens.js'

const APP = 'https://app.acme.test'
const ADA: Account = {
  id: someUserId(),
  status: 'ACTIVE',
  everVerified: true,
  requiresMfa: false,
  phoneNumberVerified: false,
  scopes: ['users:read'],
  sessionLife: 'LONG',
  claims: {},
  accessVersion: 0,
  factorVersion: 0,
  removedAtVersion: 0,
  factors: [],
  basicProofs: ['PASSWORD'],
}
const OTHER = newId(ID_PREFIXES.session)
const IDLE = new Date('2030-01-08T00:00:00Z')
const TRUSTED = {
  ...{ id: newId(ID_PREFIXES.device), userId: ADA.id, trustedUntil: new Date('2030-02-01T00:00:00Z') },
  device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' as const },
}
const SESSION: Session = {
  id: newId(ID_PREFIXES.session),
  userId: ADA.id,
  state: 'ACTIVE',
  clientId: 'web',
  assurance: 'AAL1',
  methods: ['PASSWORD'],
  device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' },
  ip: '198.51.100.7',
  createdAt: new Date('2030-01-01T00:00:00Z'),
  lastSeenAt: new Date('2030-01-01T00:00:00Z'),
  idleExpiresAt: IDLE,
  absoluteExpiresAt: new Date('2030-01-31T00:00:00Z'),
  authenticatedAt: new Date('2030-01-01T00:00:00Z'),
  factorVersion: 0,
}
const TOKENS = {
  accessToken: { token: 'access', expiresAt: new Date('2030-01-01T00:05:00Z') },
  refreshToken: 'ugr_next',
  refreshTokenExpiresAt: IDLE,
}
const CLAIMS: AccessTokenClaims = {
  iss: 'https://id.acme.test',
  aud: 'https://id.acme.test/graphql',
  sub: ADA.id,
  client_id: 'web',
  jti: 'jti',
  iat: 1_893_456_000,
  exp: 1_893_456_300,
  sid: SESSION.id,
  scope: 'users:read',
  ver: 0,
  amr: ['pwd'],
  auth_time: 1_893_456_000,
  acr: 'aal1',
  step_up_acr: 'aal1',
  step_up: ['PASSWORD'],
}
const CLIENT: ApiClient = {
  id: newId(ID_PREFIXES.apiClient),
  name: 'Mailer',
  scopes: ['notifications:send'],
  createdAt: IDLE,
  lastUsedAt: null,
  secretRotatedAt: IDLE,
}
const SECRET_ID = newId(ID_PREFIXES.clientSecret)
const asAda = someViewer({ userId: ADA.id, sessionId: SESSION.id })

const { schema } = await buildAuthSchema()
const execute = createExecutor(schema, createLogger({ level: 'silent' }))

type Asked = {
  viewer?: Viewer | null
  caller?: Partial<Caller>
  cookies?: AuthContext['cookies']
  variables?: Record<string, unknown>
  auth?: Partial<AuthContext['auth']>
  rows?: Session[]
}

/** Asks the built schema; everything goes well unless a test says otherwise. */
async function ask(query: string, asked: Asked = {}) {
  const { viewer = null, caller = {}, cookies = {}, variables = {}, auth = {}, rows = [SESSION] } = asked
  const calls: { name: string; input: unknown }[] = []
  const note = (name: string, input: unknown) => {
    calls.push({ name, input })
  }
  const context: AuthContext = {
    ...requestContext({ caller: someCaller({ requestId: 'req-1', viewer, ...caller }), cookies }),
    auth: {
      otpChannels: ['EMAIL'],
      async login(input: LoginInput) {
        note('login', input)
        const signedIn = { session: SESSION, account: ADA, tokens: TOKENS, deviceToken: 'device' }
        return { kind: 'signed-in', ...signedIn, delivery: input.delivery }
      },
      async completeLogin(input) {
        note('completeLogin', input)
        const signedIn = { session: SESSION, account: ADA, tokens: TOKENS, deviceToken: null }
        return { kind: 'signed-in', ...signedIn, delivery: 'BODY' }
      },
      async refresh(text) {
        note('refresh', text)
        return { kind: 'refreshed', session: SESSION, account: ADA, tokens: TOKENS }
      },
      async logout(input: LogoutInput) {
        note('logout', input)
        return { endedSessionIds: [SESSION.id] }
      },
      revokeSessions: {
        async one(by, id) {
          note('one', [by.userId, id])
          return { kind: 'revoked', sessionIds: [id] }
        },
        async others(by) {
          note('others', by.sessionId)
          return { kind: 'revoked', sessionIds: [OTHER] }
        },
        async allOf(userId) {
          note('allOf', userId)
          return { kind: 'revoked', sessionIds: [SESSION.id, OTHER] }
        },
      },
      apiClients: {
        async create(held, wanted) {
          note('create', [held, wanted.scopes])
          return { kind: 'made', client: CLIENT, secret: 'ugs_secret' }
        },
        async rotateSecret(_held, id) {
          note('rotate', id)
          return { kind: 'made', client: CLIENT, secret: 'ugs_next' }
        },
        async delete(_held, id) {
          const problem = { code: 'NOT_FOUND' as const, field: ['id'] }
          return id === CLIENT.id ? { kind: 'deleted' } : { kind: 'refused', problems: [problem] }
        },
        async issueToken(wanted) {
          note('issue', wanted)
          return { kind: 'issued', token: TOKENS.accessToken, scopes: CLIENT.scopes }
        },
      },
      clients: {
        find: async (id) => (id === CLIENT.id ? CLIENT : null),
        list: async () => [CLIENT],
        isSecretActive: async (id) => id === SECRET_ID,
      },
      async rotateKeys(kid) {
        note('rotateKeys', kid)
        return kid === 'unknown' ? null : { activeKid: 'two', nextKid: 'three', retiringKids: ['one'] }
      },
      readToken: async () => ({ valid: true, claims: CLAIMS }),
      sessions: {
        find: async (id) => rows.find((row) => row.id === id) ?? null,
      },
      devices: { forget: async (userId, id) => userId === ADA.id && id === TRUSTED.id },
      ...createDelivery({ BODY_DELIVERY_ORIGINS: [APP], APPS_FILE: [] }),
      countryOf: () => 'Atlantis',
      describeDevice: (name) => ({ ...SESSION.device, name: name ?? 'described' }),
      viewerOf: (session, { scopes }) =>
        viewerOf(session, scopes, { methods: ['PASSWORD'], assurance: 'AAL1' }),
      ticketHolder: async () => null,
      stepUp: {
        async begin(by, wanted) {
          note('begin', [
            by.sessionId,
            wanted.maxAgeSeconds,
            wanted.isProved({ level: null, maxAgeSeconds: 60 }),
          ])
          return { kind: 'begun', ticket: 'ticket', methods: ['PASSWORD'] }
        },
        async complete(by, proof) {
          note('complete', [by.sessionId, proof])
          return { kind: 'stepped-up', session: { ...SESSION, id: OTHER }, account: ADA, tokens: TOKENS }
        },
      },
      signNewViewer: async ({ userId }, requestId) => `signed ${userId} ${requestId}`,
      ...auth,
    },
    trustedDevicesOf: createTrustedDevicesLoader({ listTrusted: async () => [TRUSTED] }),
    sessionById: createSessionByIdLoader({
      findMany: async (ids) => [SESSION].filter(({ id }) => ids.includes(id)),
    }),
    sessionsOf: createSessionLoader({
      async list(page) {
        note('list', page)
        return new Map(page.userIds.map((id) => [id, rows]))
      },
    }),
    lastSignIns: new DataLoader(async (ids) => {
      note('lastSignIns', ids)
      return ids.map((id) => (id === ADA.id ? IDLE : null))
    }),
  }
  const response = await execute({ query, variables }, context)
  return { response, calls, effects: response.extensions?.usergraph }
}

const TOKENS_FIELDS = 'accessToken tokenType refreshToken refreshTokenExpiresAt deviceToken'
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { userErrors { code field }
  result { __typename ... on LoginSuccess { isNewDevice user { id } session { id isCurrent } tokens { ${TOKENS_FIELDS} } } } } }`
const ASKED = `mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } result { __typename
  ... on SecondFactorRequired { loginTicket methods expiresAt } ... on MfaEnrollmentRequired { loginTicket methods expiresAt }
  ... on VerificationRequired { loginTicket channel destinationMasked challengeId challengeExpiresAt resendAfter }
  ... on PasswordChangeRequired { loginTicket reason } } } }`
const input = (more: object = {}) => ({
  variables: { input: { identifier: { email: 'ada@acme.test' }, password: 'correct horse', ...more } },
})
const refusedWith = (code: 'INVALID_CREDENTIALS' | 'EXPIRED') => async () => ({
  kind: 'refused' as const,
  problems: [{ code }],
})
const tokensIn = (inBody: boolean) => ({
  accessToken: 'access',
  tokenType: 'BEARER',
  refreshToken: inBody ? 'ugr_next' : null,
  refreshTokenExpiresAt: IDLE.toISOString(),
})

describe('login', () => {
  test('5.1: by default hands its secrets to the router as cookies, and none to the body', async () => {
    const { response, effects } = await ask(LOGIN, input())

    expect(response.data).toEqual({
      login: {
        userErrors: [],
        result: {
          __typename: 'LoginSuccess',
          isNewDevice: true,
          user: { id: ADA.id },
          session: { id: SESSION.id, isCurrent: true },
          tokens: { ...tokensIn(false), deviceToken: null },
        },
      },
    })
    expect(effects?.cookies).toEqual([
      { name: 'refreshToken', value: 'ugr_next', expiresAt: IDLE.toISOString() },
      { name: 'deviceToken', value: 'device', expiresAt: expect.any(String) },
    ])
  })

  test('5.1: sets the cookies even where the tokens were not selected', async () => {
    const { effects } = await ask(
      'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }',
      input(),
    )

    expect(effects?.cookies.map(({ name }) => name)).toEqual(['refreshToken', 'deviceToken'])
  })

  test.each([null, APP])(
    '5.1: BODY from the origin %p hands them to the body, and sets no cookie',
    async (origin) => {
      const { response, effects } = await ask(LOGIN, {
        ...input({ tokenDelivery: 'BODY' }),
        caller: { origin },
      })

      expect(response.data).toMatchObject({
        login: { result: { tokens: { ...tokensIn(true), deviceToken: 'device' } } },
      })
      expect(effects?.cookies).toEqual([])
    },
  )

  test('5.1: BODY is refused to an origin that is not listed, before anything is tried', async () => {
    const { response, calls, effects } = await ask(LOGIN, {
      ...input({ tokenDelivery: 'BODY' }),
      caller: { origin: 'https://evil.test' },
    })

    expect(response.data).toEqual({
      login: { result: null, userErrors: [{ code: 'INVALID', field: ['tokenDelivery'] }] },
    })
    expect(calls).toEqual([])
    expect(effects).toBeUndefined()
  })

  test('2.7: tells the router who has signed in, for this request', async () => {
    const { effects } = await ask(LOGIN, input())

    expect(effects?.newViewer).toBe(`signed ${ADA.id} req-1`)
  })

  test('2.7: a refusal sets nothing and tells of no one', async () => {
    const { response, effects } = await ask(LOGIN, {
      ...input(),
      auth: { login: refusedWith('INVALID_CREDENTIALS') },
    })

    expect(response.data).toEqual({
      login: { result: null, userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }] },
    })
    expect(effects).toBeUndefined()
  })

  test.each<[string, object, object]>([
    [
      'SecondFactorRequired',
      { kind: 'second-factor', methods: ['TOTP'] },
      { methods: ['TOTP'], expiresAt: IDLE.toISOString() },
    ],
    [
      'MfaEnrollmentRequired',
      { kind: 'enrollment', methods: ['TOTP'] },
      { methods: ['TOTP'], expiresAt: IDLE.toISOString() },
    ],
    ['PasswordChangeRequired', { kind: 'password-change', reason: 'TOO_SHORT' }, { reason: 'TOO_SHORT' }],
    [
      'VerificationRequired',
      {
        ...{ kind: 'verification', channel: 'EMAIL' },
        sent: { challengeId: 'chl_1', destinationMasked: 'a•••', expiresAt: IDLE, resendAfter: 60 },
      },
      {
        ...{ channel: 'EMAIL', destinationMasked: 'a•••', challengeId: 'chl_1' },
        ...{ challengeExpiresAt: IDLE.toISOString(), resendAfter: 60 },
      },
    ],
    [
      'VerificationRequired',
      { kind: 'verification', channel: 'SMS', sent: null },
      {
        ...{ channel: 'SMS', destinationMasked: null, challengeId: null },
        ...{ challengeExpiresAt: null, resendAfter: null },
      },
    ],
  ])('8.7: %s sets nothing and tells of no one', async (__typename, asked, shown) => {
    const { response, effects } = await ask(ASKED, {
      ...input(),
      auth: { login: async () => ({ ticket: 'ticket', expiresAt: IDLE, ...asked }) as LoginResult },
    })

    expect(response.data).toEqual({
      login: { userErrors: [], result: { __typename, loginTicket: 'ticket', ...shown } },
    })
    expect(effects).toBeUndefined()
  })

  test('7.5: the token of a known device comes from the input, else from the cookie; nonsense is none', async () => {
    const [typed, kept] = [newToken(), newToken()]
    const shown = async (deviceToken: string | null, cookie: string) => {
      const { calls } = await ask(LOGIN, { ...input({ deviceToken }), cookies: { deviceToken: cookie } })
      return calls[0]?.input
    }

    expect(await shown(typed, kept)).toMatchObject({ deviceToken: typed })
    expect(await shown(null, kept)).toMatchObject({ deviceToken: kept })
    expect(await shown(null, 'nonsense')).toMatchObject({ deviceToken: null })
  })

  test('9.3: a device has a name like any other', async () => {
    const { response, calls } = await ask(LOGIN, input({ deviceName: 'a\u202Eb' }))

    expect(response.data).toEqual({
      login: { result: null, userErrors: [{ code: 'INVALID', field: ['deviceName'] }] },
    })
    expect(calls).toEqual([])
  })
})

describe('refreshToken', () => {
  const REFRESH = `mutation ($input: RefreshTokenInput) { refreshToken(input: $input) {
    tokens { ${TOKENS_FIELDS} } session { id isCurrent } userErrors { code field } } }`
  const inBody = { input: { refreshToken: 'ugr_typed' } }

  test('5.1: a cookie is traded for a cookie', async () => {
    const { response, calls, effects } = await ask(REFRESH, { cookies: { refreshToken: 'ugr_kept' } })

    expect(calls).toEqual([{ name: 'refresh', input: 'ugr_kept' }])
    expect(response.data).toMatchObject({
      refreshToken: { tokens: tokensIn(false), session: { id: SESSION.id, isCurrent: true }, userErrors: [] },
    })
    expect(effects?.cookies).toEqual([
      { name: 'refreshToken', value: 'ugr_next', expiresAt: IDLE.toISOString() },
    ])
    expect(effects?.newViewer).toBe(`signed ${ADA.id} req-1`)
  })

  test('5.1: a token in the body is traded for one in the body, whatever the cookie', async () => {
    const { response, calls, effects } = await ask(REFRESH, {
      variables: inBody,
      cookies: { refreshToken: 'ugr_kept' },
    })

    expect(calls).toEqual([{ name: 'refresh', input: 'ugr_typed' }])
    expect(response.data).toMatchObject({ refreshToken: { tokens: tokensIn(true) } })
    expect(effects?.cookies).toEqual([])
  })

  test('5.1: a token in the body is refused to an origin that is not listed', async () => {
    const { response, calls } = await ask(REFRESH, {
      variables: inBody,
      caller: { origin: 'https://evil.test' },
    })

    expect(response.data).toMatchObject({
      refreshToken: { tokens: null, userErrors: [{ code: 'INVALID', field: ['refreshToken'] }] },
    })
    expect(calls).toEqual([])
  })

  test('a cookie that is worth nothing any more is removed', async () => {
    const { response, effects } = await ask(REFRESH, {
      cookies: { refreshToken: 'ugr_old' },
      auth: { refresh: refusedWith('EXPIRED') },
    })

    expect(response.data).toEqual({
      refreshToken: { tokens: null, session: null, userErrors: [{ code: 'EXPIRED', field: null }] },
    })
    expect(effects).toEqual({ cookies: [{ name: 'refreshToken', value: null, expiresAt: null }] })
  })

  test('a token in the body that is worth nothing leaves the cookie alone', async () => {
    const { effects } = await ask(REFRESH, { variables: inBody, auth: { refresh: refusedWith('EXPIRED') } })

    expect(effects).toBeUndefined()
  })
})

describe('ending sessions from afar', () => {
  const PAYLOAD = '{ revokedSessionIds userErrors { code field } }'
  const revokeOne = `mutation ($id: ID!) { revokeSession(id: $id) ${PAYLOAD} }`
  const revokeAllOf = `mutation ($userId: ID!) { revokeUserSessions(userId: $userId) ${PAYLOAD} }`
  const asAdmin = { ...asAda, scopes: ['sessions:write'] }
  const cookies = { refreshToken: 'ugr_kept' }

  test('5.4: one of the viewer, and the cookie goes only with the session that asks', async () => {
    const own = await ask(revokeOne, { viewer: asAda, cookies, variables: { id: SESSION.id } })
    const other = await ask(revokeOne, { viewer: asAda, cookies, variables: { id: OTHER } })

    expect(own.response.data).toEqual({ revokeSession: { revokedSessionIds: [SESSION.id], userErrors: [] } })
    expect(own.calls).toEqual([{ name: 'one', input: [ADA.id, SESSION.id] }])
    expect(own.effects?.cookies).toEqual([{ name: 'refreshToken', value: null, expiresAt: null }])
    expect(other.effects?.cookies ?? []).toEqual([])
  })

  test('all others of the viewer', async () => {
    const { response, calls } = await ask(`mutation { revokeOtherSessions ${PAYLOAD} }`, { viewer: asAda })

    expect(response.data).toEqual({ revokeOtherSessions: { revokedSessionIds: [OTHER], userErrors: [] } })
    expect(calls).toEqual([{ name: 'others', input: SESSION.id }])
  })

  test('all of somebody, by those who may', async () => {
    const { response, calls } = await ask(revokeAllOf, { viewer: asAdmin, variables: { userId: ADA.id } })

    expect(response.data).toMatchObject({ revokeUserSessions: { revokedSessionIds: [SESSION.id, OTHER] } })
    expect(calls).toEqual([{ name: 'allOf', input: ADA.id }])
  })

  test('2.6: nobody, and somebody without the scope, reach no rule of the domain', async () => {
    const asked: [string, string, Asked][] = [
      [revokeOne, 'UNAUTHENTICATED', { variables: { id: OTHER } }],
      [`mutation { revokeOtherSessions ${PAYLOAD} }`, 'UNAUTHENTICATED', {}],
      [revokeAllOf, 'UNAUTHENTICATED', { variables: { userId: ADA.id } }],
      [revokeAllOf, 'FORBIDDEN', { viewer: asAda, variables: { userId: ADA.id } }],
    ]

    for (const [query, code, request] of asked) {
      const { response, calls } = await ask(query, request)
      expect(response.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code])
      expect(calls).toEqual([])
    }
  })

  test('1.3: an id that is none is an unknown session or person', async () => {
    const session = await ask(revokeOne, { viewer: asAda, variables: { id: 'ses_none' } })
    const person = await ask(revokeAllOf, { viewer: asAdmin, variables: { userId: OTHER } })

    const notFound = (field: string) => ({
      revokedSessionIds: [],
      userErrors: [{ code: 'NOT_FOUND', field: [field] }],
    })
    expect(session.response.data).toEqual({ revokeSession: notFound('id') })
    expect(person.response.data).toEqual({ revokeUserSessions: notFound('userId') })
    expect([session.calls, person.calls]).toEqual([[], []])
  })
})

test("the last sign-ins of many people are read together, and a stranger's is null", async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { lastSignInAt } } }`
  const person = (id: string) => ({ __typename: 'User', id })
  const variables = { of: [person(ADA.id), person(someUserId())] }
  const seen = await ask(query, { viewer: { ...asAda, scopes: ['users:read'] }, variables })
  const stranger = await ask(query, { viewer: someViewer(), variables: { of: [person(ADA.id)] } })

  expect(seen.response.data).toEqual({
    _entities: [{ lastSignInAt: IDLE.toISOString() }, { lastSignInAt: null }],
  })
  expect(seen.calls.map(({ name }) => name)).toEqual(['lastSignIns'])
  expect(stranger.response.data).toEqual({ _entities: [{ lastSignInAt: null }] })
  expect(stranger.calls).toEqual([])
})

const adaAsActor = someActor({ userId: asAda.userId, client: asAda.clientId })

describe('logout', () => {
  test('ends the session of the viewer and removes the cookie', async () => {
    const { response, calls, effects } = await ask('mutation { logout { loggedOut userErrors { code } } }', {
      viewer: asAda,
      cookies: { refreshToken: 'ugr_kept' },
    })

    expect(response.data).toEqual({ logout: { loggedOut: true, userErrors: [] } })
    expect(calls).toEqual([
      {
        name: 'logout',
        input: { everywhere: false, viewer: asAda, refreshToken: 'ugr_kept', by: adaAsActor },
      },
    ])
    expect(effects?.cookies).toEqual([{ name: 'refreshToken', value: null, expiresAt: null }])
  })

  test('5.4: everywhere is said on, and a typed token comes before the cookie', async () => {
    const { calls } = await ask(
      'mutation { logout(input: { everywhere: true, refreshToken: "ugr_typed" }) { loggedOut } }',
      { cookies: { refreshToken: 'ugr_kept' } },
    )

    expect(calls[0]?.input).toEqual({
      everywhere: true,
      viewer: null,
      refreshToken: 'ugr_typed',
      by: someActor(),
    })
  })

  test('where nothing ended it says so, and without a cookie removes none', async () => {
    const { response, effects } = await ask('mutation { logout { loggedOut } }', {
      auth: { logout: async () => ({ endedSessionIds: [] }) },
    })

    expect(response.data).toEqual({ logout: { loggedOut: false } })
    expect(effects).toBeUndefined()
  })
})

describe('sessions', () => {
  const LIST = `query ($first: Int, $after: String, $state: SessionState) { me { id
    sessions(first: $first, after: $after, state: $state) { nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`

  test.each([
    ['first', { first: 0 }],
    ['first', { first: -1 }],
    ['first', { first: 101 }],
    ['after', { after: 'nonsense' }],
    ['after', { after: ADA.id }],
  ])('2.3: a page with a wrong %s (%j) is bad input and is not read', async (field, variables) => {
    const { response, calls } = await ask(LIST, { viewer: asAda, variables })

    expect(response.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
    expect(response.data).toEqual({ me: { id: ADA.id, sessions: null } })
    expect(calls).toEqual([])
  })

  test('a page holds what was asked for, and one row more tells that there is a next', async () => {
    const other = { ...SESSION, id: newId(ID_PREFIXES.session) }
    const { response, calls } = await ask(LIST, {
      viewer: asAda,
      variables: { first: 1, after: SESSION.id },
      rows: [SESSION, other],
    })

    expect(calls[0]?.input).toMatchObject({ userIds: [ADA.id], first: 1, after: SESSION.id })
    expect(response.data).toEqual({
      me: {
        id: ADA.id,
        sessions: {
          nodes: [{ id: SESSION.id }],
          edges: [{ cursor: SESSION.id }],
          pageInfo: { hasNextPage: true, hasPreviousPage: true, endCursor: SESSION.id },
        },
      },
    })
  })

  test('without arguments the ten newest that are active are read', async () => {
    const { calls } = await ask('{ me { sessions { nodes { id } } } }', { viewer: asAda })

    expect(calls[0]?.input).toEqual({ userIds: [ADA.id], state: 'ACTIVE', first: 10, after: null })
  })

  test('the sessions of many people are read together, once for each page that is asked for', async () => {
    const ids = [ADA.id, someUserId(), someUserId()]
    const { response, calls } = await ask(
      `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { id lastSignInAt
        sessions(first: 2) { nodes { id } } ended: sessions(state: REVOKED) { nodes { id } } } } }`,
      {
        viewer: someViewer({ scopes: ['users:read'] }),
        variables: { people: ids.map((id) => ({ __typename: 'User', id })) },
      },
    )

    expect(response.errors).toBeUndefined()
    expect(calls.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other))).toEqual([
      'lastSignIns',
      'list',
      'list',
    ])
    expect(calls.filter(({ name }) => name === 'list')).toMatchObject([
      { input: { userIds: ids, state: 'ACTIVE', first: 2 } },
      { input: { userIds: ids, state: 'REVOKED' } },
    ])
  })

  test('2.7: someone else’s are null and not read', async () => {
    const { response, calls } = await ask(
      `{ _entities(representations: [{ __typename: "User", id: "${ADA.id}" }]) { ... on User { id sessions { nodes { id } } } } }`,
      { viewer: someViewer({ userId: someUserId() }) },
    )

    expect(response).toEqual({ data: { _entities: [{ id: ADA.id, sessions: null }] } })
    expect(calls).toEqual([])
  })

  test.each<[string, Viewer | null, object | null]>([
    ['its person', asAda, { id: SESSION.id }],
    ['a holder of users:read', someViewer({ scopes: ['users:read'] }), { id: SESSION.id }],
    ['someone else', someViewer({ userId: someUserId() }), null],
    ['nobody', null, null],
  ])('1.3: a session by reference, seen by %s', async (_, viewer, seen) => {
    const { response } = await ask(
      `{ _entities(representations: [{ __typename: "Session", id: "${SESSION.id}" }]) { ... on Session { id } } }`,
      { viewer },
    )

    expect(response).toEqual({ data: { _entities: [seen] } })
  })
})

test.each(['{ me { id } }', '{ currentSession { id } }'])(
  '2.6: %s by nobody is UNAUTHENTICATED',
  async (query) => {
    const { response } = await ask(query)

    expect(response.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  },
)

test('me and the current session are those of the token', async () => {
  const { response } = await ask('{ me { id } currentSession { id isCurrent user { id } } }', {
    viewer: asAda,
  })

  expect(response.data).toEqual({
    me: { id: ADA.id },
    currentSession: { id: SESSION.id, isCurrent: true, user: { id: ADA.id } },
  })
})

describe('validateToken', () => {
  const VALIDATE =
    '{ validateToken(token: "t") { valid reason subject { id } session { id } scopes claims expiresAt } }'
  const nothing = { valid: false, subject: null, session: null, scopes: [], claims: null, expiresAt: null }

  test('a good token of a living session says whose it is', async () => {
    expect((await ask(VALIDATE)).response.data).toMatchObject({
      validateToken: {
        valid: true,
        reason: null,
        subject: { id: ADA.id },
        session: { id: SESSION.id },
        claims: CLAIMS,
      },
    })
  })

  test('a bad token says why, and nothing else', async () => {
    const { response } = await ask(VALIDATE, {
      auth: { readToken: async () => ({ valid: false, reason: 'EXPIRED' }) },
    })

    expect(response).toEqual({ data: { validateToken: { ...nothing, reason: 'EXPIRED' } } })
  })

  test.each<[string, Session[]]>([
    ['revoked', [{ ...SESSION, state: 'REVOKED' }]],
    ['expired', [{ ...SESSION, state: 'EXPIRED' }]],
    ['gone', []],
  ])('4.5: a good token whose session is %s is REVOKED', async (_, rows) => {
    expect((await ask(VALIDATE, { rows })).response).toEqual({
      data: { validateToken: { ...nothing, reason: 'REVOKED' } },
    })
  })
})

describe('step-up', () => {
  const BEGIN =
    'mutation ($input: BeginStepUpInput!) { beginStepUp(input: $input) { stepUpTicket methods userErrors { code field } } }'
  const COMPLETE = `mutation ($input: CompleteStepUpInput!) { completeStepUp(input: $input) {
    session { id isCurrent } tokens { ${TOKENS_FIELDS} } userErrors { code field } } }`
  const proof = { variables: { input: { stepUpTicket: 'ticket', method: 'PASSWORD', password: 'right' } } }

  test('begins with what the person asks for', async () => {
    const { response, calls } = await ask(BEGIN, {
      viewer: asAda,
      variables: { input: { maxAgeSeconds: 60 } },
    })

    expect(response.data).toEqual({
      beginStepUp: { stepUpTicket: 'ticket', methods: ['PASSWORD'], userErrors: [] },
    })
    expect(calls).toEqual([{ name: 'begin', input: [SESSION.id, 60, false] }])
  })

  test('5.4: answers as the new session, which the rest of the operation is asked as', async () => {
    const { response, effects } = await ask(COMPLETE, { viewer: asAda, ...proof })

    expect(response.data).toEqual({
      completeStepUp: {
        session: { id: OTHER, isCurrent: true },
        tokens: { ...tokensIn(true), deviceToken: null },
        userErrors: [],
      },
    })
    expect(effects?.newViewer).toBe(`signed ${ADA.id} req-1`)
  })

  test.each([
    ['whose refresh token came as a cookie', { cookies: { refreshToken: 'ugr_old' } }],
    ['whose origin may not have it in the body', { caller: { origin: 'https://elsewhere.test' } }],
  ])('5.1: a client %s gets the next one as a cookie', async (_, asked) => {
    const { response, effects } = await ask(COMPLETE, { viewer: asAda, ...proof, ...asked })

    expect(response.data).toMatchObject({ completeStepUp: { tokens: { refreshToken: null } } })
    expect(effects?.cookies).toMatchObject([{ name: 'refreshToken', value: 'ugr_next' }])
  })

  test('what a person can put right is told, and nobody is signed in', async () => {
    const stepUp = {
      begin: async () => ({ kind: 'proved' as const }),
      complete: refusedWith('EXPIRED'),
    }
    const begun = await ask(BEGIN, { viewer: asAda, variables: { input: {} }, auth: { stepUp } })
    const completed = await ask(COMPLETE, { viewer: asAda, ...proof, auth: { stepUp } })

    expect(begun.response.data).toEqual({ beginStepUp: { stepUpTicket: null, methods: [], userErrors: [] } })
    expect(completed.response.data).toMatchObject({
      completeStepUp: { session: null, tokens: null, userErrors: [{ code: 'EXPIRED' }] },
    })
    expect(completed.effects).toBeUndefined()
  })

  test('2.6: nobody steps up who is not signed in', async () => {
    const { response } = await ask(COMPLETE, proof)

    expect(response.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  })
})

describe('machine clients', () => {
  const CREATE =
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { client { id name scopes } clientSecret userErrors { code field } } }'
  const ROTATE =
    'mutation ($id: ID!) { rotateApiClientSecret(id: $id) { client { id } clientSecret userErrors { code field } } }'
  const DELETE = 'mutation ($id: ID!) { deleteApiClient(id: $id) { deletedApiClientId userErrors { code } } }'
  const ISSUE =
    'mutation ($input: IssueClientTokenInput!) { issueClientToken(input: $input) { accessToken expiresAt scopes userErrors { code } } }'
  const VALIDATE =
    '{ validateToken(token: "t") { valid reason subject { id } session { id } assurance authenticatedAt scopes } }'
  const ME = '{ me { id } currentSession { id } }'
  const scopes = ['clients:read', 'clients:write', 'notifications:send']
  const fresh = { authenticatedAt: Math.floor(Date.now() / 1000) }
  const asAdmin = someViewer({ userId: ADA.id, sessionId: SESSION.id, scopes, ...fresh })
  const asMachine = someViewer({ userId: CLIENT.id, sessionId: SECRET_ID, scopes, stepUp: null, ...fresh })
  const given = { variables: { input: { name: 'Mailer', scopes: ['notifications:send'] } } }

  test('are made with what the one who makes them may do, and their secret is shown', async () => {
    const { response, calls } = await ask(CREATE, { viewer: asAdmin, ...given })

    expect(response.data).toEqual({
      createApiClient: {
        client: { id: CLIENT.id, name: 'Mailer', scopes: ['notifications:send'] },
        clientSecret: 'ugs_secret',
        userErrors: [],
      },
    })
    expect(calls).toEqual([{ name: 'create', input: [scopes, ['notifications:send']] }])
  })

  test.each([
    ['whose proof is old', { ...asAdmin, authenticatedAt: 0 }, 'STEP_UP_REQUIRED'],
    ['who may not', someViewer(fresh), 'FORBIDDEN'],
    ['who is a machine', asMachine, 'FORBIDDEN'],
    ['who is nobody', null, 'UNAUTHENTICATED'],
  ])('5.5: are neither made nor given another secret by someone %s', async (_, viewer, code) => {
    const made = await ask(CREATE, { viewer, ...given })
    const rotated = await ask(ROTATE, { viewer, variables: { id: CLIENT.id } })

    for (const { response, calls } of [made, rotated]) {
      expect(response.errors).toMatchObject([{ extensions: { code } }])
      expect(calls).toEqual([])
    }
  })

  test('get another secret, and are deleted', async () => {
    const rotated = await ask(ROTATE, { viewer: asAdmin, variables: { id: CLIENT.id } })
    const deleted = await ask(DELETE, { viewer: asAdmin, variables: { id: CLIENT.id } })
    const unknown = await ask(DELETE, { viewer: asAdmin, variables: { id: OTHER } })
    const unknownRotated = await ask(ROTATE, { viewer: asAdmin, variables: { id: OTHER } })

    expect(rotated.response.data).toMatchObject({ rotateApiClientSecret: { clientSecret: 'ugs_next' } })
    expect(deleted.response.data).toEqual({
      deleteApiClient: { deletedApiClientId: CLIENT.id, userErrors: [] },
    })
    expect(unknown.response.data).toEqual({
      deleteApiClient: { deletedApiClientId: null, userErrors: [{ code: 'NOT_FOUND' }] },
    })
    expect(unknownRotated.response.data).toMatchObject({
      rotateApiClientSecret: { client: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
    })
  })

  test('are listed for a holder of the scope', async () => {
    const LIST = '{ apiClients(first: 1) { nodes { id lastUsedAt } pageInfo { hasNextPage } } }'
    const { response } = await ask(LIST, { viewer: asAdmin })
    const refused = await ask(LIST, { viewer: asAda })

    expect(response.data).toEqual({
      apiClients: { nodes: [{ id: CLIENT.id, lastUsedAt: null }], pageInfo: { hasNextPage: false } },
    })
    expect(refused.response.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  test('get a token for their secret; what is no id of one takes the same steps as one nobody has', async () => {
    const input = { clientId: CLIENT.id, clientSecret: 'ugs_secret' }
    const { response } = await ask(ISSUE, { variables: { input } })
    const { calls } = await ask(ISSUE, { variables: { input: { ...input, clientId: 'mailer' } } })

    expect(response.data).toEqual({
      issueClientToken: {
        accessToken: 'access',
        expiresAt: '2030-01-01T00:05:00.000Z',
        scopes: ['notifications:send'],
        userErrors: [],
      },
    })
    expect(calls).toMatchObject([{ name: 'issue', input: { clientId: expect.stringMatching(/^cli_0+$/) } }])
  })

  test('are nobody where a person is meant', async () => {
    const { response } = await ask(ME, { viewer: asMachine })
    const stepUp = await ask('mutation { beginStepUp(input: {}) { stepUpTicket } }', { viewer: asMachine })
    const logout = await ask('mutation { logout { loggedOut } }', { viewer: asMachine })

    expect(response.data).toEqual({ me: null, currentSession: null })
    expect(stepUp.response.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect(logout.calls).toMatchObject([{ name: 'logout', input: { viewer: null } }])
  })

  test('have tokens that are good while the secret is in force, and stand for no person', async () => {
    const machine = { ...CLAIMS, sub: CLIENT.id, sid: SECRET_ID, scope: 'notifications:send' }
    const readToken = async () => ({ valid: true as const, claims: machine })
    const ended = async () => ({
      valid: true as const,
      claims: { ...machine, sid: newId(ID_PREFIXES.clientSecret) },
    })

    const good = await ask(VALIDATE, { auth: { readToken } })
    const revoked = await ask(VALIDATE, { auth: { readToken: ended } })

    expect(good.response.data).toEqual({
      validateToken: {
        ...{ valid: true, reason: null, scopes: ['notifications:send'] },
        ...{ subject: null, session: null, assurance: null, authenticatedAt: null },
      },
    })
    expect(revoked.response.data).toMatchObject({ validateToken: { valid: false, reason: 'REVOKED' } })
  })
})

describe('signing keys', () => {
  const ROTATE =
    'mutation ($kid: String) { rotateSigningKey(input: { emergencyRemoveKid: $kid }) { activeKid nextKid retiringKids userErrors { code field } } }'
  const operator = someViewer({ scopes: ['keys:write'] })

  test('4.4: are rotated by a holder of the scope, and by nobody else', async () => {
    const { response, calls } = await ask(ROTATE, { viewer: operator })
    const refused = await ask(ROTATE, { viewer: asAda })

    expect(response.data).toEqual({
      rotateSigningKey: { activeKid: 'two', nextKid: 'three', retiringKids: ['one'], userErrors: [] },
    })
    expect(calls).toEqual([{ name: 'rotateKeys', input: null }])
    expect(refused.response.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  test('one that there is not cannot be taken back', async () => {
    const { response } = await ask(ROTATE, { viewer: operator, variables: { kid: 'unknown' } })

    expect(response.data).toMatchObject({
      rotateSigningKey: {
        activeKid: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['emergencyRemoveKid'] }],
      },
    })
  })
})

describe('devices that somebody trusts', () => {
  const MINE = '{ me { trustedDevices { id trustedUntil device { name } } } }'
  const forget = (id: string, viewer: Viewer | null = asAda) =>
    ask('mutation($id: ID!) { forgetTrustedDevice(id: $id) { accepted userErrors { code field } } }', {
      ...{ viewer, variables: { id } },
    })

  test('are theirs to see and to forget, and nobody else’s', async () => {
    const mine = await ask(MINE, { viewer: asAda })
    const forgotten = await forget(TRUSTED.id)
    const another = await forget(TRUSTED.id, someViewer({ userId: someUserId() }))
    const none = await forget('x')

    expect(mine.response.data).toEqual({
      me: {
        trustedDevices: [
          { id: TRUSTED.id, trustedUntil: '2030-02-01T00:00:00.000Z', device: { name: 'Firefox' } },
        ],
      },
    })
    expect(forgotten.response.data).toEqual({ forgetTrustedDevice: { accepted: true, userErrors: [] } })
    for (const { response } of [another, none]) {
      expect(response.data).toEqual({
        forgetTrustedDevice: { accepted: false, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
      })
    }
  })
})
