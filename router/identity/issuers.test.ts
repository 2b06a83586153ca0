import { createHmac } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { pino } from 'pino'
import { EdgeRules } from '../edge/edge-rules.js'
import { jwksOf, makeKey, type TestKey } from '../subgraphs/test/keys.js'
import { createAccessTokenVerifier } from './access-token.js'
import { createIssuers, type Issuers } from './issuers.js'
import { createKeySet } from './key-set.js'
import { rulesOf, startIssuer, type TestIssuer } from './test/issuer.js'
import { PUBLIC_URL, signToken } from './test/tokens.js'

let staff: TestIssuer
let robots: TestIssuer
let canary: TestIssuer
let ownKey: TestKey
let issuers: Issuers
let time: number
let lines: string[]
let ownFetches: number

const SCOPES = { scopes: { allow: ['users:read'] } }

/** A verifier that knows these issuers and this graph's own key. */
function open(...known: object[]): void {
  use(() => EdgeRules.parse({ identity: { issuers: known } }))
}

function use(read: () => EdgeRules): void {
  let rules = read()
  lines = []
  ownFetches = 0
  issuers = createIssuers({
    publicUrl: PUBLIC_URL,
    own: createAccessTokenVerifier(
      createKeySet(async () => {
        ownFetches += 1
        return jwksOf(ownKey)
      }),
      PUBLIC_URL,
    ),
    rulesNow: () => rules,
    log: pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }),
    now: () => time,
  })
  reload = () => {
    rules = read()
  }
}
let reload: () => void

beforeAll(async () => {
  staff = await startIssuer('staff')
  robots = await startIssuer('robots', 'EdDSA')
  canary = await startIssuer('canary')
  ownKey = await makeKey('k1')
})
afterAll(() => Promise.all([staff, robots, canary].map((each) => each.stop())))

beforeEach(() => {
  time = 0
  for (const each of [staff, robots, canary]) {
    each.serve()
    each.visits.length = 0
  }
  open(rulesOf(staff, SCOPES), rulesOf(robots, SCOPES))
})
afterEach(() => issuers.stop())

const refusal = (token: string) =>
  issuers.verify(token).then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  )
const viewerOf = async (token: string) => (await issuers.verify(token)).viewer
const now = () => Math.floor(Date.now() / 1000)

describe('who such a caller is', () => {
  test('a subject of that issuer, with the scopes that the file allows, and no proof of anything', async () => {
    const { viewer, accessVersion } = await issuers.verify(
      await staff.sign({ claims: { scope: 'users:read users:write admin' } }),
    )

    expect(viewer).toMatchObject({ scopes: ['users:read'], methods: [], authenticatedAt: 0, stepUp: null })
    expect(viewer.userId).toMatch(/^ext_staff_[A-Za-z0-9_-]{43}$/)
    expect([viewer.sessionId, viewer.clientId]).toEqual([viewer.userId, viewer.userId])
    expect(accessVersion).toBeNull()
  })

  test.each(['usr_01jzzzzzzzffrtzzzzzzzzzzzz', 'cli_01jzzzzzzzffrtzzzzzzzzzzzz', 'ext_staff_x'])(
    'whatever its subject is called, it is no id of ours: %s',
    async (sub) => {
      const { userId } = await viewerOf(
        await robots.sign({ claims: { sub, sid: 'ses_x', client_id: 'web' } }),
      )

      expect(userId).toMatch(/^ext_robots_/)
      expect(userId).not.toContain(sub)
    },
  )

  test('the same subject of two issuers is two, and of one it is one', async () => {
    const ids = await Promise.all(
      [staff, staff, robots].map(async (each) => (await viewerOf(await each.sign())).userId),
    )

    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toBe(ids[1])
  })

  test('it claims no proof, level or step-up', async () => {
    const claims = { amr: ['otp'], acr: 'aal3', auth_time: now(), step_up: ['PASSWORD'], step_up_acr: 'aal1' }

    expect(await viewerOf(await staff.sign({ claims }))).toMatchObject({
      ...{ methods: [], assurance: 'none', authenticatedAt: 0, stepUp: null },
    })
  })

  test('scopes come from the claim that is named, as a text or a list, and from roles that are listed', async () => {
    open(
      rulesOf(staff, {
        scopes: { claim: 'scp', allow: ['users:read', 'audit:read'] },
        roles: { claim: 'groups', give: { support: ['sessions:write', 'users:read'] } },
      }),
    )
    const scopesOf = async (claims: Record<string, unknown>) =>
      (await viewerOf(await staff.sign({ claims }))).scopes

    expect(await scopesOf({ scp: ['users:read', 7, 'roles:write'] })).toEqual(['users:read'])
    expect(await scopesOf({ scp: 'audit:read', groups: ['support'] })).toEqual([
      ...['audit:read', 'sessions:write', 'users:read'],
    ])
    expect(await scopesOf({ scope: 'users:read', roles: ['support'] })).toEqual([])
    expect(await scopesOf({ groups: ['admin', 'constructor', '__proto__', null] })).toEqual([])
    expect(await scopesOf({ scp: { 'users:read': true }, groups: 7 })).toEqual([])
  })

  test('its subject is the claim that is named; without one it is nobody', async () => {
    open(rulesOf(staff, { subject: 'oid' }))

    const [one, other] = [
      await viewerOf(await staff.sign({ claims: { oid: 'a' } })),
      await viewerOf(await staff.sign({ claims: { oid: 'b' } })),
    ]
    expect(one.userId).not.toBe(other.userId)
    for (const oid of [undefined, '', 7, ['a'], 'x'.repeat(513)]) {
      expect(await refusal(await staff.sign({ claims: { oid } }))).toBe('UNAUTHENTICATED')
    }
  })
})

describe('4.2: refuses a token of a further issuer', () => {
  const signedBy = async (key: TestIssuer, claims: object, algorithm = key.algorithm) =>
    new SignJWT({ ...(await claimsOf(staff)), ...claims })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: 'k1' })
      .sign(await importJWK(key.privateJwk, algorithm))

  const claimsOf = async (issuer: TestIssuer) => {
    const [, claims = ''] = (await issuer.sign()).split('.')
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  }

  test('that another signed, whose key has the same id', async () => {
    open(rulesOf(staff), rulesOf(canary))

    expect(await refusal(await signedBy(canary, {}))).toBe('UNAUTHENTICATED')
    expect(await refusal(await signedBy(canary, { iss: canary.issuer }))).toBe('accepted')
  })

  test('by an algorithm that is allowed to another alone', async () => {
    expect(await refusal(await signedBy(robots, {}))).toBe('UNAUTHENTICATED')
    expect(await refusal(await signedBy(robots, { iss: robots.issuer }))).toBe('accepted')
  })

  test('that is signed with the text of its public key', async () => {
    const [, claims] = (await staff.sign()).split('.')
    const { d: _, ...publicJwk } = staff.privateJwk
    for (const alg of ['HS256', 'none']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid: 'k1' })).toString('base64url')
      const signature = createHmac('sha256', JSON.stringify(publicJwk)).update(`${header}.${claims}`)

      expect(await refusal(`${header}.${claims}.${signature.digest('base64url')}`)).toBe('UNAUTHENTICATED')
    }
  })

  test.each([
    ['for another audience', { aud: 'https://other.example' }],
    ['for this graph, by the name that our own tokens say', { aud: `${PUBLIC_URL}/graphql` }],
    ['that has expired', { iat: now() - 400, exp: now() - 31 }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { iat: undefined }],
    ['that is too old, whenever it ends', { iat: now() - 3700, exp: now() + 3600 }],
    ['from the future', { iat: now() + 60, exp: now() + 300 }],
    ['that is not yet good', { nbf: now() + 60 }],
    ['without a subject', { sub: undefined }],
    ['longer than 4 KiB', { padding: 'x'.repeat(4096) }],
  ])('%s', async (_, claims) => {
    expect(await refusal(await staff.sign({ claims }))).toBe('UNAUTHENTICATED')
  })

  test.each([
    ['jku', { jku: 'https://evil.test/jwks.json' }],
    ['jwk', { jwk: { kty: 'EC' } }],
    ['x5u', { x5u: 'https://evil.test/cert' }],
    ['x5c', { x5c: ['MII'] }],
    ['zip', { zip: 'DEF' }],
    ['another kind: an ID token', { typ: 'JWT' }],
    ['another kind: an inside assertion', { typ: 'internal+jwt' }],
    ['another kind: a grant', { typ: 'grant+jwt' }],
    ['no kind', { typ: undefined }],
    ['a key id that is a path', { kid: '../../dev/null' }],
    ['no key id', { kid: undefined }],
    ['an unknown key id', { kid: 'k2' }],
  ])('whose header has %s', async (_, header) => {
    expect(await refusal(await staff.sign({ header }))).toBe('UNAUTHENTICATED')
  })

  test('with any bit of it turned over', async () => {
    const token = await staff.sign()
    for (let at = 0; at < token.length; at += 11) {
      const letter = token[at] === 'A' ? 'B' : 'A'
      expect(await refusal(`${token.slice(0, at)}${letter}${token.slice(at + 1)}`)).toBe('UNAUTHENTICATED')
    }
  })

  test('of nobody we know, and asks nobody', async () => {
    const token = await canary.sign({ header: { jku: canary.jwksUri } })

    expect(await refusal(token)).toBe('UNAUTHENTICATED')
    expect([canary, staff, robots].flatMap(({ visits }) => visits)).toEqual([])
    expect(ownFetches).toBe(0)
  })

  test('and asks nobody but the one place of that issuer', async () => {
    const url = canary.jwksUri
    for (const header of [{ jku: url }, { x5u: url }, { kid: url }]) {
      expect(await refusal(await staff.sign({ header, claims: { jku: url, jwks_uri: url } }))).toBe(
        'UNAUTHENTICATED',
      )
    }
    await refusal(await staff.sign({ claims: { jwks_uri: url } }))

    expect(canary.visits).toEqual([])
    expect(staff.visits).toEqual(['/keys'])
  })
})

test('4.3: a token with the name of this graph is read by its own keys, whatever the file says', async () => {
  open({ ...rulesOf(staff), issuer: PUBLIC_URL })

  expect(await refusal(await staff.sign({ claims: { iss: PUBLIC_URL } }))).toBe('UNAUTHENTICATED')
  expect(await refusal(await signToken(ownKey.privateJwk))).toBe('accepted')
  expect(staff.visits).toEqual([])
})

test('an issuer that says `JWT` of its tokens is taken at its word where the file says so', async () => {
  open(rulesOf(staff, { types: ['JWT'] }))

  expect(await refusal(await staff.sign({ header: { typ: 'JWT' } }))).toBe('accepted')
  expect(await refusal(await staff.sign({ header: { typ: 'application/jwt' } }))).toBe('accepted')
  expect(await refusal(await staff.sign())).toBe('UNAUTHENTICATED')
})

describe('keys of a further issuer', () => {
  test('a flood of unknown key ids asks for them once in 30 s', async () => {
    const flood = () =>
      Promise.all(
        Array.from({ length: 50 }, async (_, i) => refusal(await staff.sign({ header: { kid: `x${i}` } }))),
      )

    await flood()
    time = 29_000
    await flood()
    const before = staff.visits.length
    time = 31_000
    const answers = await flood()

    expect([before, staff.visits.length]).toEqual([1, 2])
    expect(new Set(answers)).toEqual(new Set(['UNAUTHENTICATED']))
  })

  test('so does one at an issuer that is away, and it says nothing of the others', async () => {
    staff.serve((_, response) => response.writeHead(503).end())

    for (let i = 0; i < 20; i += 1) {
      expect(await refusal(await staff.sign({ claims: { jti: String(i) } }))).toBe('SERVICE_UNAVAILABLE')
    }
    expect(staff.visits).toHaveLength(1)
    expect(await refusal(await robots.sign())).toBe('accepted')
    expect(lines.filter((line) => line.includes('issuer.no-keys'))).toHaveLength(1)
  })

  test('one that never answers holds up nobody else', async () => {
    staff.serve(() => {})

    const held = refusal(await staff.sign())
    const others = Promise.all([refusal(await robots.sign()), refusal(await signToken(ownKey.privateJwk))])

    expect(await Promise.race([held, others])).toEqual(['accepted', 'accepted'])
    expect(await held).toBe('SERVICE_UNAVAILABLE')
  })

  test('serve for 5 minutes while it is away, and known tokens with them', async () => {
    const token = await staff.sign()
    expect(await refusal(token)).toBe('accepted')
    staff.serve((_, response) => response.writeHead(500).end())

    time = 299_000
    expect(await refusal(token)).toBe('accepted')
    expect(await refusal(await staff.sign({ claims: { jti: 'new' } }))).toBe('accepted')
    time = 330_000
    expect(await refusal(token)).toBe('SERVICE_UNAVAILABLE')
  })

  test('one that it takes back is gone within a minute and a half, with the tokens we know', async () => {
    const token = await staff.sign()
    await issuers.verify(token)
    staff.serve((_, response) => response.end('{"keys":[]}'))

    time = 61_000

    expect(await refusal(token)).toBe('UNAUTHENTICATED')
  })

  test.each<[string, Parameters<TestIssuer['serve']>[0]]>([
    ['a redirect, which is not followed', (_, res) => res.writeHead(302, { location: canary.jwksUri }).end()],
    ['more than is read', (_, res) => res.end(`{"keys":[],"x":"${'x'.repeat(70_000)}"}`)],
    ['no JSON', (_, res) => res.end('<html>')],
    ['no keys', (_, res) => res.end('{"keys":"all"}')],
    ['a hundred and one keys', (_, res) => res.end(JSON.stringify({ keys: Array(101).fill({ kty: 'EC' }) }))],
    ['nothing', (_, res) => res.destroy()],
  ])('are none where the answer is %s', async (_, answer) => {
    staff.serve(answer)

    expect(await refusal(await staff.sign())).toBe('SERVICE_UNAVAILABLE')
    expect(canary.visits).toEqual([])
  })
})

describe('when the file changes', () => {
  test('an issuer that is listed counts from then on, one that is taken out does not', async () => {
    let known: object[] = []
    use(() => EdgeRules.parse({ identity: { issuers: known } }))
    const token = await staff.sign()
    const before = await refusal(token)

    known = [rulesOf(staff)]
    reload()
    const listed = await refusal(token)
    known = [rulesOf(robots)]
    reload()

    expect([before, listed, await refusal(token)]).toEqual(['UNAUTHENTICATED', 'accepted', 'UNAUTHENTICATED'])
  })

  test('what it may grant changes with it, for known tokens too; who is as before keeps its keys', async () => {
    let more: object = SCOPES
    use(() => EdgeRules.parse({ identity: { issuers: [rulesOf(staff, more), rulesOf(robots)] } }))
    const token = await staff.sign({ claims: { scope: 'users:read' } })
    await issuers.verify(token)
    await issuers.verify(await robots.sign())

    more = {}
    reload()
    await issuers.verify(await robots.sign())

    expect((await viewerOf(token)).scopes).toEqual([])
    expect(robots.visits).toHaveLength(1)
  })
})
