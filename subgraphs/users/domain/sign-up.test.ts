import { readTerms, signUpProblem } from './sign-up.js'

const OPEN = { mode: 'open' as const, domains: [], termsVersion: null }
const BY_INVITATION = { ...OPEN, mode: 'invitation' as const }
const AT_DOMAINS = { ...OPEN, mode: 'domains' as const, domains: ['acme.test', 'xn--bcher-kva.test'] }

test('anybody may register where it is open, nobody where it takes an invitation', () => {
  expect(signUpProblem(OPEN, 'ada@any.test')).toBeNull()
  expect(signUpProblem(BY_INVITATION, 'ada@any.test')).toEqual({ code: 'SIGN_UP_CLOSED' })
})

test.each([
  ['ada@acme.test', true],
  ['ada@xn--bcher-kva.test', true],
  ['ada@mail.acme.test', false],
  ['ada@notacme.test', false],
  ['ada@acme.test.evil.test', false],
  ['acme.test@evil.test', false],
])('an address at another domain, a subdomain too, is refused: %s', (email, isAdmitted) => {
  const refusal = { code: 'SIGN_UP_CLOSED', field: ['email'] }

  expect(signUpProblem(AT_DOMAINS, email)).toEqual(isAdmitted ? null : refusal)
})

test.each([
  [undefined, 'REQUIRED'],
  [null, 'REQUIRED'],
  ['', 'REQUIRED'],
  ['2029-01', 'INVALID'],
  ['2030-01 ', 'INVALID'],
])('terms that are in force must be accepted, not %j', (accepted, code) => {
  const read = readTerms({ termsVersion: '2030-01' }, accepted)

  expect(read).toEqual({ problem: { code, field: ['acceptedTermsVersion'] } })
})

test('the accepted version is kept, and where none is asked for what a client says', () => {
  expect(readTerms({ termsVersion: '2030-01' }, '2030-01')).toEqual({ value: '2030-01' })
  expect(readTerms({ termsVersion: null }, 'v7')).toEqual({ value: 'v7' })
  expect(readTerms({ termsVersion: null }, null)).toEqual({ value: null })
})
