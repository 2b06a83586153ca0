import { randomBytes } from 'node:crypto'
import { AppError } from '../../shared/errors/app-error.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { LoginGrant, NamedAccount } from './first-factor.js'
import { type LoginInput, makeLogin } from './login.js'
import type { Account, NewSession, SecondFactor, Session } from './ports.js'
import { createRefreshTokens } from './refresh-token.js'

type Deps = Parameters<typeof makeLogin>[0]
type World = {
  account: NamedAccount | null
  right: boolean
  /** Its owner has to choose another. */
  mustChange: boolean
  allowed: boolean
  isNewDevice: boolean
  factors: readonly SecondFactor[]
  /** What otp says of the grant; null where it is none of its. */
  grant: LoginGrant | null
  /** It was acted on before; of a password, it has changed since it was tried. */
  isSpent: boolean
}

const ADA: NamedAccount & Account = {
  id: 'usr_ada',
  status: 'ACTIVE',
  everVerified: true,
  requiresMfa: false,
  ...{ emailVerified: true, email: 'ada@acme.test' },
  ...{ phoneNumberVerified: false, phoneNumber: null },
  scopes: ['users:read'],
  sessionLife: 'LONG',
  claims: {},
  accessVersion: 0,
  factorVersion: 0,
  removedAtVersion: 0,
  factors: [],
  basicProofs: ['PASSWORD'],
}
const SENT = {
  ...{ challengeId: 'chl_1', destinationMasked: 'a•••@acme.test', resendAfter: 60 },
  expiresAt: new Date('2030-01-01T00:05:00Z'),
}
const GOOD: World = {
  account: ADA,
  right: true,
  mustChange: false,
  allowed: true,
  isNewDevice: true,
  factors: [],
  grant: null,
  isSpent: false,
}
const DEVICE = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' } as const
const refreshTokens = createRefreshTokens(new Uint8Array(32).fill(1))

const sessionOf = ({ id, userId }: NewSession) =>
  ({ id, userId, idleExpiresAt: new Date('2030-01-08T00:00:00Z') }) as Session // what login hands on unread

/** Signs in with everything right unless told otherwise, and remembers every call in order. */
async function attempt(
  world: Partial<World> = {},
  input: Partial<LoginInput> = {},
  network: Partial<Deps['network']> = {},
  deps: Partial<Deps> = {},
) {
  const { account, right, mustChange, allowed, isNewDevice, factors, grant, isSpent } = { ...GOOD, ...world }
  const calls: string[] = []
  const seen: Record<string, unknown[]> = {}
  const note = (name: string, value: unknown) => {
    calls.push(name)
    seen[name] = [...(seen[name] ?? []), value]
  }
  const login = makeLogin({
    network: {
      async take(ip) {
        note('network.take', ip)
        return { kind: 'taken' }
      },
      giveBack: async (ip) => note('network.giveBack', ip),
      ...network,
    },
    async findAccount(identifier) {
      note('findAccount', identifier)
      return account
    },
    failures: {
      async reserve(subject, shownDevice) {
        note('reserve', subject)
        seen['shown'] = [shownDevice]
        return { allowed, at: 'then' }
      },
      fail: async ({ attempt, unverifiedUserId, subject }) =>
        note('fail', { ...attempt, subject, told: unverifiedUserId }),
      giveBack: async ({ subject }) => note('giveBack', subject),
    },
    async readGrant(text) {
      note('readGrant', text)
      return grant
    },
    async verifyPassword(check) {
      note('verifyPassword', check)
      return { matches: right && check.userId !== null, mustChange, changeReason: 'TOO_SHORT' }
    },
    sessions: {
      async start(session) {
        note('start', session)
        return isSpent ? null : { session: sessionOf(session), isNewDevice }
      },
    },
    async factorsOf(userId) {
      note('factorsOf', userId)
      return { methods: userId === null ? [] : factors, version: 3, removedAtVersion: 0 }
    },
    async hasPassword(userId) {
      note('hasPassword', userId)
      return false
    },
    proofsOf: (_account, hasPassword) => [hasPassword ? 'PASSWORD' : 'OTP_EMAIL'],
    tickets: {
      async issue(digest, login, spent) {
        note('issue', [new TextDecoder().decode(digest), login, spent])
        return isSpent ? null : { expiresAt: new Date('2030-01-01T00:05:00Z') }
      },
    },
    isTrusted: async (_userId, digest) => new TextDecoder().decode(digest) === 'digest of trusted',
    async sendProof(wanted) {
      note('sendProof', wanted)
      return SENT
    },
    newTicket: () => 'ticket',
    strangerOf: ({ kind, value }) => `stranger(${kind}:${value})`,
    newSession: () => ({ id: 'ses_new', refresh: { session: randomBytes(16), secret: randomBytes(32) } }),
    newDeviceToken: () => 'new-device',
    digestOf: (token) => new TextEncoder().encode(`digest of ${token}`),
    refreshTokens,
    sign: async () => ({ token: 'access', expiresAt: new Date(0) }),
    ...deps,
  })
  const result = await login({
    identifier: { email: 'Ada@acme.test' },
    password: 'correct horse',
    userAgent: 'jest',
    device: DEVICE,
    deviceToken: null,
    ip: '198.51.100.7',
    clientId: 'web',
    delivery: 'BODY',
    ...input,
  }).catch((error: unknown) => error)
  return { result, calls, seen }
}

const AWAY = new AppError('SERVICE_UNAVAILABLE')

test.each([
  ['nobody', null, 'stranger(email:ada@acme.test)'],
  ['somebody', ADA, 'usr_ada'],
])(
  '13.1: where passwords or otp is away, %s has lost no attempt, and no network either',
  async (_, account, subject) => {
    const away = async (): Promise<never> => {
      throw AWAY
    }
    for (const deps of [{ verifyPassword: away }, { factorsOf: away }]) {
      const { result, calls, seen } = await attempt({ account }, {}, {}, deps)

      expect(result).toBe(AWAY)
      expect(calls.slice(-2)).toEqual(['giveBack', 'network.giveBack'])
      expect(seen['giveBack']).toEqual([subject])
    }
  },
)

test('13.1: where users is away, the network has lost nothing, and nothing else was counted', async () => {
  const findAccount = async (): Promise<never> => {
    throw AWAY
  }
  const { result, calls } = await attempt({}, {}, {}, { findAccount })

  expect(result).toBe(AWAY)
  expect(calls).toEqual(['network.take', 'network.giveBack'])
})

const REFUSALS: [string, Partial<World>, { checked: string | null; told: string | null; subject: string }][] =
  [
    ['unknown', { account: null }, { checked: null, told: null, subject: 'stranger(email:ada@acme.test)' }],
    ['wrong', { right: false }, { checked: 'usr_ada', told: null, subject: 'usr_ada' }],
    [
      'disabled',
      { account: { ...ADA, status: 'DISABLED' } },
      { checked: null, told: null, subject: 'usr_ada' },
    ],
    ['locked', { account: { ...ADA, status: 'LOCKED' } }, { checked: null, told: null, subject: 'usr_ada' }],
    ['locked by failures', { allowed: false }, { checked: null, told: null, subject: 'usr_ada' }],
    [
      'never verified, with the right password',
      { account: { ...ADA, status: 'PENDING_VERIFICATION', everVerified: false } },
      { checked: 'usr_ada', told: 'usr_ada', subject: 'usr_ada' },
    ],
    [
      'never verified, with a wrong password',
      { account: { ...ADA, status: 'PENDING_VERIFICATION', everVerified: false }, right: false },
      { checked: 'usr_ada', told: null, subject: 'usr_ada' },
    ],
  ]

describe.each(REFUSALS)('7.4: a sign-in that is %s', (_, world, { checked, told, subject }) => {
  test('makes the same calls in the same order as any other that is refused', async () => {
    const { calls } = await attempt(world)

    expect(calls).toEqual(['network.take', 'findAccount', 'reserve', 'verifyPassword', 'factorsOf', 'fail'])
  })

  test('is answered INVALID_CREDENTIALS and nothing more', async () => {
    const { result } = await attempt(world)

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
  })

  test('is checked, counted and told as it should be', async () => {
    const { seen } = await attempt(world)

    expect(seen['verifyPassword']).toEqual([{ userId: checked, password: 'correct horse' }])
    expect(seen['reserve']).toEqual([subject])
    expect(seen['fail']).toMatchObject([
      {
        ...{ action: 'session.start', outcome: 'FAILURE', told, subject },
        subjectId: world.account === null ? null : 'usr_ada',
        by: { userId: null, userAgent: 'jest' },
      },
    ])
  })
})

test('7.3: network and account pay before the password is looked at', async () => {
  const { calls } = await attempt()

  expect(calls).toEqual([
    'network.take',
    'findAccount',
    'reserve',
    'verifyPassword',
    'factorsOf',
    'start',
    'network.giveBack',
  ])
})

test('7.2: a network over its limit is refused before anything else is asked', async () => {
  const limited = async () => ({ kind: 'limited' as const, retryAfterSeconds: 42 })

  const { result, calls } = await attempt({}, {}, { take: limited })

  expect(result).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 42 } })
  expect(calls).toEqual([])
})

test('1.5: a limiter that fails lets nobody through', async () => {
  const broken = async () => {
    throw new Error('limiter is gone')
  }

  const { result, calls } = await attempt({}, {}, { take: broken })

  expect(result).toBeInstanceOf(Error)
  expect(calls).toEqual([])
})

test('a success starts a session, clears its counter and gives the network its attempt back', async () => {
  const { result, seen } = await attempt()

  expect(result).toMatchObject({
    kind: 'signed-in',
    session: { id: 'ses_new', userId: 'usr_ada' },
    // By what users and otp say: a token says the sum.
    account: { ...ADA, accessVersion: 3, factorVersion: 3 },
    deviceToken: 'new-device',
  })
  expect(result).toHaveProperty('tokens.refreshToken', expect.stringMatching(/^ugr_/))
  expect(seen['start']).toMatchObject([{ subject: 'usr_ada', methods: ['PASSWORD'], ip: '198.51.100.7' }])
  expect(seen['network.giveBack']).toEqual(['198.51.100.7'])
})

test('5.1: the session is handed the digest of the refresh token, not the token', async () => {
  const { result, seen } = await attempt()
  const { tokens } = result as { tokens: { refreshToken: string } } // as the test above shows
  const token = refreshTokens.parse(tokens.refreshToken)

  expect(seen['start']).toMatchObject([{ refreshDigest: token && refreshTokens.digest(token) }])
})

test('7.5: a known device shows its token by digest and gets no other', async () => {
  const { result, seen } = await attempt({ isNewDevice: false }, { deviceToken: 'known' })

  const digest = new TextEncoder().encode('digest of known')
  expect(seen['shown']).toEqual([digest])
  expect(seen['start']).toMatchObject([{ shownDevice: digest }])
  expect(result).toMatchObject({ deviceToken: null })
})

test('9.8: an account that waits for its deletion signs in', async () => {
  const { result } = await attempt({ account: { ...ADA, status: 'PENDING_DELETION' } })

  expect(result).toMatchObject({ kind: 'signed-in' })
})

test('every fault of the input is told at once, and costs nobody an attempt', async () => {
  const { result, calls } = await attempt({}, { identifier: { email: 'ada' }, password: '' })

  expect(result).toEqual({
    kind: 'refused',
    problems: [
      { code: 'INVALID_EMAIL', field: ['identifier', 'email'] },
      { code: 'REQUIRED', field: ['password'] },
    ],
  })
  expect(calls).toEqual([])
})

test('9.4: a number that was entered beside an address, and never proved, names nobody', async () => {
  const byNumber = { identifier: { phoneNumber: '+49 151 12345678' } }
  const [unproved, proved] = [
    await attempt({}, byNumber),
    await attempt({ account: { ...ADA, phoneNumberVerified: true } }, byNumber),
  ]

  expect(unproved.result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
  expect(unproved.seen['reserve']).toEqual(['stranger(phoneNumber:+4915112345678)'])
  expect(proved.result).toMatchObject({ kind: 'signed-in' })
})

describe('somebody who has enrolled a second factor', () => {
  const factors = ['TOTP', 'RECOVERY_CODE'] as const

  test('8.7: is asked for it, and is signed in by nothing less', async () => {
    const { result, calls, seen } = await attempt({ factors }, { deviceToken: 'known' })

    expect(result).toEqual({
      ...{ kind: 'second-factor', ticket: 'ticket', methods: factors },
      expiresAt: new Date('2030-01-01T00:05:00Z'),
    })
    expect(calls).not.toContain('start')
    expect(seen['issue']).toEqual([
      [
        'digest of ticket',
        {
          ...{ userId: 'usr_ada', clientId: 'web', device: DEVICE, delivery: 'BODY' },
          shownDevice: Buffer.from('digest of known').toString('base64url'),
          ...{ method: 'PASSWORD', mustChange: false, asks: 'SECOND_FACTOR' },
        },
        { grant: null, ticket: null, passwordTriedAt: 'then' },
      ],
    ])
  })

  test('is asked for nothing more on a device that they trust', async () => {
    const { result, seen } = await attempt({ factors }, { deviceToken: 'trusted' })

    expect(result).toMatchObject({ kind: 'signed-in' })
    expect(seen['start']).toMatchObject([{ methods: ['PASSWORD'], assurance: 'AAL1', trustsDevice: false }])
  })

  test('8.6: is asked for it on a device that they trust too, where a role demands it', async () => {
    const account = { ...ADA, requiresMfa: true }

    const { result } = await attempt({ account, factors }, { deviceToken: 'trusted' })

    expect(result).toMatchObject({ kind: 'second-factor' })
  })

  test('7.4: gets nothing of that for a wrong password', async () => {
    const { result, calls } = await attempt({ factors, right: false })

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(calls).not.toContain('issue')
  })
})

describe('somebody of whom a role demands a second factor that they do not have', () => {
  const account = { ...ADA, requiresMfa: true }

  test.each([null, 'trusted'])('8.6: enrols one first, whatever the device: %p', async (deviceToken) => {
    const { result, calls, seen } = await attempt({ account }, { deviceToken })

    expect(result).toMatchObject({ kind: 'enrollment', ticket: 'ticket', methods: ['TOTP'] })
    expect(calls).not.toContain('start')
    expect(seen['issue']).toMatchObject([['digest of ticket', { asks: 'ENROLLMENT' }, {}]])
  })

  test('7.4: gets nothing of that for a wrong password', async () => {
    const { result, calls } = await attempt({ account, right: false })

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(calls).not.toContain('issue')
  })
})

describe('somebody whose address is another by now, which nobody has proved', () => {
  const account = { ...ADA, emailVerified: false }

  test('proves it first, by a code that goes there', async () => {
    const { result, calls, seen } = await attempt({ account })

    expect(result).toMatchObject({ kind: 'verification', ticket: 'ticket', channel: 'EMAIL', sent: SENT })
    expect(calls).not.toContain('start')
    expect(seen['issue']).toMatchObject([['digest of ticket', { asks: 'VERIFICATION' }, {}]])
    expect(seen['sendProof']).toEqual([
      { channel: 'EMAIL', address: { kind: 'email', value: 'ada@acme.test' }, ip: '198.51.100.7' },
    ])
  })

  test('or to their number, where that is all there is', async () => {
    const byNumber = { ...account, email: null, phoneNumber: '+4915112345678' }

    const { seen } = await attempt({ account: byNumber }, { identifier: { username: 'ada' } })

    expect(seen['sendProof']).toMatchObject([{ channel: 'SMS', address: { value: '+4915112345678' } }])
  })

  test.each<[string, Partial<NamedAccount>]>([
    ['their number is proved', { phoneNumber: '+4915112345678', phoneNumberVerified: true }],
    ['9.8: their account waits for its end', { status: 'PENDING_DELETION' }],
    ['there is no address to prove', { email: null }],
  ])('is asked for nothing where %s', async (_, changes) => {
    const identifier = { username: 'ada' }

    expect((await attempt({ account: { ...account, ...changes } }, { identifier })).result).toMatchObject({
      kind: 'signed-in',
    })
  })

  test('7.4: gets nothing of that, and no code is sent, for a wrong password', async () => {
    const { result, calls } = await attempt({ account, right: false })

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(calls).not.toContain('issue')
    expect(calls).not.toContain('sendProof')
  })
})

describe('somebody whose password is to be another', () => {
  test('is asked for it, and is signed in by nothing less', async () => {
    const { result, calls, seen } = await attempt({ mustChange: true })

    expect(result).toEqual({
      ...{ kind: 'password-change', ticket: 'ticket', reason: 'TOO_SHORT' },
      expiresAt: new Date('2030-01-01T00:05:00Z'),
    })
    expect(calls).not.toContain('start')
    expect(seen['issue']).toMatchObject([
      [
        'digest of ticket',
        { mustChange: true, changeReason: 'TOO_SHORT', asks: 'PASSWORD_CHANGE' },
        { grant: null, ticket: null },
      ],
    ])
  })

  test.each(['known', 'trusted'])(
    '5.5: is asked for their second factor first, on a device that is %s',
    async (deviceToken) => {
      const { result, seen } = await attempt({ mustChange: true, factors: ['TOTP'] }, { deviceToken })

      expect(result).toMatchObject({ kind: 'second-factor' })
      expect(seen['issue']).toMatchObject([
        ['digest of ticket', { mustChange: true, asks: 'SECOND_FACTOR' }, {}],
      ])
    },
  )

  test('7.4: gets nothing of that for a wrong password', async () => {
    const { result, calls } = await attempt({ mustChange: true, right: false })

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(calls).not.toContain('issue')
  })
})

describe('with the grant of a code', () => {
  const byGrant = { password: null, grant: 'a.b.c' }
  const spent = { jti: 'jti', expiresAt: new Date('2030-01-01T00:05:00Z') }
  const grant: LoginGrant = {
    ...{ ...spent, userId: 'usr_ada', channel: 'EMAIL', challengeId: 'chl_1' },
    addressDigest: addressDigest('chl_1', 'ada@acme.test'),
  }
  const factors = ['TOTP', 'RECOVERY_CODE'] as const

  test('signs in at the level of a password, and no hash is computed', async () => {
    const { result, calls, seen } = await attempt({ grant }, byGrant)

    expect(result).toMatchObject({ kind: 'signed-in', session: { userId: 'usr_ada' } })
    expect(calls).toEqual([
      ...['network.take', 'findAccount', 'reserve', 'readGrant', 'factorsOf', 'hasPassword'],
      ...['start', 'network.giveBack'],
    ])
    expect(result).toMatchObject({ account: { basicProofs: ['OTP_EMAIL'] } })
    expect(seen['start']).toMatchObject([{ methods: ['OTP_EMAIL'], grant: spent, passwordTriedAt: null }])
  })

  test.each<[string, Partial<World>]>([
    ['nobody is named', { grant, account: null }],
    ['it is no grant', { grant: null }],
    ['it is somebody else’s', { grant: { ...grant, userId: 'usr_bob' } }],
    ['the account is disabled', { grant, account: { ...ADA, status: 'DISABLED' } }],
    ['the account is locked by failures', { grant, allowed: false }],
    [
      'the account was never verified',
      { grant, account: { ...ADA, everVerified: false, emailVerified: false } },
    ],
  ])('7.4: where %s, it is refused like all that is wrong', async (_, world) => {
    const { result, calls } = await attempt(world, byGrant)

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(calls).toEqual([
      ...['network.take', 'findAccount', 'reserve', 'readGrant', 'factorsOf', 'hasPassword', 'fail'],
    ])
  })

  test('is good once', async () => {
    const { result, seen } = await attempt({ grant, isSpent: true }, byGrant)

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(seen['fail']).toMatchObject([{ subject: 'usr_ada', told: null }])
    expect(seen['network.giveBack']).toBeUndefined()
  })

  test.each(['known', 'trusted'])(
    '8.6: is no second factor, nor instead of one on a device that is %s; asking for it spends the grant',
    async (deviceToken) => {
      const first = await attempt({ grant, factors }, { ...byGrant, deviceToken })
      const again = await attempt({ grant, factors, isSpent: true }, { ...byGrant, deviceToken })

      expect(first.result).toMatchObject({ kind: 'second-factor', methods: factors })
      expect(first.seen['issue']).toMatchObject([
        ['digest of ticket', { method: 'OTP_EMAIL' }, { grant: spent, ticket: null, passwordTriedAt: null }],
      ])
      expect(again.result).toMatchObject({ kind: 'refused' })
    },
  )

  test('10.3: a password that has changed since it was tried is refused like a wrong one, by session and ticket', async () => {
    const [plain, second] = [await attempt({ isSpent: true }), await attempt({ isSpent: true, factors })]

    expect(plain.seen['start']).toMatchObject([{ methods: ['PASSWORD'], passwordTriedAt: 'then' }])
    for (const { result, seen } of [plain, second]) {
      expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] })
      expect(seen['fail']).toMatchObject([{ subject: 'usr_ada', told: null }])
    }
  })

  test('takes the place of the password, and does not come with it', async () => {
    const { result, calls } = await attempt({ grant }, { grant: 'a.b.c' })

    expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID', field: ['grant'] }] })
    expect(calls).toEqual([])
  })
})
