import { loadArgon2, loadNodeRs } from './argon2-engine.mjs'
import { MINIMUM_PARAMS } from './hash-params.js'

/** Not UTF-8, like most of what an HMAC gives. */
const SECRET = new Uint8Array(32).fill(0xff)

test('a string made here verifies in npm argon2, and the other way round', async () => {
  const [ours, theirs] = await Promise.all([loadNodeRs(), loadArgon2()])

  const madeHere = await ours.hash(SECRET, MINIMUM_PARAMS)
  const madeThere = await theirs.hash(SECRET, MINIMUM_PARAMS)

  expect(await theirs.verify(madeHere, SECRET)).toBe(true)
  expect(await ours.verify(madeThere, SECRET)).toBe(true)
  expect(await theirs.verify(madeHere, new Uint8Array(32))).toBe(false)
  expect(await ours.verify(madeThere, new Uint8Array(32))).toBe(false)
})

test.each([
  // From the test program of the reference implementation, P-H-C/phc-winner-argon2, src/test.c.
  [
    'the reference',
    'password',
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  ],
  // Made by npm argon2 0.45.1, which writes the parameters in another order.
  [
    'npm argon2',
    SECRET,
    '$argon2id$v=19$m=19456,p=1,t=2$H1b/QIvjdxyRPYjBgtG+6A$bazx7ZGZT5P1W1XDZ2Ci4kxIIek2QtIF8byusAiNFyQ',
  ],
])('a string made by %s verifies here', async (_, secret, phc) => {
  const engine = await loadNodeRs()

  expect(await engine.verify(phc, Buffer.from(secret))).toBe(true)
  expect(await engine.verify(phc, Buffer.from('another'))).toBe(false)
})
