import { randomBytes } from 'node:crypto'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import { type CompleteLoginInput, makeCompleteLogin } from './complete-login.js'
import type { PendingLogin } from './login-ports.js'
import type { Addresses, MfaGrant } from './mfa-grant.js'
import type { Account, NewSession, Session } from './ports.js'
import { createRefreshTokens } from './refresh-token.js'

type Deps = Parameters<typeof makeCompleteLogin>[0]

const NUMBER = '+4915112345678'
const ADA: Account & Addresses = {
  ...{ email: null, emailVerified: false, phoneNumber: NUMBER },
  ...{
    id: 'usr_ada',
    status: 'ACTIVE',
    everVerified: true,
    requiresMfa: false,
    scopes: [],
    sessionLife: 'LONG',
    claims: {},
  },
  ...{ phoneNumberVerified: true, accessVersion: 0, factors: ['TOTP', 'RECOVERY_CODE'] },
  ...{ factorVersion: 0, removedAtVersion: 0, basicProofs: ['PASSWORD'] },
}
const SENT = {
  ...{ challengeId: 'chl_1', destinationMasked: 'a•••@acme.test', resendAfter: 60 },
  expiresAt: new Date('2030-01-01T00:05:00Z'),
}
const PENDING: PendingLogin = {
  ...{ userId: 'usr_ada', clientId: 'web', delivery: 'COOKIE', shownDevice: 'AQID' },
  device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' },
}

type World = Partial<Omit<Deps, 'tickets'>> & {
  /** What the ticket stands for; null where it is none. */
  pending?: PendingLogin | null
  /** Whether somebody else spent it first. */
  isSpent?: boolean
}

/** A world where a code of the app signs in unless told otherwise, and every call it makes in order. */
async function complete(
  input: Partial<CompleteLoginInput> = {},
  { pending = PENDING, isSpent = false, ...world }: World = {},
) {
  const calls: string[] = []
  const started: NewSession[] = []
  const failed: unknown[] = []
  const issued: unknown[] = []
  const changed: unknown[] = []
  const completeLogin = makeCompleteLogin({
    network: {
      async take() {
        calls.push('take')
        return { kind: 'taken' }
      },
      giveBack: async () => void calls.push('giveBack'),
    },
    tickets: {
      async try() {
        calls.push('try')
        return pending
      },
      async issue(digest, login, spent) {
        calls.push('issue')
        issued.push({ digest, login, spent })
        return isSpent ? null : { expiresAt: new Date('2030-01-01T00:05:00Z') }
      },
    },
    async sendProof() {
      calls.push('sendProof')
      return SENT
    },
    newTicket: () => 'next ticket',
    async changeRequired(change) {
      calls.push('change')
      changed.push(change)
      return { kind: 'changed' }
    },
    readGrant: async () => null,
    getAccount: async () => ADA,
    async checkFactor({ code }) {
      calls.push('check')
      return { kind: code === '123456' ? 'right' : 'wrong' }
    },
    failures: {
      async fail(failure) {
        calls.push('fail')
        failed.push(failure)
      },
    },
    sessions: {
      async start(session) {
        calls.push('start')
        started.push(session)
        return isSpent ? null : { session: { id: session.id } as Session, isNewDevice: false } // what is handed on unread
      },
    },
    newSession: () => ({ id: 'ses_new', refresh: { session: randomBytes(16), secret: randomBytes(32) } }),
    newDeviceToken: () => 'new-device',
    digestOf: (token) => new TextEncoder().encode(`digest of ${token}`),
    refreshTokens: createRefreshTokens(new Uint8Array(32).fill(1)),
    sign: async () => ({ token: 'access', expiresAt: new Date(0) }),
    ...world,
  })
  const result = await completeLogin({
    ...{
      ticket: 'ticket',
      method: 'TOTP',
      code: '123456',
      newPassword: null,
      grant: null,
      trustDevice: false,
      ip: '198.51.100.7',
    },
    ...{ userAgent: null, ...input },
  })
  return { result, calls, started, failed, issued, changed }
}

const BY_PASSWORD = { method: null, code: null, newPassword: 'orbit' }

const refused = (code: string, field: string) => ({ kind: 'refused', problems: [{ code, field: [field] }] })

test('8.7: ticket and code start the session that the password asked for, at AAL2', async () => {
  const { result, calls, started } = await complete()

  expect(result).toMatchObject({ kind: 'signed-in', account: ADA, delivery: 'COOKIE', deviceToken: null })
  expect(calls).toEqual(['take', 'try', 'check', 'start', 'giveBack'])
  expect(started).toMatchObject([
    {
      ...{ userId: 'usr_ada', methods: ['PASSWORD', 'TOTP'], assurance: 'AAL2', clientId: 'web' },
      ...{ subject: 'usr_ada', ticket: new TextEncoder().encode('digest of ticket') },
      shownDevice: Buffer.from([1, 2, 3]),
    },
  ])
})

test('a ticket that says that it asks for the second factor is completed by it', async () => {
  const { result } = await complete({}, { pending: { ...PENDING, asks: 'SECOND_FACTOR' } })

  expect(result).toMatchObject({ kind: 'signed-in' })
})

test('a wrong code is told, and told to the audit log', async () => {
  const { result, calls, failed } = await complete({ code: '654321' })

  expect(result).toEqual(refused('INVALID_CODE', 'code'))
  expect(calls).toEqual(['take', 'try', 'check', 'fail'])
  expect(failed).toMatchObject([
    {
      attempt: {
        action: 'session.start',
        outcome: 'FAILURE',
        subjectId: 'usr_ada',
        detail: { method: 'TOTP' },
      },
    },
  ])
})

test.each<[string, Partial<CompleteLoginInput>, World, [string, string]]>([
  ['a code of no method', { method: null }, {}, ['REQUIRED', 'method']],
  ['the ticket alone', { method: null, code: null }, {}, ['REQUIRED', 'method']],
  ['a new password that nobody asks for', BY_PASSWORD, {}, ['INVALID', 'newPassword']],
  ['a code and a new password', { newPassword: 'orbit' }, {}, ['INVALID', 'newPassword']],
  ['a password', { method: 'PASSWORD' }, {}, ['INVALID', 'method']],
  ['no code', { code: null }, {}, ['REQUIRED', 'code']],
  ['a ticket that is none', {}, { pending: null }, ['EXPIRED', 'loginTicket']],
  ['an account that is gone', {}, { getAccount: async () => null }, ['EXPIRED', 'loginTicket']],
  [
    'somebody disabled since',
    {},
    { getAccount: async () => ({ ...ADA, status: 'DISABLED' }) },
    ['EXPIRED', 'loginTicket'],
  ],
  [
    'a code for a ticket that asks for something else',
    {},
    { pending: { ...PENDING, asks: 'PASSWORD_CHANGE' } },
    ['INVALID', 'code'],
  ],
  ['a ticket spent by another', {}, { isSpent: true }, ['EXPIRED', 'loginTicket']],
  [
    'too many codes',
    {},
    { checkFactor: async () => ({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }) },
    ['TOO_MANY_ATTEMPTS', 'code'],
  ],
  [
    'a factor that is not enrolled',
    { method: 'RECOVERY_CODE' },
    { checkFactor: async () => ({ kind: 'refused', reason: 'NOT_ENROLLED' }) },
    ['NOT_ENROLLED', 'method'],
  ],
])('%s signs nobody in', async (_, input, world, [code, field]) => {
  const { result, calls } = await complete(input, world)

  expect(result).toEqual(refused(code, field))
  expect(calls).not.toContain('giveBack')
})

describe('a text', () => {
  const FACTORS = ['OTP_SMS', 'RECOVERY_CODE'] as const
  const GRANT: MfaGrant = {
    ...{ jti: 'jti', expiresAt: new Date(1), userId: 'usr_ada', challengeId: 'chl_1' },
    channel: 'SMS',
    ...{ addressDigest: addressDigest('chl_1', NUMBER), flow: flowDigest('ticket') },
  }
  const byText = (world: World = {}, input: Partial<CompleteLoginInput> = {}) =>
    complete(
      { method: 'OTP_SMS', code: null, grant: 'grant', ...input },
      { getAccount: async () => BY_TEXT, readGrant: async () => GRANT, ...world },
    )
  const BY_TEXT = { ...ADA, phoneNumberVerified: true, factors: FACTORS }

  test('8.6: is traded for a grant, which is spent with the ticket', async () => {
    const { result, calls, started } = await byText()

    expect(result).toMatchObject({ kind: 'signed-in' })
    expect(calls).toEqual(['take', 'try', 'start', 'giveBack'])
    expect(started).toMatchObject([
      {
        ...{ methods: ['PASSWORD', 'OTP_SMS'], assurance: 'AAL2' },
        grant: { jti: 'jti', expiresAt: new Date(1) },
      },
    ])
  })

  test.each<[string, World, [string, string]]>([
    ['that is none', { readGrant: async () => null }, ['EXPIRED', 'grant']],
    [
      "of somebody else's",
      { readGrant: async () => ({ ...GRANT, userId: 'usr_bob' }) },
      ['EXPIRED', 'grant'],
    ],
    [
      'for another sign-in',
      { readGrant: async () => ({ ...GRANT, flow: flowDigest('other') }) },
      ['EXPIRED', 'grant'],
    ],
    ['for none', { readGrant: async () => ({ ...GRANT, flow: null }) }, ['EXPIRED', 'grant']],
    ['of a mail', { readGrant: async () => ({ ...GRANT, channel: 'EMAIL' }) }, ['EXPIRED', 'grant']],
    [
      'of another number than the one that is theirs by now',
      { getAccount: async () => ({ ...BY_TEXT, phoneNumber: '+4915100000001' }) },
      ['EXPIRED', 'grant'],
    ],
    [
      'of a number that is not proved any more',
      { getAccount: async () => ({ ...BY_TEXT, phoneNumberVerified: false }) },
      ['EXPIRED', 'grant'],
    ],
    [
      'of who is asked for texts no more',
      { getAccount: async () => ({ ...BY_TEXT, factors: ['TOTP'] as const }) },
      ['NOT_ENROLLED', 'method'],
    ],
    ['behind another text', { pending: { ...PENDING, method: 'OTP_SMS' } }, ['NOT_ENROLLED', 'method']],
  ])('8.6: a grant %s signs nobody in', async (_, world, [code, field]) => {
    const { result, calls } = await byText(world)

    expect(result).toEqual(refused(code, field))
    expect(calls).toEqual(['take', 'try', 'fail'])
  })

  test('without its grant is asked for, at no cost', async () => {
    const { result, calls } = await byText({}, { grant: null })

    expect(result).toEqual(refused('REQUIRED', 'grant'))
    expect(calls).toEqual([])
  })
})

test('7.2: a network over its limit is refused before anything else is asked', async () => {
  const limited = {
    take: async () => ({ kind: 'limited' as const, retryAfterSeconds: 42 }),
    giveBack: async () => {},
  }

  await expect(complete({}, { network: limited })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
})

describe('where the password is to be another', () => {
  const pending: PendingLogin = { ...PENDING, asks: 'PASSWORD_CHANGE', mustChange: true }
  const noFactor = { getAccount: async () => ({ ...ADA, factors: [] }) }

  test('5.5: the second factor is asked for first, and its proof goes on to the next ticket', async () => {
    const { result, calls, issued } = await complete(
      { trustDevice: true },
      { pending: { ...PENDING, asks: 'SECOND_FACTOR', mustChange: true, changeReason: 'TOO_SHORT' } },
    )

    expect(result).toEqual({
      ...{ kind: 'password-change', ticket: 'next ticket', reason: 'TOO_SHORT' },
      expiresAt: new Date('2030-01-01T00:05:00Z'),
    })
    expect(calls).toEqual(['take', 'try', 'check', 'issue', 'giveBack'])
    expect(issued).toMatchObject([
      {
        digest: new TextEncoder().encode('digest of next ticket'),
        login: { userId: 'usr_ada', secondMethod: 'TOTP', trustsDevice: true, asks: 'PASSWORD_CHANGE' },
        spent: { grant: null, ticket: new TextEncoder().encode('digest of ticket') },
      },
    ])
  })

  test('6.5: the new one starts the session, at the level that was proved', async () => {
    const [byPassword, byBoth] = [
      await complete(BY_PASSWORD, { pending, ...noFactor }),
      await complete(BY_PASSWORD, { pending: { ...pending, secondMethod: 'TOTP', trustsDevice: true } }),
    ]

    expect(byPassword.result).toMatchObject({ kind: 'signed-in' })
    expect(byPassword.calls).toEqual(['take', 'try', 'change', 'start', 'giveBack'])
    expect(byPassword.started).toMatchObject([{ methods: ['PASSWORD'], assurance: 'AAL1' }])
    expect(byBoth.started).toMatchObject([
      { methods: ['PASSWORD', 'TOTP'], assurance: 'AAL2', trustsDevice: true },
    ])
    expect(byBoth.changed).toMatchObject([
      {
        ...{ userId: 'usr_ada', newPassword: 'orbit' },
        keptTicket: Buffer.from('digest of ticket').toString('base64url'),
        by: { userId: 'usr_ada', client: 'web', ip: '198.51.100.7' },
      },
    ])
  })

  test('8.6: a factor that was shown counts until one is taken away, and then another is asked for, if there is one', async () => {
    const half = { ...pending, secondMethod: 'TOTP' as const, factorVersion: 3 }
    const since = { ...ADA, factorVersion: 5, removedAtVersion: 4 }

    const enrolled = await complete(BY_PASSWORD, { pending: half, getAccount: async () => since })
    const none = await complete(BY_PASSWORD, {
      ...{ pending: half, getAccount: async () => ({ ...since, factors: [] }) },
    })
    const still = await complete(BY_PASSWORD, {
      ...{ pending: half, getAccount: async () => ({ ...since, removedAtVersion: 3 }) },
    })

    expect(enrolled.result).toEqual(refused('EXPIRED', 'loginTicket'))
    expect(none.started).toMatchObject([{ assurance: 'AAL1', factorVersion: 3 }])
    expect(still.started).toMatchObject([{ assurance: 'AAL2', factorVersion: 3 }])
  })

  test('5.5: a session says when the last proof was made, and a new password is none', async () => {
    const half = { ...pending, provedAt: 'a while ago' }

    const byPassword = await complete(BY_PASSWORD, { pending: half, ...noFactor })
    const byFactor = await complete({}, { pending: { ...half, asks: 'SECOND_FACTOR', mustChange: false } })
    const onTheWay = await complete({}, { pending: { ...half, asks: 'SECOND_FACTOR' } })

    expect(byPassword.started).toMatchObject([{ provedAt: 'a while ago' }])
    expect(byFactor.started).toMatchObject([{ provedAt: undefined }])
    expect(onTheWay.issued).not.toMatchObject([{ login: { provedAt: 'a while ago' } }])
  })

  test('what is wrong with the new one is told, all of it, and the ticket is left as it is', async () => {
    const { result, calls, failed } = await complete(BY_PASSWORD, {
      ...{ pending, ...noFactor },
      changeRequired: async () => ({ kind: 'refused', reasons: ['PASSWORD_TOO_SHORT', 'PASSWORD_COMMON'] }),
    })

    expect(result).toEqual({
      kind: 'refused',
      problems: [
        { code: 'PASSWORD_TOO_SHORT', field: ['newPassword'] },
        { code: 'PASSWORD_COMMON', field: ['newPassword'] },
      ],
    })
    expect(calls).toEqual(['take', 'try'])
    expect(failed).toEqual([])
  })

  test.each<[string, Partial<CompleteLoginInput>, World, [string, string]]>([
    ['the ticket alone', { method: null, code: null }, {}, ['REQUIRED', 'newPassword']],
    ['a code', {}, {}, ['INVALID', 'code']],
    [
      'a new one that another was quicker with',
      BY_PASSWORD,
      { changeRequired: async () => ({ kind: 'not-required' }) },
      ['EXPIRED', 'loginTicket'],
    ],
    [
      'a new one, where a factor was enrolled meanwhile,',
      BY_PASSWORD,
      { getAccount: async () => ADA },
      ['EXPIRED', 'loginTicket'],
    ],
  ])('%s signs nobody in', async (_, input, world, [code, field]) => {
    const { result, calls } = await complete(input, { pending, ...noFactor, ...world })

    expect(result).toEqual(refused(code, field))
    expect(calls).not.toContain('start')
    expect(calls).not.toContain('change')
  })
})

describe('where a role demands a factor that is still to be enrolled', () => {
  const pending: PendingLogin = { ...PENDING, asks: 'ENROLLMENT' }
  const CLERK = { ...ADA, requiresMfa: true }
  const GRANT: MfaGrant = {
    ...{ jti: 'jti', expiresAt: new Date(1), userId: 'usr_ada', challengeId: 'enr_1' },
    ...{ channel: null, addressDigest: null, flow: flowDigest('ticket') },
  }
  const byGrant = (world: World = {}, input: Partial<CompleteLoginInput> = {}) =>
    complete(
      { code: null, grant: 'grant', ...input },
      { pending, getAccount: async () => CLERK, readGrant: async () => GRANT, ...world },
    )

  test('8.6: the grant of the enrolment is spent with the ticket, and the session is AAL2', async () => {
    const { result, calls, started } = await byGrant()

    expect(result).toMatchObject({ kind: 'signed-in' })
    expect(calls).toEqual(['take', 'try', 'start', 'giveBack'])
    expect(started).toMatchObject([
      {
        ...{ methods: ['PASSWORD', 'TOTP'], assurance: 'AAL2' },
        grant: { jti: 'jti', expiresAt: new Date(1) },
      },
    ])
  })

  test.each<[string, World, Partial<CompleteLoginInput>, [string, string]]>([
    ['the ticket alone', {}, { method: null, grant: null }, ['REQUIRED', 'grant']],
    ['a code of the app', {}, { code: '123456', grant: null }, ['INVALID', 'code']],
    ['a code and a grant', {}, { code: '123456' }, ['INVALID', 'grant']],
    ['a new password', {}, { ...BY_PASSWORD, grant: null }, ['INVALID', 'newPassword']],
    ['what is no grant', { readGrant: async () => null }, {}, ['EXPIRED', 'grant']],
    [
      "somebody else's grant",
      { readGrant: async () => ({ ...GRANT, userId: 'usr_bob' }) },
      {},
      ['EXPIRED', 'grant'],
    ],
    [
      'a grant of another sign-in',
      { readGrant: async () => ({ ...GRANT, flow: flowDigest('other') }) },
      {},
      ['EXPIRED', 'grant'],
    ],
    [
      'a grant of a text',
      { readGrant: async () => ({ ...GRANT, channel: 'SMS' }) },
      {},
      ['EXPIRED', 'grant'],
    ],
    [
      'an app that was taken away since',
      { getAccount: async () => ({ ...CLERK, factors: [] }) },
      {},
      ['NOT_ENROLLED', 'method'],
    ],
    ['a ticket spent by another', { isSpent: true }, {}, ['EXPIRED', 'loginTicket']],
    [
      'a ticket that asks for a factor that was there',
      { pending: { ...PENDING, asks: 'SECOND_FACTOR' } },
      {},
      ['INVALID', 'grant'],
    ],
  ])('8.6: %s signs nobody in', async (_, world, input, [code, field]) => {
    const { result, calls } = await byGrant(world, input)

    expect(result).toEqual(refused(code, field))
    expect(calls).not.toContain('giveBack')
  })

  test('whoever is asked for another password meanwhile is asked for the factor first', async () => {
    const { result } = await complete(BY_PASSWORD, {
      ...{ pending: { ...PENDING, asks: 'PASSWORD_CHANGE', mustChange: true } },
      getAccount: async () => ({ ...CLERK, factors: [] }),
    })

    expect(result).toEqual(refused('EXPIRED', 'loginTicket'))
  })
})

describe('where nothing of an account that was verified is proved by now', () => {
  const UNPROVED = {
    ...ADA,
    factors: [],
    email: 'ada@acme.test',
    phoneNumber: null,
    phoneNumberVerified: false,
  }
  const PROVED = { ...UNPROVED, emailVerified: true }
  const alone = { method: null, code: null }
  const pending: PendingLogin = { ...PENDING, asks: 'VERIFICATION' }

  test('8.6: the address is to be proved after the second factor, and before a new password is chosen', async () => {
    const factors = ['TOTP', 'RECOVERY_CODE'] as const
    const { result, calls, issued } = await complete(
      {},
      {
        pending: { ...PENDING, mustChange: true },
        getAccount: async () => ({ ...UNPROVED, factors }),
      },
    )

    expect(result).toMatchObject({
      kind: 'verification',
      ticket: 'next ticket',
      channel: 'EMAIL',
      sent: SENT,
    })
    expect(calls).toEqual(['take', 'try', 'check', 'issue', 'sendProof', 'giveBack'])
    expect(issued).toMatchObject([
      { login: { secondMethod: 'TOTP', mustChange: true, asks: 'VERIFICATION' } },
    ])
  })

  test('the ticket alone goes on once the address is proved, with all that was shown before', async () => {
    const factors = ['TOTP', 'RECOVERY_CODE'] as const
    const { result, started } = await complete(alone, {
      pending: { ...pending, secondMethod: 'TOTP' },
      getAccount: async () => ({ ...PROVED, factors }),
    })
    const next = await complete(alone, {
      ...{ pending: { ...pending, mustChange: true }, getAccount: async () => PROVED },
    })

    expect(result).toMatchObject({ kind: 'signed-in' })
    expect(started).toMatchObject([{ methods: ['PASSWORD', 'TOTP'], assurance: 'AAL2' }])
    // A ticket from before there was a choice does not say why.
    expect(next.result).toMatchObject({ kind: 'password-change', reason: 'ADMIN_RESET' })
  })

  test.each<[string, Partial<CompleteLoginInput>, World, [string, string]]>([
    ['the ticket alone, before that,', alone, {}, ['VERIFICATION_REQUIRED', 'loginTicket']],
    ['a code of an app', {}, {}, ['INVALID', 'code']],
    ['a new password', BY_PASSWORD, {}, ['INVALID', 'newPassword']],
    [
      'the ticket, where a factor was enrolled meanwhile,',
      alone,
      { getAccount: async () => ({ ...PROVED, factors: ['TOTP'] as const }) },
      ['EXPIRED', 'loginTicket'],
    ],
    [
      'the ticket of who was asked for their factor',
      alone,
      { pending: PENDING, getAccount: async () => ({ ...PROVED, factors: ['TOTP'] as const }) },
      ['REQUIRED', 'method'],
    ],
    [
      'a ticket spent by another',
      alone,
      { isSpent: true, getAccount: async () => PROVED },
      ['EXPIRED', 'loginTicket'],
    ],
  ])('%s signs nobody in', async (_, input, world, [code, field]) => {
    const { result, calls } = await complete(input, { pending, getAccount: async () => UNPROVED, ...world })

    expect(result).toEqual(refused(code, field))
    expect(calls).not.toContain('issue')
    expect(calls).not.toContain('sendProof')
  })
})
