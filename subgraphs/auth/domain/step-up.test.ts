import { randomBytes } from 'node:crypto'
import { AppError } from '../../shared/errors/app-error.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import { someActor } from '../../shared/test/requests.js'
import type { Addresses, MfaGrant } from './mfa-grant.js'
import type { Account, Session, SessionReplacement } from './ports.js'
import { createRefreshTokens } from './refresh-token.js'
import { makeStepUp } from './step-up.js'
import type { StepUpProof } from './step-up-proof.js'

type Deps = Parameters<typeof makeStepUp>[0]

const NUMBER = '+4915112345678'
const ADA: Account & Addresses = {
  ...{ email: null, emailVerified: false, phoneNumber: NUMBER },
  id: 'usr_ada',
  status: 'ACTIVE',
  everVerified: true,
  requiresMfa: false,
  phoneNumberVerified: false,
  scopes: ['users:read'],
  sessionLife: 'LONG',
  claims: {},
  accessVersion: 0,
  factorVersion: 0,
  removedAtVersion: 0,
  factors: [],
  basicProofs: ['PASSWORD'],
}
const VIEWER = { userId: 'usr_ada', sessionId: 'ses_old' }
const RIGHT: StepUpProof = {
  ticket: 'ticket',
  method: 'PASSWORD',
  password: 'right',
  ...{ code: null, grant: null },
  deviceToken: null,
  ip: '198.51.100.7',
  by: someActor(),
}

/** A world where a step-up succeeds unless told otherwise, and every call it makes in order. */
function setUp(world: Partial<Deps> = {}) {
  const calls: string[] = []
  const replaced: SessionReplacement[] = []
  const stepUp = makeStepUp({
    tickets: {
      issue: async ({ sessionId }) => `ticket of ${sessionId}`,
      read: async (ticket) => (ticket === 'ticket' ? { userId: 'usr_ada', sessionId: 'ses_old' } : null),
    },
    network: {
      async take() {
        calls.push('take')
        return { kind: 'taken' }
      },
      async giveBack() {
        calls.push('giveBack')
      },
    },
    failures: {
      async reserve(subject, shownDevice) {
        calls.push(`reserve ${subject}${shownDevice ? ' from a known device' : ''}`)
        return { allowed: true, at: 'then' }
      },
      async fail() {
        calls.push('fail')
      },
      giveBack: async ({ subject }) => void calls.push(`giveBack ${subject}`),
    },
    async verifyPassword({ password }) {
      calls.push('verify')
      return { matches: password === 'right' }
    },
    async checkFactor({ code }) {
      calls.push('checkFactor')
      return { kind: code === '123456' ? 'right' : 'wrong' }
    },
    readGrant: async () => null,
    getAccount: async () => ADA,
    digestOf: (token) => new TextEncoder().encode(token),
    sessions: {
      async replace(replacement) {
        calls.push('replace')
        replaced.push(replacement)
        return { id: replacement.id, idleExpiresAt: new Date(0) } as Session // what is handed on unread
      },
    },
    newSession: () => ({ id: 'ses_new', refresh: { session: randomBytes(16), secret: randomBytes(32) } }),
    refreshTokens: createRefreshTokens(new Uint8Array(32).fill(1)),
    sign: async () => ({ token: 'access', expiresAt: new Date(0) }),
    ...world,
  })
  return { stepUp, calls, replaced }
}

const refused = (code: string, field?: string) => ({
  kind: 'refused',
  problems: [{ code, ...(field && { field: [field] }) }],
})

describe('begin', () => {
  const begin = (wanted: object = {}) =>
    setUp().stepUp.begin(VIEWER, {
      ...{ assurance: null, maxAgeSeconds: null, ...wanted },
      isProved: ({ maxAgeSeconds }) => maxAgeSeconds > 30,
    })

  test('answers a ticket for this session, and the methods that would do', async () => {
    expect(await begin()).toEqual({ kind: 'begun', ticket: 'ticket of ses_old', methods: ['PASSWORD'] })
  })

  test('asks for nothing while the last proof is fresh enough', async () => {
    expect(await begin({ maxAgeSeconds: 60 })).toEqual({ kind: 'proved' })
    expect(await begin({ maxAgeSeconds: 20 })).toMatchObject({ kind: 'begun' })
    expect(await begin()).toMatchObject({ kind: 'begun' })
  })

  test('a level that nothing enrolled reaches is refused, and so is an age that is none', async () => {
    expect(await begin({ assurance: 'AAL2' })).toEqual(refused('NOT_ENROLLED', 'assurance'))
    expect(await begin({ assurance: 'AAL1' })).toMatchObject({ kind: 'begun' })
    expect(await begin({ maxAgeSeconds: 0 })).toEqual(refused('INVALID', 'maxAgeSeconds'))
  })
})

describe('complete', () => {
  test('5.4, 7.3: pays for the attempt, proves the password with one hash, and replaces the session', async () => {
    const { stepUp, calls, replaced } = setUp()

    const result = await stepUp.complete(VIEWER, RIGHT)

    expect(result).toMatchObject({ kind: 'stepped-up', session: { id: 'ses_new' }, account: ADA })
    expect(calls).toEqual(['take', 'reserve usr_ada', 'verify', 'replace', 'giveBack'])
    expect(replaced).toMatchObject([
      {
        ...{ id: 'ses_new', replaces: 'ses_old', userId: 'usr_ada', method: 'PASSWORD', assurance: 'AAL1' },
        passwordTriedAt: 'then',
      },
    ])
  })

  test('a wrong password is counted and changes nothing', async () => {
    const { stepUp, calls } = setUp()

    const result = await stepUp.complete(VIEWER, { ...RIGHT, password: 'wrong' })

    expect(result).toEqual(refused('WRONG_PASSWORD', 'password'))
    expect(calls).toEqual(['take', 'reserve usr_ada', 'verify', 'fail'])
  })

  test('13.1: where passwords is away, no attempt is lost, and the network has lost nothing', async () => {
    const verifyPassword = async () => {
      throw new AppError('SERVICE_UNAVAILABLE')
    }
    const { stepUp, calls } = setUp({ verifyPassword })

    await expect(stepUp.complete(VIEWER, RIGHT)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(calls).toEqual(['take', 'reserve usr_ada', 'giveBack usr_ada', 'giveBack'])
  })

  test('7.1: beyond the limit of the account no password is looked at', async () => {
    const reserve = async () => ({ allowed: false, at: 'then' })
    const { stepUp, calls } = setUp({ failures: { reserve, fail: async () => {}, giveBack: async () => {} } })

    expect(await stepUp.complete(VIEWER, RIGHT)).toEqual(refused('TOO_MANY_ATTEMPTS'))
    expect(calls).toEqual(['take'])
  })

  test('7.2: a network over its limit is refused before anything is counted', async () => {
    const take = async () => ({ kind: 'limited', retryAfterSeconds: 42 }) as const
    const { stepUp, calls } = setUp({ network: { take, giveBack: async () => {} } })

    await expect(stepUp.complete(VIEWER, RIGHT)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: 42 },
    })
    expect(calls).toEqual([])
  })

  test.each([
    ['no ticket of ours', { ticket: 'forged' }, VIEWER],
    ['a ticket of another session', {}, { ...VIEWER, sessionId: 'ses_other' }],
    ['a ticket of another person', {}, { ...VIEWER, userId: 'usr_bob' }],
  ])('4.3: %s is refused before anything is counted', async (_, changes, viewer) => {
    const { stepUp, calls } = setUp()

    expect(await stepUp.complete(viewer, { ...RIGHT, ...changes })).toEqual(
      refused('EXPIRED', 'stepUpTicket'),
    )
    expect(calls).toEqual([])
  })

  test('a method that would not do, and a missing password, cost nobody an attempt', async () => {
    const { stepUp, calls } = setUp()

    expect(await stepUp.complete(VIEWER, { ...RIGHT, method: 'OTP_EMAIL' })).toEqual(
      refused('INVALID', 'method'),
    )
    expect(await stepUp.complete(VIEWER, { ...RIGHT, password: null })).toEqual(
      refused('REQUIRED', 'password'),
    )
    expect(calls).toEqual([])
  })

  test('who was disabled meanwhile gets no new session, and neither does the second of two callers', async () => {
    const disabled = setUp({ getAccount: async () => ({ ...ADA, status: 'DISABLED' }) })
    const second = setUp({ sessions: { replace: async () => null } })

    expect(await disabled.stepUp.complete(VIEWER, RIGHT)).toEqual(refused('EXPIRED', 'stepUpTicket'))
    expect(disabled.replaced).toEqual([])
    expect(await second.stepUp.complete(VIEWER, RIGHT)).toEqual(refused('EXPIRED', 'stepUpTicket'))
  })
})

describe('somebody whose texts are the strongest factor', () => {
  const GRANT: MfaGrant = {
    ...{ jti: 'jti', expiresAt: new Date(1), userId: 'usr_ada', challengeId: 'chl_1' },
    channel: 'SMS',
    ...{ addressDigest: addressDigest('chl_1', NUMBER), flow: flowDigest('ticket') },
  }
  const withTexts = (world: Partial<Deps> = {}) =>
    setUp({
      getAccount: async () => ({ ...ADA, phoneNumberVerified: true, factors: ['OTP_SMS', 'RECOVERY_CODE'] }),
      readGrant: async (grant) => (grant === 'grant' ? GRANT : null),
      ...world,
    })
  const byText = { ...RIGHT, method: 'OTP_SMS', password: null, grant: 'grant' } as const

  test('8.6: reaches AAL2 by one, whose grant is spent, and by nothing less', async () => {
    const { stepUp, calls, replaced } = withTexts()
    const wanted = { assurance: null, maxAgeSeconds: null, isProved: () => false }

    expect(await stepUp.begin(VIEWER, wanted)).toMatchObject({ kind: 'begun', methods: ['OTP_SMS'] })
    expect(await stepUp.complete(VIEWER, RIGHT)).toEqual(refused('INVALID', 'method'))
    expect(await stepUp.complete(VIEWER, byText)).toMatchObject({ kind: 'stepped-up' })
    expect(calls).toEqual(['take', 'replace', 'giveBack'])
    expect(replaced).toMatchObject([
      { method: 'OTP_SMS', assurance: 'AAL2', grant: { jti: 'jti', expiresAt: new Date(1) } },
    ])
  })

  test('is refused for a grant of something else, and told that one is needed', async () => {
    const { stepUp, calls } = withTexts()
    const elsewhere = withTexts({ readGrant: async () => ({ ...GRANT, flow: flowDigest('other') }) })

    expect(await stepUp.complete(VIEWER, { ...byText, grant: 'made up' })).toEqual(
      refused('EXPIRED', 'grant'),
    )
    expect(calls).toEqual(['take', 'fail'])
    expect(await elsewhere.stepUp.complete(VIEWER, byText)).toEqual(refused('EXPIRED', 'grant'))
    expect(await stepUp.complete(VIEWER, { ...byText, grant: null })).toEqual(refused('REQUIRED', 'grant'))
  })

  test('who has an app too is asked for that alone', async () => {
    const factors = ['TOTP', 'OTP_SMS', 'RECOVERY_CODE'] as const
    const { stepUp } = withTexts({ getAccount: async () => ({ ...ADA, phoneNumberVerified: true, factors }) })
    const wanted = { assurance: null, maxAgeSeconds: null, isProved: () => false }

    expect(await stepUp.begin(VIEWER, wanted)).toMatchObject({ methods: ['TOTP'] })
    expect(await stepUp.complete(VIEWER, byText)).toEqual(refused('INVALID', 'method'))
  })
})

describe('somebody who has neither a password nor a factor', () => {
  const wanted = { assurance: null, maxAgeSeconds: null, isProved: () => false }
  const grant = (channel: 'EMAIL' | 'SMS', address: string): MfaGrant => ({
    ...{ jti: 'jti', expiresAt: new Date(1), userId: 'usr_ada', channel, challengeId: 'chl_1' },
    ...{ addressDigest: addressDigest('chl_1', address), flow: flowDigest('ticket') },
  })
  const WITHOUT = {
    ...{ ...ADA, email: 'ada@acme.test', emailVerified: true, phoneNumberVerified: true },
    basicProofs: ['OTP_EMAIL', 'OTP_SMS'] as const,
  }
  const without = (world: Partial<Deps> = {}) =>
    setUp({
      getAccount: async () => WITHOUT,
      readGrant: async (text) => (text === 'mail' ? grant('EMAIL', 'ada@acme.test') : grant('SMS', NUMBER)),
      ...world,
    })
  const by = (method: 'OTP_EMAIL' | 'OTP_SMS', text: string) => ({
    ...{ ...RIGHT, method, password: null, grant: text },
  })

  test.each([
    ['OTP_EMAIL', 'mail'],
    ['OTP_SMS', 'text'],
  ] as const)('8.6: is asked for a code, and by %s proves what a password would', async (method, text) => {
    const { stepUp, replaced } = without()

    expect(await stepUp.begin(VIEWER, wanted)).toMatchObject({ methods: ['OTP_EMAIL', 'OTP_SMS'] })
    expect(await stepUp.complete(VIEWER, by(method, text))).toMatchObject({ kind: 'stepped-up' })
    expect(replaced).toMatchObject([{ method, assurance: 'AAL1', grant: { jti: 'jti' } }])
  })

  test('proves nothing by a code that went the other way, nor by one to an address that is not proved', async () => {
    const unproved = without({ getAccount: async () => ({ ...WITHOUT, emailVerified: false }) })

    expect(await without().stepUp.complete(VIEWER, by('OTP_EMAIL', 'text'))).toEqual(
      refused('EXPIRED', 'grant'),
    )
    expect(await without().stepUp.complete(VIEWER, by('OTP_SMS', 'mail'))).toEqual(
      refused('EXPIRED', 'grant'),
    )
    expect(await unproved.stepUp.complete(VIEWER, by('OTP_EMAIL', 'mail'))).toEqual(
      refused('EXPIRED', 'grant'),
    )
  })

  test.each([
    ['a password', { basicProofs: ['PASSWORD'] as const }, ['PASSWORD']],
    ['an app', { factors: ['TOTP', 'RECOVERY_CODE'] as const }, ['TOTP']],
    ['texts', { factors: ['OTP_SMS', 'RECOVERY_CODE'] as const }, ['OTP_SMS']],
  ])('8.6: whoever has %s is not asked for a mail', async (_, has, methods) => {
    const { stepUp, replaced } = without({ getAccount: async () => ({ ...WITHOUT, ...has }) })

    expect(await stepUp.begin(VIEWER, wanted)).toMatchObject({ methods })
    expect(await stepUp.complete(VIEWER, by('OTP_EMAIL', 'mail'))).toEqual(refused('INVALID', 'method'))
    expect(replaced).toEqual([])
  })
})

describe('somebody with an authenticator app', () => {
  const withApp = (world: Partial<Deps> = {}) =>
    setUp({ getAccount: async () => ({ ...ADA, factors: ['TOTP', 'RECOVERY_CODE'] }), ...world })
  const byApp = { ...RIGHT, method: 'TOTP', password: null, code: '123456' } as const

  test('8.6: is asked for a code of the app, the strongest that they have, and for nothing less', async () => {
    const { stepUp } = withApp()
    const wanted = { assurance: 'AAL2', maxAgeSeconds: null, isProved: () => false } as const

    expect(await stepUp.begin(VIEWER, wanted)).toMatchObject({ kind: 'begun', methods: ['TOTP'] })
    expect(await stepUp.complete(VIEWER, RIGHT)).toEqual(refused('INVALID', 'method'))
    expect(await stepUp.complete(VIEWER, { ...byApp, method: 'RECOVERY_CODE' })).toEqual(
      refused('INVALID', 'method'),
    )
  })

  test('reaches AAL2 by it, at no cost of a hash', async () => {
    const { stepUp, calls, replaced } = withApp()

    expect(await stepUp.complete(VIEWER, byApp)).toMatchObject({ kind: 'stepped-up' })
    expect(calls).toEqual(['take', 'checkFactor', 'replace', 'giveBack'])
    expect(replaced).toMatchObject([{ method: 'TOTP', assurance: 'AAL2', passwordTriedAt: null }])
  })

  test('is told of a wrong code, and of too many', async () => {
    const limited = withApp({ checkFactor: async () => ({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }) })
    const { stepUp, calls } = withApp()

    expect(await stepUp.complete(VIEWER, { ...byApp, code: '654321' })).toEqual(
      refused('INVALID_CODE', 'code'),
    )
    expect(calls).toEqual(['take', 'checkFactor', 'fail'])
    expect(await limited.stepUp.complete(VIEWER, byApp)).toEqual(refused('TOO_MANY_ATTEMPTS', 'code'))
    expect(await stepUp.complete(VIEWER, { ...byApp, code: null })).toEqual(refused('REQUIRED', 'code'))
  })
})
