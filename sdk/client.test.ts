import { MeDocument, UpdateProfileDocument } from './__generated__/operations.js'
import { createUsergraphClient, type UsergraphClientOptions } from './client.js'
import { UsergraphError } from './errors.js'
import { refused } from './test/accounts-stub.js'
import { createBrowserFetch } from './test/browser-fetch.js'
import { type RouterStub, startRouterStub } from './test/router-stub.js'
import { createBrowserTokenStore, createMemoryTokenStore } from './token-store.js'

const CREDENTIALS = { identifier: { email: 'ada@example.com' }, password: 'right' }
const FIVE_MINUTES = 300_000

let router: RouterStub
beforeEach(async () => {
  router = await startRouterStub()
})
afterEach(() => router.stop())

const clientOf = (options: Partial<UsergraphClientOptions> = {}) =>
  createUsergraphClient({ url: router.url, delivery: 'BODY', ...options })

async function signedIn(options: Partial<UsergraphClientOptions> = {}) {
  const client = clientOf(options)
  await client.signIn(CREDENTIALS)
  const ends: string[] = []
  client.onSignedOut((reason) => ends.push(reason))
  return { client, ends }
}

/** The error an operation is refused with. */
async function refusalOf(running: Promise<unknown>): Promise<UsergraphError> {
  const error = await running.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UsergraphError)) throw new Error(`expected a UsergraphError, got ${error}`)
  return error
}

describe('one operation', () => {
  test('is sent as plain JSON with its name, the headers asked for and no token while signed out', async () => {
    const client = clientOf({ headers: { 'x-app': 'web' } })

    const policy = await client.passwordPolicy()

    expect(policy.minLength).toBe(8)
    const headers = router.last('PasswordPolicy')?.headers
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-app': 'web' })
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('idempotency-key')
  })

  test('carries the idempotency key it is given', async () => {
    router.script('Register', { body: { data: { register: { user: null, userErrors: [] } } } })

    await clientOf().register({ email: 'ada@example.com' }, { idempotencyKey: 'once' })

    expect(router.last('Register')?.headers).toMatchObject({ 'idempotency-key': 'once' })
  })

  test('throws a typed error when it is refused', async () => {
    router.script(
      'PasswordPolicy',
      refused(429, 'RATE_LIMITED', { retryAfterSeconds: 7, field: 'input.email' }),
    )

    const error = await refusalOf(clientOf().passwordPolicy())

    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429, retryAfterSeconds: 7 })
    expect(error).toMatchObject({ requestId: 'req-1', field: 'input.email' })
  })

  test('gives back what came through beside the fields that failed', async () => {
    const failed = { message: 'no', path: ['me', 'roles'], extensions: { code: 'SERVICE_UNAVAILABLE' } }
    router.script('Me', { body: { data: { me: { id: 'usr_ada', roles: null } }, errors: [failed] } })
    router.script('Me', { body: { data: { me: null }, errors: [{ ...failed, path: ['me'] }] } })
    const client = clientOf()

    const { data, errors } = await client.execute(MeDocument)

    expect(data?.me).toEqual({ id: 'usr_ada', roles: null })
    expect(errors).toMatchObject([{ code: 'SERVICE_UNAVAILABLE', path: ['me', 'roles'] }])
    expect(await refusalOf(client.me())).toMatchObject({ code: 'SERVICE_UNAVAILABLE', path: ['me'] })
  })

  test.each([
    ['a balancer that has no server', 503, 'SERVICE_UNAVAILABLE'],
    ['a page', 200, 'UNEXPECTED_ANSWER'],
    ['a redirect, which might carry secrets elsewhere', 307, 'UNREACHABLE'],
  ])('makes a typed error of %s', async (_, status, code) => {
    const headers = { 'retry-after': '3', ...(status === 307 && { location: `${router.url}/elsewhere` }) }
    router.script('PasswordPolicy', { status, headers, body: '<html>' })

    const error = await refusalOf(clientOf().passwordPolicy())

    expect(error.code).toBe(code)
    expect(error.retryAfterSeconds).toBe(status === 307 ? undefined : 3)
    expect(router.seen).toHaveLength(1)
  })

  test('says that there is no answer when nobody listens', async () => {
    await router.stop()

    expect(await refusalOf(clientOf().passwordPolicy())).toMatchObject({
      code: 'UNREACHABLE',
      status: undefined,
    })
  })

  test('can be given up, and says so in the words of whoever gave it up', async () => {
    const { arrived, release } = router.hold('CheckPassword')
    const giveUp = new AbortController()
    const running = clientOf().checkPassword({ password: 'x' }, { signal: giveUp.signal })
    await arrived

    giveUp.abort('typed on')

    await expect(running).rejects.toBe('typed on')
    release()
  })
})

describe('signing in', () => {
  test('makes later operations those of the person, and hands out no token', async () => {
    const { client } = await signedIn()

    expect(await client.me()).toEqual({ id: 'usr_ada' })
    expect(router.last('Me')?.headers.authorization).toBe('Bearer access-1')
    expect(JSON.stringify(await client.signIn(CREDENTIALS))).not.toMatch(/access-|refresh-|device-/)
  })

  test('says what was wrong, and keeps nothing', async () => {
    const store = createMemoryTokenStore()

    const { result, userErrors } = await clientOf({ tokenStore: store }).signIn({
      ...CREDENTIALS,
      password: 'no',
    })

    expect(result).toBeNull()
    expect(userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }])
    expect(store.read()).toMatchObject({ accessToken: null, refreshToken: null })
  })

  test('is not refused for the expired token of an earlier session', async () => {
    const { client } = await signedIn()
    router.accounts.endSession()

    const { result } = await client.signIn(CREDENTIALS)

    expect(result?.__typename).toBe('LoginSuccess')
  })

  test('shows the device token of an earlier session, also when that has ended', async () => {
    const { client } = await signedIn()
    router.accounts.endAccess()
    await client.me()
    await client.signOut()

    await client.signIn(CREDENTIALS)

    expect(router.last('Login')?.variables.input).toMatchObject({
      deviceToken: 'device-1',
      tokenDelivery: 'BODY',
    })
  })
})

describe('renewal', () => {
  test('happens once for many operations that find their token stale, and each is sent again once', async () => {
    const { client } = await signedIn()
    router.accounts.endAccess()

    const people = await Promise.all(Array.from({ length: 20 }, () => client.me()))

    expect(people).toHaveLength(20)
    expect(router.count('RefreshToken')).toBe(1)
    expect(router.count('Me')).toBeLessThanOrEqual(40)
    expect(router.last('RefreshToken')?.headers).not.toHaveProperty('authorization')
  })

  test('is not repeated for an operation that hears late that its old token was stale', async () => {
    const { client } = await signedIn()
    router.accounts.endAccess()
    const { arrived, release } = router.hold('Me')
    const late = client.me()
    await arrived
    await client.execute(UpdateProfileDocument, { input: { profile: {} } })

    release()
    await late

    expect(router.count('RefreshToken')).toBe(1)
  })

  test('comes 30 s before the token ends', async () => {
    const start = Date.now()
    const clock = { now: start }
    const { client } = await signedIn({ now: () => clock.now })

    clock.now = start + FIVE_MINUTES - 32_000
    await client.me()
    expect(router.count('RefreshToken')).toBe(0)

    clock.now = start + FIVE_MINUTES - 28_000
    await client.me()
    expect(router.count('RefreshToken')).toBe(1)
    expect(router.last('Me')?.headers.authorization).toBe('Bearer access-2')
  })

  test('does not come before every operation where the clock here is wrong', async () => {
    const { client } = await signedIn({ now: () => Date.now() + FIVE_MINUTES })

    await client.me()

    expect(router.count('RefreshToken')).toBe(0)
  })

  test('that cannot be had yet does not stop an operation whose token is still good', async () => {
    const clock = { now: Date.now() }
    const { client, ends } = await signedIn({ now: () => clock.now })
    clock.now += FIVE_MINUTES - 20_000
    router.script('RefreshToken', refused(503, 'SERVICE_UNAVAILABLE'))

    expect(await client.me()).toEqual({ id: 'usr_ada' })
    expect(ends).toEqual([])
  })

  test('sends a refused operation again only once', async () => {
    const { client } = await signedIn()
    router.script('Me', refused(401, 'UNAUTHENTICATED'))
    router.script('Me', refused(401, 'UNAUTHENTICATED'))

    expect((await refusalOf(client.me())).code).toBe('UNAUTHENTICATED')
    expect(router.count('Me')).toBe(2)
    expect(router.count('RefreshToken')).toBe(1)
  })

  test('does not repeat a mutation of which a part may have run', async () => {
    const { client } = await signedIn()
    const errors = [{ message: 'no', path: ['updateProfile'], extensions: { code: 'UNAUTHENTICATED' } }]
    router.script('UpdateProfile', { body: { data: null, errors } })

    expect((await refusalOf(client.updateProfile({ profile: {} }))).code).toBe('UNAUTHENTICATED')
    expect(router.count('UpdateProfile')).toBe(1)
  })

  test('that is refused forgets the tokens, says so once, and fails what asked for it', async () => {
    const store = createMemoryTokenStore()
    const { client, ends } = await signedIn({ tokenStore: store })
    router.accounts.endSession()

    const outcomes = await Promise.allSettled([client.me(), client.me(), client.me()])

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(router.count('RefreshToken')).toBe(1)
    expect(ends).toEqual(['SESSION_ENDED'])
    expect(store.read()).toMatchObject({ accessToken: null, refreshToken: null, deviceToken: 'device-1' })
  })

  test('that fails for another reason forgets nothing', async () => {
    const { client, ends } = await signedIn()
    router.accounts.endAccess()
    router.script('RefreshToken', refused(503, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }))
    const broken = [
      { message: 'no', path: ['refreshToken', 'tokens'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]
    const nothing = { refreshToken: { tokens: null, session: null, userErrors: [] } }
    router.script('RefreshToken', { body: { data: nothing, errors: broken } })

    expect((await refusalOf(client.me())).code).toBe('SERVICE_UNAVAILABLE')
    expect((await refusalOf(client.me())).code).toBe('INTERNAL_SERVER_ERROR')
    expect(await client.me()).toEqual({ id: 'usr_ada' })
    expect(ends).toEqual([])
  })

  test('that brings back somebody else ends the session here instead of acting as them', async () => {
    const { client, ends } = await signedIn()
    router.accounts.becomeSomebodyElse()

    expect((await refusalOf(client.updateProfile({ profile: {} }))).code).toBe('UNAUTHENTICATED')
    expect(router.count('UpdateProfile')).toBe(1)
    expect(ends).toEqual(['SESSION_ENDED'])
  })

  test('is seen by another client with the same store', async () => {
    const tokenStore = createMemoryTokenStore()
    const { client } = await signedIn({ tokenStore })
    router.accounts.endAccess()
    await client.me()

    await clientOf({ tokenStore }).me()

    expect(router.count('RefreshToken')).toBe(1)
  })
})

describe('stepping up', () => {
  const PROOF = { stepUpTicket: 'ticket', method: 'PASSWORD', password: 'right' } as const

  test('a refusal says what would prove who is signed in', async () => {
    const { client } = await signedIn()
    const details = { methods: ['PASSWORD'], assurance: 'AAL1', maxAgeSeconds: 300 }
    router.script('Me', refused(401, 'STEP_UP_REQUIRED', details))

    const error = await refusalOf(client.me())

    expect(error).toMatchObject({ code: 'STEP_UP_REQUIRED', ...details })
    expect(router.count('RefreshToken')).toBe(0)
  })

  test('goes on with the tokens of the session that follows, and hands out none', async () => {
    const { client, ends } = await signedIn()

    const result = await client.completeStepUp(PROOF)
    await client.me()

    expect(result).toEqual({ session: { id: 'ses_1', user: { id: 'usr_ada' } }, userErrors: [] })
    expect(router.last('CompleteStepUp')?.headers.authorization).toBe('Bearer access-1')
    expect(router.last('Me')?.headers.authorization).toBe('Bearer access-2')
    expect(ends).toEqual([])
  })

  test('with an access token that has ended is tried again with the next one', async () => {
    const { client } = await signedIn()
    router.accounts.endAccess()

    expect(await client.completeStepUp(PROOF)).toMatchObject({ userErrors: [] })
    expect(router.count('RefreshToken')).toBe(1)
    expect(router.last('CompleteStepUp')?.headers.authorization).toBe('Bearer access-2')
  })

  test('that proves nothing keeps the session as it is', async () => {
    const { client } = await signedIn()

    const result = await client.completeStepUp({ ...PROOF, password: 'wrong' })
    await client.me()

    expect(result).toMatchObject({ session: null, userErrors: [{ code: 'WRONG_PASSWORD' }] })
    expect(router.last('Me')?.headers.authorization).toBe('Bearer access-1')
  })

  test('in a browser takes the next refresh token as a cookie', async () => {
    const browser = createBrowserFetch()
    const { client } = await signedIn({ delivery: 'COOKIE', fetch: browser.fetch })

    await client.completeStepUp(PROOF)

    expect(browser.jar.get('usergraph-refresh')).toBe('refresh-2')
  })
})

describe('signing out', () => {
  test('ends the session, forgets the tokens and says so', async () => {
    const store = createMemoryTokenStore()
    const { client, ends } = await signedIn({ tokenStore: store })

    expect(await client.signOut({ everywhere: true })).toEqual({ loggedOut: true })

    expect(router.last('Logout')).toMatchObject({
      variables: { input: { everywhere: true, refreshToken: 'refresh-1' } },
      headers: { authorization: 'Bearer access-1' },
    })
    expect(store.read()).toMatchObject({ accessToken: null, refreshToken: null })
    expect(ends).toEqual(['SIGNED_OUT'])
  })

  test('works with an access token that has expired', async () => {
    const { client } = await signedIn()
    router.accounts.endAccess()

    expect(await client.signOut()).toEqual({ loggedOut: true })
    expect(router.last('Logout')?.headers).not.toHaveProperty('authorization')
  })

  test('forgets the tokens also when the server cannot be told, and throws', async () => {
    const store = createMemoryTokenStore()
    const { client, ends } = await signedIn({ tokenStore: store })
    await router.stop()

    expect((await refusalOf(client.signOut())).code).toBe('UNREACHABLE')
    expect(store.read()).toMatchObject({ accessToken: null, refreshToken: null })
    expect(ends).toEqual(['SIGNED_OUT'])
  })

  test('waits for a renewal that is on its way, so that this does not undo it', async () => {
    const store = createMemoryTokenStore()
    const { client } = await signedIn({ tokenStore: store })
    router.accounts.endAccess()
    const { arrived, release } = router.hold('RefreshToken')
    const running = client.me().catch(() => null)
    await arrived
    const signingOut = client.signOut()

    release()
    await Promise.all([running, signingOut])

    expect(router.last('Logout')?.headers.authorization).toBe('Bearer access-2')
    expect(store.read()).toMatchObject({ accessToken: null, refreshToken: null })
  })

  test('is no longer told to a listener that has left', async () => {
    const client = clientOf()
    await client.signIn(CREDENTIALS)
    const reasons: string[] = []
    client.onSignedOut((reason) => reasons.push(reason))()

    await client.signOut()

    expect(reasons).toEqual([])
  })
})

describe('COOKIE delivery', () => {
  test('asks the browser to send cookies, and never holds a refresh token', async () => {
    const browser = createBrowserFetch()
    const store = createMemoryTokenStore()
    const { client } = await signedIn({ delivery: 'COOKIE', fetch: browser.fetch, tokenStore: store })
    router.accounts.endAccess()

    await client.me()

    expect(new Set(browser.credentials)).toEqual(new Set(['include']))
    expect(router.last('Login')?.variables.input).toMatchObject({ tokenDelivery: 'COOKIE' })
    expect(router.last('RefreshToken')?.variables).toEqual({})
    expect(store.read()).toMatchObject({ accessToken: 'access-2', refreshToken: null, deviceToken: null })
  })

  test('picks the session up after a reload', async () => {
    const browser = createBrowserFetch()
    await signedIn({ delivery: 'COOKIE', fetch: browser.fetch })
    const reloaded = clientOf({ delivery: 'COOKIE', fetch: browser.fetch })

    expect(await reloaded.resume()).toBe(true)
    expect(await reloaded.me()).toEqual({ id: 'usr_ada' })
  })

  test('asks once whether there is a session to pick up, and calls nobody signed out who was not in', async () => {
    const stranger = clientOf({ delivery: 'COOKIE', fetch: createBrowserFetch().fetch })
    const ends: string[] = []
    stranger.onSignedOut((reason) => ends.push(reason))

    const found = await Promise.all([stranger.resume(), stranger.resume(), stranger.resume()])

    expect(found).toEqual([false, false, false])
    expect(router.count('RefreshToken')).toBe(1)
    expect(ends).toEqual([])
  })

  test('with BODY delivery, cookies are neither sent nor kept', async () => {
    const browser = createBrowserFetch()
    await signedIn({ fetch: browser.fetch })

    expect(browser.credentials).toEqual(['omit'])
  })
})

test('a browser store persists the device token alone', async () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  await signedIn({ tokenStore: createBrowserTokenStore(storage) })

  expect([...kept.values()]).toEqual(['device-1'])
  expect(createBrowserTokenStore(storage).read()).toMatchObject({
    accessToken: null,
    deviceToken: 'device-1',
  })
})
