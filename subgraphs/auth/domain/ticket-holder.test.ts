import type { PendingLogin } from './login-ports.js'
import type { Account, SecondFactor } from './ports.js'
import { makeTicketHolder } from './ticket-holder.js'

type Deps = Parameters<typeof makeTicketHolder>[0]

const LOGIN: PendingLogin = {
  ...{ userId: 'usr_ada', clientId: 'web', delivery: 'COOKIE', shownDevice: null },
  device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' },
}
const account = (factors: readonly SecondFactor[]): Account => ({
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, requiresMfa: false, scopes: [], claims: {} },
  sessionLife: 'LONG',
  basicProofs: ['PASSWORD'],
  ...{ phoneNumberVerified: true, accessVersion: 0, factorVersion: 0, removedAtVersion: 0, factors },
})

/** A ticket of either kind, called by what it is for. */
const holderOf = (
  shown: Parameters<ReturnType<typeof makeTicketHolder>>[0],
  { login = {}, ...world }: Partial<Deps> & { login?: Partial<PendingLogin> } = {},
) =>
  makeTicketHolder({
    logins: {
      find: async (digest) =>
        new TextDecoder().decode(digest) === 'sign-in' ? { ...LOGIN, ...login } : null,
    },
    stepUps: {
      read: async (ticket) => (ticket === 'step-up' ? { userId: 'usr_ada', sessionId: 'ses_1' } : null),
    },
    getAccount: async () => account(['TOTP', 'OTP_SMS', 'RECOVERY_CODE']),
    digestOf: (token) => new TextEncoder().encode(token),
    ...world,
  })(shown)

const SIGN_IN = { kind: 'LOGIN', ticket: 'sign-in', sessionId: null } as const
const STEP_UP = { kind: 'STEP_UP', ticket: 'step-up', sessionId: 'ses_1' } as const

test('a ticket of a sign-in stands for who is asked for a second factor, the strongest first', async () => {
  expect(await holderOf(SIGN_IN)).toEqual({
    userId: 'usr_ada',
    methods: ['TOTP', 'OTP_SMS', 'RECOVERY_CODE'],
  })
})

test('behind a text another text is no second factor', async () => {
  const login = { method: 'OTP_SMS' } as const

  expect((await holderOf(SIGN_IN, { login }))?.methods).toEqual(['TOTP', 'RECOVERY_CODE'])
})

test('8.6: a ticket of a step-up takes the strongest factor alone', async () => {
  const getAccount = async () => account(['OTP_SMS', 'RECOVERY_CODE'])

  expect((await holderOf(STEP_UP))?.methods).toEqual(['TOTP'])
  expect((await holderOf(STEP_UP, { getAccount }))?.methods).toEqual(['OTP_SMS'])
})

const ENROLLMENT = { ...SIGN_IN, kind: 'ENROLLMENT' } as const

test('8.6: a ticket that demands an enrolment stands for its holder until they have a factor', async () => {
  const login = { asks: 'ENROLLMENT' } as const
  const getAccount = async () => account([])

  expect(await holderOf(ENROLLMENT, { login, getAccount })).toEqual({ userId: 'usr_ada', methods: ['TOTP'] })
  expect(await holderOf(ENROLLMENT, { login })).toBeNull()
  expect(await holderOf(ENROLLMENT, { getAccount })).toBeNull()
  expect(await holderOf(SIGN_IN, { login, getAccount })).toBeNull()
})

test.each<[string, Parameters<typeof holderOf>[0], Parameters<typeof holderOf>[1]]>([
  ['that was made up', { ...SIGN_IN, ticket: 'made up' }, {}],
  ['of the other kind', { ...SIGN_IN, ticket: 'step-up' }, {}],
  ['that asks for something else', SIGN_IN, { login: { asks: 'PASSWORD_CHANGE' } }],
  ['of another session', { ...STEP_UP, sessionId: 'ses_2' }, {}],
  ['that nobody shows who is signed in', { ...STEP_UP, sessionId: null }, {}],
  ['of somebody who is gone', SIGN_IN, { getAccount: async () => null }],
  [
    'of somebody who is disabled',
    STEP_UP,
    { getAccount: async () => ({ ...account(['OTP_SMS']), status: 'DISABLED' }) },
  ],
])('4.3: a ticket %s stands for nobody', async (_, shown, world) => {
  expect(await holderOf(shown, world)).toBeNull()
})
