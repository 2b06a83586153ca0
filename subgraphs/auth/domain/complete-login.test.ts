import { randomBytes } from 'node:crypto'
import { type CompleteLoginInput, makeCompleteLogin } from './complete-login.js'
import type { PendingLogin } from './login-ports.js'
import type { Account, NewSession, Session } from './ports.js'
import { createRefreshTokens } from './refresh-token.js'

type Deps = Parameters<typeof makeCompleteLogin>[0]

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, scopes: [], sessionLife: 'LONG', claims: {} },
  ...{ phoneNumberVerified: false, accessVersion: 0, factors: ['TOTP', 'RECOVERY_CODE'] },
}
const PENDING: PendingLogin = {
  ...{ userId: 'usr_ada', clientId: 'web', delivery: 'COOKIE', shownDevice: 'AQID' },
  device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' },
}

/** A world where a code of the app signs in unless told otherwise, and every call it makes in order. */
async function complete(input: Partial<CompleteLoginInput> = {}, world: Partial<Deps> = {}) {
  const calls: string[] = []
  const started: NewSession[] = []
  const failed: unknown[] = []
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
        return PENDING
      },
    },
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
        return { session: { id: session.id } as Session, isNewDevice: false } // what is handed on unread
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
    ...{ ticket: 'ticket', method: 'TOTP', code: '123456', trustDevice: false, ip: '198.51.100.7' },
    ...{ userAgent: null, ...input },
  })
  return { result, calls, started, failed }
}

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
  const { result } = await complete(
    {},
    { tickets: { try: async () => ({ ...PENDING, asks: 'SECOND_FACTOR' }) } },
  )

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

test.each<[string, Partial<CompleteLoginInput>, Partial<Deps>, [string, string]]>([
  ['no method', { method: null }, {}, ['REQUIRED', 'method']],
  ['a password', { method: 'PASSWORD' }, {}, ['INVALID', 'method']],
  ['no code', { code: null }, {}, ['REQUIRED', 'code']],
  ['a ticket that is none', {}, { tickets: { try: async () => null } }, ['EXPIRED', 'loginTicket']],
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
    { tickets: { try: async () => ({ ...PENDING, asks: 'PASSWORD_CHANGE' }) } },
    ['INVALID', 'code'],
  ],
  ['a ticket spent by another', {}, { sessions: { start: async () => null } }, ['EXPIRED', 'loginTicket']],
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

test('7.2: a network over its limit is refused before anything else is asked', async () => {
  const limited = {
    take: async () => ({ kind: 'limited' as const, retryAfterSeconds: 42 }),
    giveBack: async () => {},
  }

  await expect(complete({}, { network: limited })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
})
