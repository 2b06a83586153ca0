import { importJWK, SignJWT } from 'jose'
import { jwksOf, someKey } from '../test/keys.js'
import { someCaller, someViewer } from '../test/requests.js'
import { createAssertionSigner, createAssertionVerifier } from './assertion.js'

const [router, auth, thief] = await Promise.all([someKey('router'), someKey('auth'), someKey('router')])
const verify = createAssertionVerifier('users', jwksOf(router, auth))
const now = () => Math.floor(Date.now() / 1000)

/** An assertion by hand, of the router for users and right but for the changes. */
async function asserted(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key = router,
) {
  const payload = { iss: 'router', aud: 'users', rid: 'r', ip: '::1', ua: null, origin: null, jti: 'j' }
  return new SignJWT({ ...payload, iat: now(), exp: now() + 30, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'internal+jwt', kid: 'router', ...header })
    .sign(await importJWK(key.privateJwk, 'EdDSA'))
}

test('3.1: says who calls, on whose behalf and from where', async () => {
  const caller = someCaller({
    viewer: someViewer({ scopes: ['users:read', 'a:b'] }),
    origin: 'https://app.test',
  })
  const sign = await createAssertionSigner('router', router.privateJwk)

  expect(await verify(await sign('users', caller))).toEqual({ from: 'router', caller })
})

test('3.1: an anonymous call carries no viewer', async () => {
  const sign = await createAssertionSigner('auth', auth.privateJwk)
  const caller = someCaller()

  expect(await verify(await sign('users', caller))).toEqual({ from: 'auth', caller })
})

test('a user agent is cut to 256 characters', async () => {
  const sign = await createAssertionSigner('router', router.privateJwk)

  const verified = await verify(await sign('users', someCaller({ userAgent: 'a'.repeat(5000) })))

  expect(verified?.caller.userAgent).toHaveLength(256)
})

test('an assertion made by hand as it should be is good', async () => {
  expect(await verify(await asserted())).toMatchObject({ from: 'router' })
})

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['for another subgraph', { aud: 'auth' }, {}],
  ['for nobody', { aud: undefined }, {}],
  ['that has expired', { iat: now() - 40, exp: now() - 10 }, {}],
  ['that lives longer than 30 s', { iat: now() - 60, exp: now() + 3600 }, {}],
  ['from the future', { iat: now() + 60, exp: now() + 90 }, {}],
  ['without an end', { exp: undefined }, {}],
  ['without an id', { jti: undefined }, {}],
  ['without a request id', { rid: undefined }, {}],
  ['of an access token’s kind (4.3)', {}, { typ: 'at+jwt' }],
  ['of a new viewer’s kind (4.3)', {}, { typ: 'viewer+jwt' }],
  ['in the name of nobody known', { iss: 'eve' }, {}],
  ['in the name of a caller whose key it is not', { iss: 'auth' }, {}],
  ['under the key id of another caller', { iss: 'auth' }, { kid: 'auth' }],
  ['without a key id', {}, { kid: undefined }],
])('3.2: an assertion %s vouches for nobody', async (_, claims, header) => {
  expect(await verify(await asserted(claims, header))).toBeNull()
})

test('3.2: an assertion of a key that only claims a name vouches for nobody', async () => {
  expect(await verify(await asserted({}, {}, thief))).toBeNull()
})

test('3.1: a stolen subgraph key cannot speak as the router', async () => {
  expect(await verify(await asserted({}, {}, auth))).toBeNull()
  expect(await verify(await asserted({ iss: 'router' }, { kid: 'auth' }, auth))).toBeNull()
})

test.each([undefined, '', 'nonsense', 'a.b.c'])('3.2: %p vouches for nobody', async (assertion) => {
  expect(await verify(assertion)).toBeNull()
})
