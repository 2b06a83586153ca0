import { jwksOf, someKey } from '../test/keys.js'
import { someCaller, someViewer } from '../test/requests.js'
import { createAssertionSigner } from './assertion.js'
import { createNewViewerSigner, createNewViewerVerifier } from './new-viewer.js'

const [auth, users, thief] = await Promise.all([someKey('auth'), someKey('users'), someKey('auth')])
const verify = createNewViewerVerifier(jwksOf(auth, users))
const viewer = someViewer({ scopes: ['users:read', 'a:b'] })

test('2.7: the router learns who has just signed in', async () => {
  const sign = await createNewViewerSigner('auth', auth.privateJwk)

  expect(await verify(await sign(viewer, 'request'), 'request')).toEqual(viewer)
})

test('2.7: nobody has signed in where it was said of another request', async () => {
  const sign = await createNewViewerSigner('auth', auth.privateJwk)

  expect(await verify(await sign(viewer, 'another'), 'request')).toBeNull()
})

test.each([
  ['another subgraph in its own name', 'users', users],
  ['another subgraph in the name of auth', 'auth', users],
  ['a key nobody knows', 'auth', thief],
] as const)('2.7: nobody has signed in where %s says so', async (_, name, key) => {
  const sign = await createNewViewerSigner(name, key.privateJwk)

  expect(await verify(await sign(viewer, 'request'), 'request')).toBeNull()
})

test('4.3: an assertion of auth’s own is no new viewer', async () => {
  const sign = await createAssertionSigner('auth', auth.privateJwk)
  const assertion = await sign('users', someCaller({ requestId: 'request', viewer }))

  expect(await verify(assertion, 'request')).toBeNull()
})

test('what is no token is nobody', async () => {
  expect(await verify('nonsense', 'request')).toBeNull()
})
