import { createHmac, sign as signBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CompactEncrypt, importJWK, type JWK } from 'jose'
import { jwksOf, makeKey, type TestKey } from '../subgraphs/test/keys.js'
import { createAccessTokenVerifier, type VerifyAccessToken } from './access-token.js'
import { createKeySet } from './key-set.js'
import { type Changes, goodClaims, PUBLIC_URL, signToken } from './test/tokens.js'

let key: TestKey
let stranger: TestKey
let verify: VerifyAccessToken

beforeAll(async () => {
  key = await makeKey('k1')
  stranger = await makeKey('k1')
  verify = createAccessTokenVerifier(
    createKeySet(async () => jwksOf(key)),
    PUBLIC_URL,
  )
})

const refusal = (token: string) =>
  verify(token).then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  )
const now = () => Math.floor(Date.now() / 1000)
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signs any bytes with our own key: what a bug of the signer could produce. */
async function signRaw(header: unknown, claims: unknown): Promise<string> {
  const input = `${encode(header)}.${encode(claims)}`
  const signature = signBytes(null, Buffer.from(input), { key: key.privateJwk as never, format: 'jwk' })
  return `${input}.${signature.toString('base64url')}`
}

const HEADER = { alg: 'EdDSA', typ: 'at+jwt', kid: 'k1' }

test('the forgeries below differ from a good token in one thing only', async () => {
  expect(await refusal(await signRaw(HEADER, goodClaims()))).toBe('accepted')
})

test('4.1: reads the viewer out of a good token', async () => {
  const { viewer, accessVersion } = await verify(await signToken(key.privateJwk))

  expect(viewer).toMatchObject({
    userId: 'usr_ada',
    sessionId: 'ses_ada',
    scopes: ['people:read', 'staff'],
    clientId: 'web',
    assurance: 'aal1',
  })
  expect(accessVersion).toBe(3)
})

describe('4.2: refuses a token', () => {
  const claims: [string, Changes['claims']][] = [
    ['of another issuer', { iss: 'https://evil.test' }],
    ['for another audience', { aud: 'https://evil.test/graphql' }],
    ['for several audiences', { aud: [goodClaims().aud, 'https://evil.test'] }],
    ['that has expired', { iat: now() - 400, exp: now() - 31 }],
    ['that lives longer than ours', { iat: now() - 340, exp: now() + 3600 }],
    ['from the future', { iat: now() + 60, exp: now() + 360 }],
    ['that is not yet good', { nbf: now() + 60 }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { iat: undefined }],
    ['without a person', { sub: undefined }],
    ['without a session', { sid: undefined }],
    ['without an id', { jti: undefined }],
    ['with a number for a person', { sub: 7 }],
    ['with scopes in a list', { scope: ['admin'] }],
    ['longer than 4 KiB', { padding: 'x'.repeat(4096) }],
  ]
  test.each(claims)('%s', async (_, changed) => {
    expect(await refusal(await signToken(key.privateJwk, { claims: changed ?? {} }))).toBe('UNAUTHENTICATED')
  })

  const headers: [string, Record<string, unknown>][] = [
    ['jku', { jku: 'https://evil.test/jwks.json' }],
    ['jwk', { jwk: { kty: 'OKP' } }],
    ['x5u', { x5u: 'https://evil.test/cert' }],
    ['x5c', { x5c: ['MII'] }],
    ['crit', { crit: ['b64'], b64: true }],
    ['b64', { b64: false }],
    ['another kind: the refresh token', { typ: 'rt+jwt' }],
    ['another kind: an inside assertion', { typ: 'internal+jwt' }],
    ['another kind: a new viewer', { typ: 'viewer+jwt' }],
    ['another kind: a grant', { typ: 'grant+jwt' }],
    ['another kind: plain', { typ: 'JWT' }],
    ['no kind', { typ: undefined }],
    ['a key id that is a path', { kid: '../../dev/null' }],
    ['a key id that is a query', { kid: "k1' OR 1=1" }],
    ['a key id that is too long', { kid: 'k'.repeat(65) }],
    ['no key id', { kid: undefined }],
    ['an unknown key id', { kid: 'k2' }],
  ]
  test.each(headers)('whose header has %s', async (_, changed) => {
    expect(await refusal(await signRaw({ ...HEADER, ...changed }, goodClaims()))).toBe('UNAUTHENTICATED')
  })

  test('and asks nobody whom it names for a key', async () => {
    const visits: string[] = []
    const canary = createServer((request, response) => {
      visits.push(request.url ?? '')
      response.end(JSON.stringify(jwksOf(stranger)))
    }).listen(0, '127.0.0.1')
    await once(canary, 'listening')
    const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/keys.json`

    for (const changed of [{ jku: url }, { x5u: url }, { kid: url }, { jku: url, kid: 'unknown' }]) {
      const token = await signToken(stranger.privateJwk, { header: changed, claims: { iss: url, jku: url } })
      expect(await refusal(token)).toBe('UNAUTHENTICATED')
    }

    await new Promise((closed) => canary.close(closed))
    expect(visits).toEqual([])
  })

  test('with any bit of it turned over', async () => {
    const token = await signToken(key.privateJwk)
    for (let at = 0; at < token.length; at += 7) {
      const letter = token[at] === 'A' ? 'B' : 'A'
      expect(await refusal(`${token.slice(0, at)}${letter}${token.slice(at + 1)}`)).toBe('UNAUTHENTICATED')
    }
  })

  test.each(['none', 'None', 'NONE', 'nOnE', 'HS256', 'ES256', 'RS256', 'Ed25519', ''])(
    'of algorithm %p',
    async (alg) => {
      const input = `${encode({ ...HEADER, alg })}.${encode(goodClaims())}`
      // The confusion of old: our public key as the secret of a keyed digest.
      const mac = createHmac('sha256', String(key.publicJwk.x)).update(input).digest('base64url')

      expect(await refusal(`${input}.`)).toBe('UNAUTHENTICATED')
      expect(await refusal(`${input}.${mac}`)).toBe('UNAUTHENTICATED')
      expect(await refusal(await signRaw({ ...HEADER, alg }, goodClaims()))).toBe('UNAUTHENTICATED')
    },
  )

  test('signed by somebody else under our key id', async () => {
    expect(await refusal(await signToken(stranger.privateJwk))).toBe('UNAUTHENTICATED')
  })

  test('whose claims were changed after signing', async () => {
    const [header, , signature] = (await signToken(key.privateJwk)).split('.')
    const forged = `${header}.${encode({ ...goodClaims(), scope: 'admin' })}.${signature}`

    expect(await refusal(forged)).toBe('UNAUTHENTICATED')
  })

  test('with a claim or a header that comes twice', async () => {
    const twice = JSON.stringify(goodClaims()).replace('{', '{"sub":"usr_eve",')
    const header = JSON.stringify(HEADER).replace('{', '{"kid":"k2",')

    expect(await refusal(await signRaw(HEADER, twice))).toBe('UNAUTHENTICATED')
    expect(await refusal(await signRaw(header, goodClaims()))).toBe('UNAUTHENTICATED')
  })

  test('that is encrypted, written as JSON, or no token at all', async () => {
    const encrypted = await new CompactEncrypt(Buffer.from(JSON.stringify(goodClaims())))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(await importJWK({ kty: 'oct', k: encode('k'.repeat(32)) } as JWK, 'A256GCM'))
    const [header, payload, signature] = (await signToken(key.privateJwk)).split('.')
    const json = JSON.stringify({ payload, protected: header, signature })

    for (const token of [
      encrypted,
      json,
      'x',
      '..',
      'a.b.c',
      `${header}.${payload}`,
      `${header}.${payload}.`,
    ]) {
      expect(await refusal(token)).toBe('UNAUTHENTICATED')
    }
  })
})

test('accepts a clock that is 20 s off', async () => {
  const late = await signToken(key.privateJwk, { claims: { iat: now() - 310, exp: now() - 10 } })
  const early = await signToken(key.privateJwk, { claims: { iat: now() + 20 } })

  expect(await refusal(late)).toBe('accepted')
  expect(await refusal(early)).toBe('accepted')
})

test('does not accept a token it knows once the token has expired', async () => {
  const token = await signToken(key.privateJwk)
  expect(await refusal(token)).toBe('accepted')

  jest.useFakeTimers({ now: Date.now() + 331_000, advanceTimers: true })
  const answer = await refusal(token)
  jest.useRealTimers()

  expect(answer).toBe('UNAUTHENTICATED')
})

test('4.4: a key that was taken back takes its known tokens with it within a minute', async () => {
  let time = 0
  let published = jwksOf(key)
  const check = createAccessTokenVerifier(
    createKeySet(async () => published, { now: () => time }),
    PUBLIC_URL,
  )
  const token = await signToken(key.privateJwk)
  await check(token)
  published = jwksOf(await makeKey('k2'))

  time = 60_001

  await expect(check(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('4.4: as soon as it is heard that it was taken back no token of it is good, known or not', async () => {
  let isGone = false
  const keySet = createKeySet(async () => jwksOf(key), { isGone: () => isGone })
  const check = createAccessTokenVerifier(keySet, PUBLIC_URL)
  const [known, other] = [await signToken(key.privateJwk), await signToken(key.privateJwk)]
  await check(known)

  isGone = true

  await expect(check(known)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await expect(check(other)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(await keySet.jwks()).toEqual({ keys: [] })
})

test('is unavailable, and not anonymous, while there are no keys', async () => {
  const check = createAccessTokenVerifier(
    createKeySet(() => Promise.reject(new Error('away'))),
    PUBLIC_URL,
  )

  await expect(check(await signToken(key.privateJwk))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
})
