import { decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload, SignJWT } from 'jose'
import { someKey } from '../../shared/test/keys.js'
import type { Session } from '../domain/ports.js'
import type { StoredKey } from '../store/signing-keys.js'
import { createAccessTokenSigner, viewerOf } from './access-tokens.js'
import { type Algorithm, makeSigningKey, openSigningKeys } from './signing-keys.js'
import { createTokenReader } from './validate-token.js'

const PUBLIC_URL = 'https://id.acme.test'
const SEALING_KEY = new Uint8Array(32).fill(3)

const someStored = async (part: StoredKey['part'] = 'ACTIVE', algorithm: Algorithm = 'EdDSA') => ({
  ...(await makeSigningKey(SEALING_KEY, algorithm)),
  part,
})

const keys = await openSigningKeys([await someStored()], SEALING_KEY)
const sign = createAccessTokenSigner(() => keys, PUBLIC_URL)
const read = createTokenReader(() => keys, PUBLIC_URL)

const SESSION: Session = {
  id: 'ses_ada',
  userId: 'usr_ada',
  state: 'ACTIVE',
  clientId: 'web',
  assurance: 'AAL1',
  methods: ['PASSWORD'],
  device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' },
  ip: null,
  createdAt: new Date(0),
  lastSeenAt: new Date(0),
  idleExpiresAt: new Date(0),
  absoluteExpiresAt: new Date(0),
  authenticatedAt: new Date('2030-01-01T00:00:00.900Z'),
  factorVersion: 0,
}

const STEP_UP = { methods: ['PASSWORD'] as const, assurance: 'AAL1' } as const

const signed = async (
  scopes: readonly string[] = ['users:read', 'users:write'],
  claims: Record<string, unknown> = {},
) => sign({ session: SESSION, scopes, accessVersion: 3, claims, stepUp: STEP_UP })

const now = () => Math.floor(Date.now() / 1000)

/** A token that our own key signed, right but for the changes. */
async function ours(changes: JWTPayload = {}, header: Record<string, unknown> = {}) {
  const claims = { ...decodeJwt((await signed()).token), ...changes }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.active.kid, ...header })
    .sign(keys.active.key)
}

test('4.1: a token says who, by what session, how and for how long, and nothing else', async () => {
  const { token, expiresAt } = await signed()
  const claims = decodeJwt(token)

  expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.active.kid })
  expect(claims).toEqual({
    iss: PUBLIC_URL,
    aud: `${PUBLIC_URL}/graphql`,
    sub: 'usr_ada',
    client_id: 'web',
    sid: 'ses_ada',
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iat: expect.any(Number),
    exp: (claims.iat ?? 0) + 300,
    scope: 'users:read users:write',
    ver: 3,
    amr: ['pwd'],
    auth_time: Date.parse('2030-01-01T00:00:00Z') / 1000,
    acr: 'aal1',
    step_up: ['PASSWORD'],
    step_up_acr: 'aal1',
  })
  expect(expiresAt.getTime()).toBe((claims.exp ?? 0) * 1000)
})

test('4.1: a token of 60 scopes stays within 4 KiB and is read back', async () => {
  const { token } = await signed(Array.from({ length: 60 }, (_, index) => `resource-${index}:write`))

  expect(token.length).toBeLessThanOrEqual(4096)
  expect(await read(token)).toMatchObject({ valid: true, claims: { sub: 'usr_ada', sid: 'ses_ada' } })
})

test('two tokens of one second have ids of their own', async () => {
  const [first, second] = await Promise.all([signed(), signed()])

  expect(decodeJwt(first.token).jti).not.toBe(decodeJwt(second.token).jti)
})

test('the viewer of a sign-in is the one whom the token names', () => {
  expect(viewerOf(SESSION, ['users:read'], STEP_UP)).toEqual({
    userId: 'usr_ada',
    sessionId: 'ses_ada',
    clientId: 'web',
    scopes: ['users:read'],
    methods: ['pwd'],
    authenticatedAt: Date.parse('2030-01-01T00:00:00Z') / 1000,
    assurance: 'aal1',
    stepUp: { methods: ['PASSWORD'], assurance: 'aal1' },
  })
})

test('4.4: the key in force signs; tokens of the one before, and of one that is published ahead, are read', async () => {
  const [older, newer, next] = [await someStored(), await someStored(), await someStored('NEXT')]
  const before = await openSigningKeys([older], SEALING_KEY)
  const after = await openSigningKeys([next, newer, { ...older, part: 'RETIRING' }], SEALING_KEY)
  const later = await openSigningKeys([{ ...next, part: 'ACTIVE' }, newer], SEALING_KEY)
  const given = { session: SESSION, scopes: [], accessVersion: 3, claims: {}, stepUp: STEP_UP }
  const tokens = await Promise.all(
    [before, after, later].map((known) => createAccessTokenSigner(() => known, PUBLIC_URL)(given)),
  )

  expect(after.active.kid).toBe(newer.kid)
  for (const { token } of tokens) {
    expect(await createTokenReader(() => after, PUBLIC_URL)(token)).toMatchObject({ valid: true })
  }
})

test('4.1: ES256 by setting: what it signs is read beside what EdDSA signed before', async () => {
  const [older, newer] = [await someStored('RETIRING'), await someStored('ACTIVE', 'ES256')]
  const both = await openSigningKeys([newer, older], SEALING_KEY)
  const { token } = await createAccessTokenSigner(
    () => both,
    PUBLIC_URL,
  )({ session: SESSION, scopes: [], accessVersion: 3, claims: {}, stepUp: STEP_UP })

  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: newer.kid })
  expect(await createTokenReader(() => both, PUBLIC_URL)(token)).toMatchObject({ valid: true })
})

test('12.1: the private half of a key is sealed, and its public set holds none of it', async () => {
  const stored = await someStored()
  const { jwks } = await openSigningKeys([stored], SEALING_KEY)

  expect(jwks.keys[0]).not.toHaveProperty('d')
  expect(stored.publicJwk).not.toHaveProperty('d')
  await expect(openSigningKeys([stored], new Uint8Array(32))).rejects.toThrow()
})

test.each([
  ['EXPIRED', 'past its time and the skew', { exp: now() - 31 }],
  ['NOT_YET_VALID', 'not valid before a later time', { nbf: now() + 60 }],
  ['NOT_YET_VALID', 'made in the future', { iat: now() + 60, exp: now() + 360 }],
  ['EXPIRED', 'older than a token may be, whatever it says itself', { iat: now() - 3600, exp: now() + 3600 }],
  ['WRONG_ISSUER', 'of another issuer', { iss: 'https://evil.test' }],
  ['WRONG_AUDIENCE', 'for another audience', { aud: 'https://other.test/graphql' }],
  ['MALFORMED', 'without a session', { sid: undefined }],
  ['MALFORMED', 'whose scope is no text', { scope: ['users:read'] }],
])('4.2: %s is a token %s', async (reason, _, changes) => {
  expect(await read(await ours(changes))).toEqual({ valid: false, reason })
})

test('4.2: within the skew of 30 s a token is still good', async () => {
  expect(await read(await ours({ exp: now() - 20 }))).toMatchObject({ valid: true })
})

test.each(['viewer+jwt', 'internal+jwt', 'grant+jwt', 'JWT', undefined])(
  '4.3: a token of the kind %p is refused, even from our own key',
  async (typ) => {
    expect(await read(await ours({}, { typ }))).toEqual({ valid: false, reason: 'MALFORMED' })
  },
)

test('4.2: a token of a key nobody knows is UNKNOWN_KEY', async () => {
  expect(await read(await ours({}, { kid: 'unknown' }))).toEqual({ valid: false, reason: 'UNKNOWN_KEY' })
})

test('4.2: a token that another key signed under the name of ours is BAD_SIGNATURE', async () => {
  const thief = await importJWK((await someKey('thief')).privateJwk, 'EdDSA')
  const claims = decodeJwt((await signed()).token)
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.active.kid })
    .sign(thief)

  expect(await read(token)).toEqual({ valid: false, reason: 'BAD_SIGNATURE' })
})

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each([
  ['nothing', ''],
  ['a text', 'token'],
  ['three empty parts', '..'],
  ['five parts, as a JWE', 'a.b.c.d.e'],
  ['JSON', '{"payload":"e30"}'],
  ['more than 4 KiB', 'a'.repeat(4097)],
  ['alg none', `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ sub: 'usr_ada' })}.`],
  ['alg nOnE', `${part({ alg: 'nOnE', typ: 'at+jwt' })}.${part({ sub: 'usr_ada' })}.`],
  ['HS256', `${part({ alg: 'HS256', typ: 'at+jwt' })}.${part({ sub: 'usr_ada' })}.AAAA`],
])('4.2: %s is MALFORMED', async (_, token) => {
  expect(await read(token)).toEqual({ valid: false, reason: 'MALFORMED' })
})

test("an operator's claims stand beside ours, and never in their place", async () => {
  const own = { 'https://acme.test/tier': 'gold', sub: 'usr_eve', scope: 'users:write', exp: 9e9, ver: 0 }

  const { token } = await signed(['users:read'], own)

  expect(decodeJwt(token)).toMatchObject({
    'https://acme.test/tier': 'gold',
    sub: 'usr_ada',
    scope: 'users:read',
    ver: 3,
  })
  expect(await read(token)).toMatchObject({ valid: true, claims: { 'https://acme.test/tier': 'gold' } })
})
