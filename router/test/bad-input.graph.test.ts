import { ask } from './seed/ask.js'
import { someVerified } from './seed/people.js'

const REGISTER =
  'mutation($input: RegisterInput!) { register(input: $input) { nextStep userErrors { code field } } }'
const LOGIN =
  'mutation($input: LoginInput!) { login(input: $input) { result { __typename } userErrors { code field } } }'

/** What people and programs put where it does not belong. */
const HOSTILE_TEXTS: [string, string][] = [
  ['nothing', ''],
  ['a space', ' '],
  ['a NUL', 'a\u0000b'],
  ['a line break', 'a\r\nBcc: all@acme.test'],
  ['markup', '<script>alert(1)</script>'],
  ['SQL', "'; drop table users.users; --"],
  ['a right-to-left override', 'abc\u202Etxt.exe'],
  ['a lone surrogate', 'a\uD800b'],
  ['zero-width characters', 'a\u200B\u200B\u200Bb'],
  ['a prototype key', '__proto__'],
  ['a template', '{{7*7}}<%= 7*7 %>'],
  ['a path', '../../../../etc/passwd'],
  ['combining characters', `a${'\u0301'.repeat(2000)}`],
  ['20 000 characters', 'x'.repeat(20_000)],
  ['20 000 at signs', '@'.repeat(20_000)],
  ['20 000 dots', `a@${'a.'.repeat(10_000)}test`],
]

const WRONG_TYPES: unknown[] = [0, 1.5, true, [], ['a'], {}, { a: 1 }]

const GOOD_REGISTRATION = { email: 'someone@acme.test', password: 'plum kettle orbit' }
const GOOD_LOGIN = { identifier: { email: 'someone@acme.test' }, password: 'plum kettle orbit' }

const REGISTER_FIELDS: [string, (value: unknown) => object][] = [
  ['email', (email) => ({ email })],
  ['username', (username) => ({ username })],
  ['password', (password) => ({ password })],
  ['acceptedTermsVersion', (acceptedTermsVersion) => ({ acceptedTermsVersion })],
  ['verificationUrl', (verificationUrl) => ({ verificationUrl })],
  ...['displayName', 'givenName', 'familyName', 'birthdate', 'locale', 'timeZone'].map(
    (field): [string, (value: unknown) => object] => [
      `profile.${field}`,
      (value) => ({ profile: { [field]: value } }),
    ],
  ),
]

const LOGIN_FIELDS: [string, (value: unknown) => object][] = [
  ['identifier.email', (email) => ({ identifier: { email } })],
  ['identifier.username', (username) => ({ identifier: { username } })],
  ['identifier.phoneNumber', (phoneNumber) => ({ identifier: { phoneNumber } })],
  ['password', (password) => ({ password })],
  ['tokenDelivery', (tokenDelivery) => ({ tokenDelivery })],
  ['deviceName', (deviceName) => ({ deviceName })],
  ['deviceToken', (deviceToken) => ({ deviceToken })],
]

/** Codes that mean that somebody's input was at fault, and not we. */
const CLIENT_FAULTS = ['BAD_USER_INPUT', 'QUERY_REJECTED', 'QUERY_TOO_COMPLEX', 'RATE_LIMITED']

async function expectTyped(query: string, input: object) {
  const { status, codes, data } = await ask(query, { variables: { input } })

  expect(status).toBeLessThan(500)
  expect(codes.filter((code) => !CLIENT_FAULTS.includes(code))).toEqual([])
  // Either the document was refused, or the payload says what became of it.
  if (codes.length === 0) expect(Object.values(data)[0]).toHaveProperty('userErrors')
}

describe('bad input to register', () => {
  test.each(REGISTER_FIELDS)('%s with hostile texts is answered, typed', async (_, withField) => {
    for (const [, text] of HOSTILE_TEXTS)
      await expectTyped(REGISTER, { ...GOOD_REGISTRATION, ...withField(text) })
  })

  test.each(REGISTER_FIELDS)('%s of a wrong type is BAD_USER_INPUT', async (_, withField) => {
    for (const value of WRONG_TYPES) {
      const input = { ...GOOD_REGISTRATION, ...withField(value) }
      const { codes, status } = await ask(REGISTER, { variables: { input } })
      expect(codes).toEqual(['BAD_USER_INPUT'])
      expect(status).toBeLessThan(500)
    }
  })

  test('every wrong field is told at once, each with its path', async () => {
    const input = {
      email: 'not an address',
      username: 'a b',
      password: '',
      verificationUrl: 'https://evil.test/',
      profile: {
        birthdate: '2023-02-30',
        locale: '!!',
        timeZone: 'Mars/Olympus',
        displayName: 'x'.repeat(65),
      },
    }

    const { data } = await ask(REGISTER, { variables: { input } })

    const { userErrors } = data['register'] as unknown as { userErrors: { code: string; field: string[] }[] }
    expect(new Set(userErrors.map(({ code, field }) => `${field.join('.')} ${code}`))).toEqual(
      new Set([
        'email INVALID_EMAIL',
        'password REQUIRED',
        'profile.birthdate INVALID',
        'profile.displayName TOO_LONG',
        'profile.locale INVALID',
        'profile.timeZone INVALID',
        'username USERNAME_NOT_ALLOWED',
        'verificationUrl INVALID',
      ]),
    )
  })

  test('6.1, 6.2: a password is refused with the reason, before an account is made', async () => {
    const refusal = async (password: string, email = 'someone@acme.test') => {
      const { data } = await ask(REGISTER, { variables: { input: { email, password } } })
      return (data['register'] as unknown as { userErrors: { code: string }[] }).userErrors.map(
        ({ code }) => code,
      )
    }

    expect(await refusal('short')).toContain('PASSWORD_TOO_SHORT')
    expect(await refusal('x'.repeat(257))).toContain('PASSWORD_TOO_LONG')
    expect(await refusal('password1')).toContain('PASSWORD_COMMON')
    expect(await refusal('aaaaaaaaaaaa')).toContain('PASSWORD_PREDICTABLE')
    expect(await refusal('rosalind9', 'rosalind@acme.test')).toContain('PASSWORD_CONTAINS_IDENTITY')
  })

  test('9.5: a field that is not in the input is refused', async () => {
    const input = { ...GOOD_REGISTRATION, roles: ['admin'], emailVerified: true }

    expect((await ask(REGISTER, { variables: { input } })).codes).toContain('BAD_USER_INPUT')
  })
})

describe('bad input to login', () => {
  test.each(LOGIN_FIELDS)('%s with hostile texts is answered, typed', async (_, withField) => {
    for (const [, text] of HOSTILE_TEXTS) await expectTyped(LOGIN, { ...GOOD_LOGIN, ...withField(text) })
  })

  test.each(LOGIN_FIELDS)('%s of a wrong type is BAD_USER_INPUT', async (_, withField) => {
    for (const value of WRONG_TYPES) {
      const { codes } = await ask(LOGIN, { variables: { input: { ...GOOD_LOGIN, ...withField(value) } } })
      expect(codes).toEqual(['BAD_USER_INPUT'])
    }
  })

  test('exactly one identifier is wanted', async () => {
    const errorsFor = async (identifier: object) => {
      const { data } = await ask(LOGIN, { variables: { input: { ...GOOD_LOGIN, identifier } } })
      return (data['login'] as unknown as { userErrors: object[] }).userErrors
    }

    expect(await errorsFor({})).toEqual([{ code: 'REQUIRED', field: ['identifier'] }])
    expect(await errorsFor({ email: 'a@acme.test', username: 'abc' })).toEqual([
      { code: 'INVALID', field: ['identifier'] },
    ])
    expect(await errorsFor({ email: 'nobody' })).toEqual([
      { code: 'INVALID_EMAIL', field: ['identifier', 'email'] },
    ])
  })
})

describe('bad input of someone signed in', () => {
  test('pages, cursors and ids that mean nothing are answered, typed', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const codes = async (query: string) => (await ask(query, { token: tokens.accessToken })).codes

    expect(await codes('{ me { sessions(first: 0) { nodes { id } } } }')).toEqual(['BAD_USER_INPUT'])
    expect(await codes('{ me { sessions(first: 101) { nodes { id } } } }')).toEqual(['BAD_USER_INPUT'])
    expect(await codes('{ me { sessions(first: -1) { nodes { id } } } }')).toEqual(['BAD_USER_INPUT'])
    expect(await codes('{ me { sessions(after: "nonsense") { nodes { id } } } }')).toEqual(['BAD_USER_INPUT'])
    expect(await codes('{ me { notifications(first: 1000) { nodes { id } } } }')).toEqual(['BAD_USER_INPUT'])
  })
})
