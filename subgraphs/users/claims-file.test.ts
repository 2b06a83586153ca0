import { jsonFile } from '../shared/env/json-file.js'
import { RESERVED_CLAIMS } from '../shared/identity/access-token-claims.js'
import { ClaimsFile } from './claims-file.js'

const LOCALE = { claim: 'locale', from: 'locale' }

test('the example of the documentation is read', () => {
  expect(jsonFile(ClaimsFile).parse('deploy/config/claims.example.json')).toContainEqual({
    ...{ claim: 'https://acme.test/order_clerk', role: 'order-clerk' },
  })
})

test.each([...RESERVED_CLAIMS, 'sub', 'exp', 'scope', 'ver', 'nbf'])('4.1: %s is reserved', (claim) => {
  expect(ClaimsFile.safeParse([{ ...LOCALE, claim }]).success).toBe(false)
})

test.each([
  ['a name that means something else', [{ ...LOCALE, claim: '__proto__' }]],
  ['a name that JSON puts in another order', [{ ...LOCALE, claim: '1' }]],
  ['a claim twice', [LOCALE, LOCALE]],
  ['a field that no token may tell', [{ ...LOCALE, from: 'passwordHash' }]],
  ['two sources', [{ ...LOCALE, role: 'support' }]],
  ['no source', [{ claim: 'locale' }]],
])('12.1: %s is refused at the start', (_, rules) => {
  expect(ClaimsFile.safeParse(rules).success).toBe(false)
})
