import { someActor } from '../../shared/test/requests.js'
import { makeAttributes } from './attributes.js'
import type { NewAccount, NewLink } from './ports.js'
import { makeRegister, type Registration } from './register.js'

const OURS = 'https://id.acme.test/account/verify'
const INVITE = 'https://id.acme.test/account/invite'
const THEIRS = 'https://app.acme.test/welcome'
const TOKEN = 'the-token-in-the-clear'
const NOW = new Date('2030-06-15T12:00:00Z')

const CHALLENGE = { challengeId: 'chl_1', expiresAt: new Date('2030-06-15T12:05:00Z'), resendAfter: 60 }
const CODE = {
  ...{ sealedCode: 'sealed', expiresAt: '2030-06-15T12:05:00.000Z' },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}

type Deps = Parameters<typeof makeRegister>[0]

/** Registers with everything right unless told otherwise, and remembers what was asked of others, in order. */
async function registered(input: Registration = {}, changes: Partial<Deps> = {}) {
  const credentials: Parameters<Deps['setPassword']>[0][] = []
  const stored: { account: NewAccount; link: NewLink }[] = []
  const byPhone: unknown[] = []
  const asked: unknown[] = []
  const attached: unknown[] = []
  const order: string[] = []
  const register = makeRegister({
    accounts: {
      async register(account, link) {
        order.push('account')
        stored.push({ account, link })
      },
      async registerByPhone(account, { code }) {
        order.push('account')
        byPhone.push({ account, code })
      },
      async attachNumber(claimed) {
        order.push('number')
        attached.push(claimed)
      },
    },
    async setPassword(credential) {
      order.push('credential')
      credentials.push(credential)
      return { kind: 'set' }
    },
    async openChallenge(request) {
      order.push('challenge')
      asked.push(request)
      return { kind: 'opened', challenge: CHALLENGE, code: CODE }
    },
    isTextable: (number) => number.startsWith('+49'),
    attributes: makeAttributes([]),
    newId: () => 'usr_new',
    newToken: () => TOKEN,
    digestOf: () => new Uint8Array([1, 2, 3]),
    seal: async (secret) => `sealed(${secret.length})`,
    now: () => NOW,
    invitationUrl: INVITE,
    verificationUrls: [OURS, THEIRS],
    signUp: { mode: 'open', domains: [], termsVersion: null },
    ...changes,
  })
  const result = await register({ email: 'Ada@ACME.test', password: 'correct horse', ...input }, someActor())
  return { result, credentials, stored, byPhone, attached, asked, order }
}

test('stores the credential first and then the account, both under one id', async () => {
  const { result, credentials, stored, order } = await registered()

  expect(result).toEqual({ kind: 'pending' })
  expect(order).toEqual(['credential', 'account'])
  expect(credentials[0]).toMatchObject({ userId: 'usr_new', password: 'correct horse' })
  expect(stored[0]?.account).toMatchObject({ id: 'usr_new', email: 'ada@acme.test', wantedUsername: null })
})

test('6.2: tells passwords every word that names the person', async () => {
  const { credentials } = await registered({
    username: 'Countess',
    profile: { displayName: 'Ada L.', givenName: 'Ada', familyName: 'Lovelace' },
  })

  expect(credentials[0]?.identity).toEqual(['ada@acme.test', 'countess', 'Ada L.', 'Ada', 'Lovelace'])
})

test('names every wrong field at once, each with its path, and asks nobody', async () => {
  const { result, order } = await registered({
    email: 'ada',
    username: 'admin',
    password: '',
    acceptedTermsVersion: 'v1\n',
    verificationUrl: 'https://evil.test/',
    profile: {
      displayName: 'a\u202Eb',
      givenName: 'a'.repeat(65),
      familyName: '\u0000',
      birthdate: '2023-02-30',
      locale: null,
      timeZone: 'Mars/Olympus',
    },
  })

  expect(result).toEqual({
    kind: 'refused',
    problems: expect.arrayContaining([
      { code: 'INVALID_EMAIL', field: ['email'] },
      { code: 'USERNAME_NOT_ALLOWED', field: ['username'] },
      { code: 'INVALID', field: ['acceptedTermsVersion'] },
      { code: 'INVALID', field: ['verificationUrl'] },
      { code: 'REQUIRED', field: ['password'] },
      { code: 'INVALID', field: ['profile', 'displayName'] },
      { code: 'TOO_LONG', field: ['profile', 'givenName'] },
      { code: 'INVALID', field: ['profile', 'familyName'] },
      { code: 'INVALID', field: ['profile', 'birthdate'] },
      { code: 'REQUIRED', field: ['profile', 'locale'] },
      { code: 'INVALID', field: ['profile', 'timeZone'] },
    ]),
  })
  expect(result).toHaveProperty('problems.length', 11)
  expect(order).toEqual([])
})

test.each([
  ['no address', { email: null }, 'REQUIRED', 'email'],
  ['an empty address', { email: '' }, 'REQUIRED', 'email'],
  ['no password', { password: null }, 'REQUIRED', 'password'],
  [
    'a terms version that is too long',
    { acceptedTermsVersion: 'v'.repeat(65) },
    'INVALID',
    'acceptedTermsVersion',
  ],
])('refuses %s', async (_, input, code, field) => {
  const { result, order } = await registered(input)

  expect(result).toEqual({ kind: 'refused', problems: [{ code, field: [field] }] })
  expect(order).toEqual([])
})

test('6.2: every reason against the password is told at its field, and no account is made', async () => {
  const { result, stored } = await registered(
    {},
    { setPassword: async () => ({ kind: 'refused', reasons: ['PASSWORD_COMMON', 'PASSWORD_PREDICTABLE'] }) },
  )

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'PASSWORD_COMMON', field: ['password'] },
      { code: 'PASSWORD_PREDICTABLE', field: ['password'] },
    ],
  })
  expect(stored).toEqual([])
})

test.each([
  ['our own page by default', undefined, OURS],
  ['our own page for null', null, OURS],
  ["a page of the operator's", THEIRS, THEIRS],
])('10.1: the link leads to %s', async (_, verificationUrl, page) => {
  const { stored } = await registered({ verificationUrl })

  expect(stored[0]?.link.verificationUrl).toBe(page)
})

test.each([
  ['elsewhere', 'https://evil.test/'],
  ['with a path behind it', `${OURS}/more`],
  ['with a query behind it', `${OURS}?next=https://evil.test`],
  ['in capitals', OURS.toUpperCase()],
  ['empty', ''],
])('10.1: a page %s is refused', async (_, verificationUrl) => {
  const { result, order } = await registered({ verificationUrl })

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID', field: ['verificationUrl'] }] })
  expect(order).toEqual([])
})

test('11.4: the token reaches the store as a digest and sealed, never in the clear', async () => {
  const sealed: string[] = []
  const { stored } = await registered(
    {},
    {
      seal: async (secret) => {
        sealed.push(secret)
        return 'sealed'
      },
    },
  )

  expect(sealed).toEqual([TOKEN])
  expect(stored[0]?.link).toEqual({
    digest: new Uint8Array([1, 2, 3]),
    sealedToken: 'sealed',
    verificationUrl: OURS,
    invitationUrl: INVITE,
  })
  expect(JSON.stringify(stored)).not.toContain(TOKEN)
})

test('where sign-up is closed the refusal comes before anything is asked or stored', async () => {
  const signUp = { mode: 'invitation' as const, domains: [], termsVersion: '2030-01' }
  const { result, order } = await registered({}, { signUp })

  expect(result).toEqual({
    kind: 'refused',
    problems: [{ code: 'SIGN_UP_CLOSED' }, { code: 'REQUIRED', field: ['acceptedTermsVersion'] }],
  })
  expect(order).toEqual([])
})

describe('by telephone number', () => {
  const typed = { email: null, phoneNumber: '+49 151 12345678' }

  test('8.3: a code is opened before the account is made, and leaves with it', async () => {
    const { result, order, asked, byPhone, stored } = await registered(typed)

    expect(result).toEqual({ kind: 'texted', nextStep: 'VERIFY_PHONE', ...CHALLENGE })
    expect(order).toEqual(['credential', 'challenge', 'account'])
    expect(asked).toEqual([
      {
        ...{ userId: 'usr_new', purpose: 'PHONE_VERIFICATION', changeId: null },
        phoneNumber: '+4915112345678',
      },
    ])
    expect(byPhone).toMatchObject([{ account: { id: 'usr_new', phoneNumber: '+4915112345678' }, code: CODE }])
    expect(stored).toEqual([])
  })

  test('8.3: who may have no code now changes nothing', async () => {
    const { result, byPhone } = await registered(typed, {
      openChallenge: async () => ({ kind: 'refused', reason: 'RATE_LIMITED', retryAfter: 40 }),
    })

    expect(result).toEqual({
      kind: 'refused',
      problems: [{ code: 'RATE_LIMITED', field: ['phoneNumber'], retryAfter: 40 }],
    })
    expect(byPhone).toEqual([])
  })

  test('6.2: the number is a word that names the person', async () => {
    expect((await registered(typed)).credentials[0]?.identity).toEqual(['+4915112345678'])
  })

  test.each([
    ['is none', { phoneNumber: '0151' }, { code: 'INVALID_PHONE', field: ['phoneNumber'] }],
    [
      'may not be texted (8.8)',
      { phoneNumber: '+41791234567' },
      { code: 'INVALID_PHONE', field: ['phoneNumber'] },
    ],
  ])('a number that %s is refused before anything is asked', async (_, input, problem) => {
    const { result, order } = await registered({ ...typed, ...input })

    expect(result).toEqual({ kind: 'refused', problems: [problem] })
    expect(order).toEqual([])
  })

  test('beside an address: the address makes the account, and the number waits for its code', async () => {
    const { result, order, stored, attached } = await registered({ ...typed, email: 'ada@acme.test' })

    expect(result).toEqual({ kind: 'texted', nextStep: 'VERIFY_EMAIL', ...CHALLENGE })
    expect(order).toEqual(['credential', 'challenge', 'account', 'number'])
    expect(stored).toMatchObject([{ account: { id: 'usr_new', email: 'ada@acme.test' } }])
    expect(attached).toEqual([{ userId: 'usr_new', phoneNumber: '+4915112345678', code: CODE }])
  })

  test.each([
    [{ email: 'ada' }, { code: 'INVALID_EMAIL', field: ['email'] }],
    [
      { email: 'ada@acme.test', phoneNumber: '0151' },
      { code: 'INVALID_PHONE', field: ['phoneNumber'] },
    ],
  ])('beside an address both are looked at: %j', async (input, problem) => {
    const { result, order } = await registered({ ...typed, ...input })

    expect(result).toEqual({ kind: 'refused', problems: [problem] })
    expect(order).toEqual([])
  })

  test.each(['domains', 'invitation'] as const)('is closed where sign-up is by %s', async (mode) => {
    const signUp = { mode, domains: ['acme.test'], termsVersion: null }

    expect((await registered(typed, { signUp })).result).toEqual({
      kind: 'refused',
      problems: [{ code: 'SIGN_UP_CLOSED' }],
    })
  })
})
