import type { JSONWebKeySet } from 'jose'
import { pino } from 'pino'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import type { SubgraphResponse } from '../../subgraphs/shared/graphql/executor.js'
import {
  createNewViewerSigner,
  createNewViewerVerifier,
  type NewViewerSigner,
} from '../../subgraphs/shared/identity/new-viewer.js'
import { someCaller, someViewer } from '../../subgraphs/shared/test/requests.js'
import type { SubgraphFetch } from './data-source.js'
import { GatewayDataSource } from './gateway-data-source.js'
import type { RequestHolder } from './request-holder.js'
import { jwksOf, makeKey, type TestKey } from './test/keys.js'

const LOGIN = 'mutation Login__auth__0{login{user{__typename id}}}'
const ada = someViewer({ userId: 'usr_ada' })

let authKey: TestKey
let usersKey: TestKey
let jwks: JSONWebKeySet
let sign: NewViewerSigner
let holder: RequestHolder

beforeAll(async () => {
  authKey = await makeKey('auth')
  usersKey = await makeKey('users')
  jwks = jwksOf(authKey, usersKey)
  sign = await createNewViewerSigner('auth', authKey.privateJwk)
})
beforeEach(() => {
  holder = {
    caller: someCaller({ requestId: 'r1' }),
    cookies: { refreshToken: 'r' },
    idempotencyKey: 'k',
    startsSession: 'login',
    cookieChanges: [],
  }
})

/** One fetch of a plan, answered as given. */
async function fetchFrom(name: string, answer: SubgraphResponse | Error, query = LOGIN) {
  const seen: SubgraphFetch[] = []
  const source = new GatewayDataSource({
    name,
    source: {
      async fetch(request) {
        seen.push(request)
        if (answer instanceof Error) throw answer
        return answer
      },
    },
    verifyNewViewer: createNewViewerVerifier(jwks),
    log: pino({ level: 'silent' }),
  })
  // The gateway hands more; nothing else of it is read.
  const given = { request: { query }, context: { holder } } as unknown as Parameters<typeof source.process>[0]
  return { answer: await source.process(given), seen }
}

const signedIn = (newViewer: string): SubgraphResponse => ({
  data: { login: {} },
  extensions: { usergraph: { cookies: [], newViewer } },
})

describe('2.7: a new viewer', () => {
  test('is who asks from then on, when auth says so in the fetch that signs in', async () => {
    const { answer } = await fetchFrom('auth', signedIn(await sign(ada, 'r1')))

    expect(answer.errors).toBeUndefined()
    expect(holder.caller).toMatchObject({ requestId: 'r1', viewer: { userId: 'usr_ada' } })
  })

  test('is not believed of another subgraph, even under auth’s signature', async () => {
    await fetchFrom('users', signedIn(await sign(ada, 'r1')))

    expect(holder.caller.viewer).toBeNull()
  })

  const forged: [string, () => Promise<string>][] = [
    ['of another request', () => sign(ada, 'r2')],
    [
      'signed by users in its own name',
      async () => (await createNewViewerSigner('users', usersKey.privateJwk))(ada, 'r1'),
    ],
    [
      'signed by users in auth’s name',
      async () => (await createNewViewerSigner('auth', usersKey.privateJwk))(ada, 'r1'),
    ],
    [
      'signed by users under its own key id',
      async () =>
        (await createNewViewerSigner('auth', usersKey.privateJwk))(ada, 'r1').then((jws) =>
          withKid(jws, 'users'),
        ),
    ],
    ['that is no token', async () => 'x.y.z'],
  ]
  test.each(forged)('%s fails the fetch', async (_, make) => {
    const { answer } = await fetchFrom('auth', signedIn(await make()))

    expect(answer.data).toBeUndefined()
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }])
    expect(holder.caller.viewer).toBeNull()
  })

  test.each([
    [
      'an entity fetch',
      'query Login__auth__1($representations:[_Any!]!){_entities(representations:$representations){...on User{id}}}',
    ],
    ['a query', '{login{user{id}}}'],
    ['another mutation', 'mutation{refreshToken{user{id}}}'],
    ['a mutation of more than that field', 'mutation{login{user{id}} logout{ok}}'],
    ['another field under its name', 'mutation{login:refreshToken{user{id}}}'],
  ])('is not believed of %s', async (_, query) => {
    await fetchFrom('auth', signedIn(await sign(ada, 'r1')), query)

    expect(holder.caller.viewer).toBeNull()
  })

  test('is not believed where the operation signs nobody in, and no second time', async () => {
    await fetchFrom('auth', signedIn(await sign(ada, 'r1')))
    await fetchFrom('auth', signedIn(await sign(someViewer({ userId: 'usr_eve' }), 'r1')))
    expect(holder.caller.viewer?.userId).toBe('usr_ada')

    holder.startsSession = null
    holder.caller = someCaller({ requestId: 'r1' })
    await fetchFrom('auth', signedIn(await sign(ada, 'r1')))
    expect(holder.caller.viewer).toBeNull()
  })
})

/** The same signature under another header would not hold; this is what a forger would try all the same. */
function withKid(jws: string, kid: string): string {
  const [, claims, signature] = jws.split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'viewer+jwt', kid })).toString('base64url')
  return `${header}.${claims}.${signature}`
}

describe('5.1: cookies', () => {
  const set: SubgraphResponse = {
    data: {},
    extensions: { usergraph: { cookies: [{ name: 'refreshToken', value: 'new', expiresAt: null }] } },
  }

  test('are handed to auth alone, the idempotency key to all', async () => {
    const auth = await fetchFrom('auth', { data: {} })
    const users = await fetchFrom('users', { data: {} })

    expect(auth.seen[0]).toMatchObject({ cookies: { refreshToken: 'r' }, idempotencyKey: 'k' })
    expect(users.seen[0]).toMatchObject({ idempotencyKey: 'k' })
    expect(users.seen[0]).not.toHaveProperty('cookies')
  })

  test('are changed by auth alone', async () => {
    await fetchFrom('users', set)
    expect(holder.cookieChanges).toEqual([])

    await fetchFrom('auth', set)
    expect(holder.cookieChanges).toEqual([{ name: 'refreshToken', value: 'new', expiresAt: null }])
  })

  test.each(['a; Domain=evil.test', 'a\r\nSet-Cookie: b=c', ''])('cannot hold %p', async (value) => {
    await fetchFrom('auth', {
      extensions: { usergraph: { cookies: [{ name: 'refreshToken', value, expiresAt: null }] } },
    })

    expect(holder.cookieChanges).toEqual([])
  })
})

describe('a subgraph that fails', () => {
  test('is an error with its code, when that is known', async () => {
    const { answer } = await fetchFrom('users', new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }))

    expect(answer.errors).toMatchObject([
      { extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 } },
    ])
  })

  test('1.2: says nothing of its fault', async () => {
    const { answer } = await fetchFrom('users', new Error('connect ECONNREFUSED 10.0.0.7'))

    expect(JSON.stringify(answer)).not.toContain('10.0.0.7')
  })

  test('extensions that are not ours are no reason to lose the answer', async () => {
    const { answer } = await fetchFrom('auth', { data: { a: 1 }, extensions: { tracing: {} } as never })

    expect(answer).toEqual({ data: { a: 1 } })
  })
})
