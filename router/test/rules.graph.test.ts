import { readFile } from 'node:fs/promises'
import { ask, graphUrl } from './seed/ask.js'
import { fetchesFor } from './seed/metrics.js'
import { someAdmin, someWithRole } from './seed/operators.js'
import { someVerified } from './seed/people.js'

const LOGIN = (alias: string) =>
  `${alias}: login(input: { identifier: { email: "a@acme.test" }, password: "x" }) { userErrors { code } }`

type Manifest = { operations: { id: string; name: string }[] }

describe('who may ask what', () => {
  test('2.7: an anonymous `me` is refused whole and reaches no subgraph', async () => {
    const askBoth = async () => [
      await ask('{ me { id } }'),
      await ask('{ signInOptions { password } me { email } }'),
    ]

    const [answer, beside] = await askBoth()

    expect([answer?.status, answer?.codes, answer?.data]).toEqual([401, ['UNAUTHENTICATED'], undefined])
    expect([beside?.status, beside?.codes]).toEqual([401, ['UNAUTHENTICATED']])
    expect(await fetchesFor(askBoth, 0)).toBe(0)
  })

  test('2.7: a refused mutation has no side effect: nothing of its operation ran', async () => {
    const change = () =>
      ask(
        `mutation { logout { loggedOut } updateProfile(input: { profile: { displayName: "x" } }) { user { id } } }`,
      )

    expect((await change()).status).toBe(401)
    expect(await fetchesFor(change, 0)).toBe(0)
  })

  test('a field that asks for a scope is FORBIDDEN to a person without it, in an alias and a fragment too', async () => {
    const { tokens, userId } = await (await someVerified()).signIn()
    const token = tokens.accessToken

    for (const query of [
      'query($id: ID!) { user(id: $id) { id } }',
      'query($id: ID!) { mine: user(id: $id) { id } }',
      'query($id: ID!) { ...F } fragment F on Query { user(id: $id) { id } }',
      'query($id: ID!) { me { id } user(id: $id) @include(if: false) { id } }',
    ]) {
      const answer = await ask(query, { token, variables: { id: userId } })
      expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']])
    }
  })

  test('what a role allows is in the next token: a supporter reads anyone and gives no role', async () => {
    const bob = await (await someVerified()).signIn()
    const support = (await someWithRole('support')).session
    const admin = (await someAdmin()).session
    const asks = (token: string, query: string) => ask(query, { token, variables: { id: bob.userId } })
    const READ = 'query($id: ID!) { user(id: $id) { email sessions { nodes { id } } } }'
    const GIVE = 'mutation($id: ID!) { assignRole(userId: $id, role: "support") { user { id } } }'

    const read = await asks(support.tokens.accessToken, READ)
    const refused = await asks(support.tokens.accessToken, GIVE)
    const given = await asks(admin.tokens.accessToken, GIVE)

    expect(read.data['user']).toMatchObject({ sessions: { nodes: [{ id: bob.sessionId }] } })
    expect(refused.codes).toEqual(['FORBIDDEN'])
    expect(given.data['assignRole']).toEqual({ user: { id: bob.userId } })
  })

  test("1.3, 2.7: another person's private fields are null, as for nobody, in every subgraph", async () => {
    const ada = await (await someVerified()).signIn()
    const bob = await (await someVerified()).signIn()

    const { data, errors } = await ask(
      `query($token: JWT!) { validateToken(token: $token) { subject {
        id emailVerified email username sessions { nodes { id } } password { isSet } notifications { nodes { id } } } } }`,
      { token: ada.tokens.accessToken, variables: { token: bob.tokens.accessToken } },
    )

    expect(errors).toBeUndefined()
    expect(data['validateToken']).toEqual({
      subject: {
        id: bob.userId,
        emailVerified: true,
        email: null,
        username: null,
        sessions: null,
        password: null,
        notifications: null,
      },
    })
  })

  test('1.4: a token that is not good is refused even where nobody need be signed in', async () => {
    for (const token of ['nonsense', 'a.b.c', `${'x'.repeat(5000)}`]) {
      const answer = await ask('{ signInOptions { password } }', { token })
      expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']])
    }
  })

  test('2.4: two fields that take a secret are refused in one operation, and nothing is tried', async () => {
    const askBoth = async () => [
      await ask(`mutation { ${LOGIN('a')} ${LOGIN('b')} }`),
      await ask(`mutation { ${LOGIN('a')} verifyEmail(input: { token: "x" }) { userErrors { code } } }`),
    ]

    const [twoLogins, mixed] = await askBoth()

    expect([twoLogins?.status, twoLogins?.codes, mixed?.codes]).toEqual([
      400,
      ['QUERY_REJECTED'],
      ['QUERY_REJECTED'],
    ])
    expect(await fetchesFor(askBoth, 0)).toBe(0)
  })

  test('2.7: a field that signs someone in stands alone', async () => {
    const answer = await ask(`mutation { ${LOGIN('a')} logout { loggedOut } }`)

    expect(answer.codes).toEqual(['QUERY_REJECTED'])
  })

  test('2.13: an alias to the name of a key is refused before planning', async () => {
    const { tokens } = await (await someVerified()).signIn()

    const answer = await ask('{ me { id: username sessions { nodes { id } } } }', {
      token: tokens.accessToken,
    })

    expect([answer.status, answer.codes]).toEqual([400, ['QUERY_REJECTED']])
  })

  test('2.3: a doubling fragment, a deep and a wide document are refused', async () => {
    const doubling = Array.from(
      { length: 20 },
      (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
    )
    const bomb = `{ ...f0 } ${doubling.join(' ')} fragment f20 on Query { signInOptions { password } }`
    const wide = `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: signInOptions { password }`).join(' ')} }`

    for (const query of [bomb, wide, `{ ${'a '.repeat(2000)} }`]) {
      expect((await ask(query)).codes).toEqual(['QUERY_TOO_COMPLEX'])
    }
  })

  test('1.1: a refused document names what is wrong without guesses and with a request id', async () => {
    const { errors, headers, status } = await ask('{ passwordPolicy { minLenght } }')

    expect(status).toBe(400)
    expect(errors?.[0]?.message).toContain('minLenght')
    expect(errors?.[0]?.message).not.toContain('Did you mean')
    expect(errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      requestId: headers.get('x-request-id'),
    })
  })

  test('2.11: what is private may be kept by nobody, and what is the same for everyone by anybody', async () => {
    const { tokens } = await (await someVerified()).signIn()

    const open = await ask('{ signInOptions { password } passwordPolicy { minLength } }')
    const mine = await ask('{ me { id } }', { token: tokens.accessToken })

    expect(open.headers.get('cache-control')).toBe('public, max-age=300')
    expect(mine.headers.get('cache-control')).toBe('no-store')
  })
})

describe('the HTTP of the graph', () => {
  const post = (body: string | undefined, headers: Record<string, string>) =>
    fetch(`${graphUrl()}/graphql`, { method: 'POST', headers, ...(body !== undefined && { body }) })

  const QUERY = JSON.stringify({ query: '{ signInOptions { password } }' })

  test.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['an encoding', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('2.1: %s is 415', async (_, headers) => {
    expect((await post(QUERY, headers)).status).toBe(415)
  })

  test.each([
    ['a batch', `[${QUERY}]`, 400],
    ['no JSON', '{', 400],
    ['no query', '{}', 400],
    ['a body over 100 KiB', JSON.stringify({ query: `#${'x'.repeat(101 * 1024)}` }), 413],
  ])('2.1: %s is refused', async (_, body, status) => {
    expect((await post(body, { 'content-type': 'application/json' })).status).toBe(status)
  })

  test('2.1: GET of a query is 405, other methods are too, unknown paths are 404', async () => {
    const status = async (path: string, method: string) =>
      (await fetch(`${graphUrl()}${path}`, { method })).status

    expect(await status('/graphql?query={__typename}', 'GET')).toBe(405)
    expect(await status('/graphql', 'PUT')).toBe(405)
    expect(await status('/graphql', 'DELETE')).toBe(405)
    expect(await status('/nothing', 'GET')).toBe(404)
    expect(await status('/metrics', 'GET')).toBe(404)
  })

  test('2.1: GET of a persisted query that is public may be kept, any other is 405', async () => {
    const get = async (name: string) => {
      const { operations } = JSON.parse(await readFile('sdk/persisted-operations.json', 'utf8')) as Manifest
      const id = operations.find((operation) => operation.name === name)?.id
      return fetch(`${graphUrl()}/graphql?documentId=${id}`, {
        headers: { 'content-type': 'application/json' },
      })
    }

    const [open, own, change] = [await get('SignInOptions'), await get('Me'), await get('Logout')]

    expect(await open.json()).toMatchObject({ data: { signInOptions: { password: true } } })
    expect(open.headers.get('cache-control')).toBe('public, max-age=300')
    expect([open.status, own.status, change.status]).toEqual([200, 405, 405])
  })

  test('2.1: headers over 16 KiB are 431', async () => {
    const response = await post(QUERY, {
      'content-type': 'application/json',
      'x-long': 'x'.repeat(17 * 1024),
    })

    expect(response.status).toBe(431)
  })

  test('2.2: only listed origins may read an answer', async () => {
    const allowed = async (origin: string) =>
      (await post(QUERY, { 'content-type': 'application/json', origin })).headers.get(
        'access-control-allow-origin',
      )

    expect(await allowed(graphUrl())).toBe(graphUrl())
    expect(await allowed('https://evil.test')).toBeNull()
    expect(await allowed('null')).toBeNull()
  })

  test('the public keys stand where clients look for them, without private halves', async () => {
    const { keys } = (await (await fetch(`${graphUrl()}/.well-known/jwks.json`)).json()) as { keys: object[] }

    expect(keys.length).toBeGreaterThanOrEqual(2)
    for (const key of keys)
      expect(key).toEqual({
        kty: 'OKP',
        crv: 'Ed25519',
        use: 'sig',
        alg: 'EdDSA',
        kid: expect.any(String),
        x: expect.any(String),
      })
  })
})
