import { pino } from 'pino'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { createNewViewerSigner } from '../../subgraphs/shared/identity/new-viewer.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import { someViewer } from '../../subgraphs/shared/test/requests.js'
import { readRouterEnv } from '../env.js'
import { PUBLIC_URL, signToken } from '../identity/test/tokens.js'
import type { SubgraphSource } from '../plan/compose.js'
import { createRouter, type Router } from '../router.js'
import { createInProcessDataSource } from '../subgraphs/in-process-data-source.js'
import { jwksOf, makeKey, type TestKey } from '../subgraphs/test/keys.js'
import { type StubSubgraph, stubSubgraph } from '../subgraphs/test/stub-subgraph.js'

export const USERS = `
type Query {
  me: User @authenticated
  motto: String @public
  catalogue(first: Int): [Item!] @public
  options: Options! @public @cacheControl(maxAge: 60, scope: PUBLIC)
  everyone: [String!] @requiresScopes(scopes: [["admin"]])
  broken: String @public
}
type Mutation {
  closeAccount: Boolean @authenticated
  register(email: String!): Boolean @public @rateLimit(max: 2, window: "1h", by: ["ip"])
}
type Item { name: String items: [Item!] }
type Options { names: [String!]! }
type User @key(fields: "id") { id: ID! email: String @policy(policies: [["self"], ["users:read"]]) }
`
const AUTH = `
type Mutation {
  login(fail: Boolean): LoginPayload @public @credential @startsSession
  logout: Boolean @public
}
type LoginPayload { user: User token: String }
type User @key(fields: "id") { id: ID! sessions: [String!] @policy(policies: [["self"]]) }
`

const ada = someViewer({ userId: 'usr_ada', sessionId: 'ses_ada' })

/** What auth says when the router asks it. */
type State = { ended: string[]; authAway: boolean }

export type StubGraph = Awaited<ReturnType<typeof openStubGraph>>

/** Two subgraphs with nothing behind them, and routers in front of them as one likes. */
export async function openStubGraph() {
  const [routerKey, authKey, tokenKey] = await Promise.all([
    makeKey('router'),
    makeKey('auth'),
    makeKey('k1'),
  ])
  const [users, auth] = [stubUsers(), await stubAuth(authKey)]
  const state: State = { ended: [], authAway: false }
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })

  return {
    ...{ users, auth, state, lines },
    makeRouter: (
      settings: Record<string, string> = {},
      subgraphs: StubSubgraph[] = [users, auth],
    ): Promise<Router> =>
      createRouter({
        env: readRouterEnv({
          ...{ NODE_ENV: 'test', PORT: '0', MANAGEMENT_PORT: '0', PUBLIC_URL },
          INTERNAL_JWKS: JSON.stringify(jwksOf(routerKey, authKey)),
          ROUTER_PRIVATE_KEY: JSON.stringify(routerKey.privateJwk),
          TRUSTED_PROXY_HOPS: '1',
          ...settings,
        }),
        log,
        subgraphs: subgraphs.map(sourceOf),
        sourceOf: dataSourceOf(subgraphs, log),
        calls: { call: async (_, name) => answerCall(name, state, tokenKey) },
        readiness: async () => ({ users: true, auth: !state.authAway }),
      }),
    tokenOf: (claims: Record<string, unknown> = {}) => signToken(tokenKey.privateJwk, { claims }),
    /** Requests that came to a subgraph since the last `forget`. */
    reached: () => users.requests.length + auth.requests.length,
    forget() {
      users.requests.length = 0
      auth.requests.length = 0
    },
  }
}

function stubUsers(): StubSubgraph {
  return stubSubgraph('users', USERS, {
    Query: {
      me: (_, __, { viewer }) => viewer && { id: viewer.userId },
      motto: () => 'who goes there',
      options: () => ({ names: ['password'] }),
      broken: () => {
        throw new Error('relation "users" does not exist')
      },
    },
    Mutation: { register: () => true },
    User: {
      email: (_, __, { viewer }) => `${viewer?.userId}@acme.test`,
    },
  })
}

async function stubAuth(authKey: TestKey): Promise<StubSubgraph> {
  const signNewViewer = await createNewViewerSigner('auth', authKey.privateJwk)
  return stubSubgraph('auth', AUTH, {
    Mutation: {
      async login(_, { fail }: { fail?: boolean }, { caller, effects }) {
        if (fail) throw new AppError('RATE_LIMITED', { retryAfterSeconds: 3 })
        effects.cookies.push({ name: 'refreshToken', value: 'fresh', expiresAt: '2027-01-01T00:00:00Z' })
        effects.newViewer = await signNewViewer(ada, caller.requestId)
        return { user: { id: ada.userId }, token: 't' }
      },
      logout: () => true,
    },
  })
}

const sourceOf = ({ name, typeDefs }: StubSubgraph): SubgraphSource => ({
  name,
  url: `http://${name}.test`,
  typeDefs,
})

function dataSourceOf(subgraphs: readonly StubSubgraph[], log: Logger) {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name as string, subgraph]))
  return (place: SubgraphSource) => {
    const source = createInProcessDataSource(place, byName, log)
    if (!source) throw new Error('every stub is here')
    return source
  }
}

function answerCall(name: string, state: State, tokenKey: TestKey): unknown {
  if (state.authAway) throw new Error('away')
  const answers: Record<string, unknown> = {
    signingKeys: jwksOf(tokenKey),
    grantKeys: { keys: [{ kty: 'OKP', kid: 'grant', crv: 'Ed25519', x: 'x' }] },
    endedSessions: { sessionIds: state.ended, cursor: 'c' },
    isSessionActive: { active: true },
    recordRefusals: {},
  }
  return answers[name]
}
