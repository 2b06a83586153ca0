import { decodeJwt } from 'jose'
import {
  CompleteLoginDocument,
  DisableTotpDocument,
  ForgetTrustedDeviceDocument,
  MyMfaDocument,
  MyTrustedDevicesDocument,
  RegenerateRecoveryCodesDocument,
  ResetUserMfaDocument,
} from '../../sdk/__generated__/operations.js'
import { ask } from './seed/ask.js'
import { enrolApp, renewed, someWithApp } from './seed/authenticator.js'
import { mailTo } from './seed/inbox.js'
import { someAdmin } from './seed/operators.js'
import { login, type Person, type Tokens } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

type Pending = { __typename: string; loginTicket: string; methods: string[]; expiresAt: string }

/** The right password, which is not enough. */
async function halfSignedIn({ email, password, ip }: Person): Promise<Pending> {
  const answer = await login({ identifier: { email }, password, tokenDelivery: 'BODY' }, ip)
  return (answer.data['login'] as unknown as { result: Pending }).result
}

const complete = (loginTicket: string, code: string, method = 'TOTP') =>
  ask(CompleteLoginDocument, { variables: { input: { loginTicket, code, method } } })

const tokensOf = ({ data }: Awaited<ReturnType<typeof ask>>) =>
  (data['completeLogin'] as unknown as { result: { tokens: Tokens } }).result.tokens

const tokenOf = (answer: Awaited<ReturnType<typeof ask>>) => tokensOf(answer).accessToken

describe('an authenticator app', () => {
  test('8.4: is asked for at the next sign-in, and signs in at AAL2; its owner is told', async () => {
    const { ada, token, app, confirmed, recoveryCodes, shown } = await someWithApp()

    const half = await halfSignedIn(ada)
    const wrong = await complete(half.loginTicket, '000000')
    const right = await complete(half.loginTicket, app.now())
    const session = await ask('{ currentSession { assurance methods } }', { token: tokenOf(right) })
    const mfa = await ask(MyMfaDocument, { token })

    expect(confirmed.data).toMatchObject({
      confirmTotpEnrollment: { user: { mfa: { enabled: true } }, userErrors: [] },
    })
    expect(recoveryCodes).toHaveLength(10)
    expect(new URL(shown.otpauthUri ?? '').searchParams.get('secret')).toBe(shown.secret)
    expect(decodeURIComponent(shown.otpauthUri ?? '')).toContain(ada.email)
    expect(shown.qrSvg).toMatch(/^<svg .*<\/svg>$/s)
    expect(half).toEqual({
      ...{ __typename: 'SecondFactorRequired', methods: ['TOTP', 'RECOVERY_CODE'] },
      ...{ loginTicket: expect.any(String), expiresAt: expect.any(String) },
    })
    expect(wrong.data).toMatchObject({
      completeLogin: { result: null, userErrors: [{ code: 'INVALID_CODE', field: ['code'] }] },
    })
    expect(session.data).toEqual({ currentSession: { assurance: 'AAL2', methods: ['PASSWORD', 'TOTP'] } })
    expect(mfa.data).toMatchObject({
      me: {
        mfa: {
          enabled: true,
          factors: [{ kind: 'TOTP' }],
          recoveryCodesRemaining: 10,
          requiredByPolicy: false,
        },
      },
    })
    await mailTo(ada.email, /how you sign in has changed/i)
  })

  test('8.4, 8.7: a code is good once, and so is a ticket', async () => {
    const { ada, app } = await someWithApp()
    const [one, other] = [await halfSignedIn(ada), await halfSignedIn(ada)]
    const code = app.now()

    const first = await complete(one.loginTicket, code)
    const replayed = await complete(other.loginTicket, code)
    const spent = await complete(one.loginTicket, code)

    expect(first.data).toMatchObject({ completeLogin: { result: { __typename: 'LoginSuccess' } } })
    expect(replayed.data).toMatchObject({ completeLogin: { userErrors: [{ code: 'INVALID_CODE' }] } })
    expect(spent.data).toMatchObject({
      completeLogin: { userErrors: [{ code: 'EXPIRED', field: ['loginTicket'] }] },
    })
  })

  test('8.6, 4.1: is what a step-up asks for from now on, and what takes it away', async () => {
    const { token, before, app } = await someWithApp()

    const refusedAfter = await untilRefused(before)
    const byPassword = await ask(DisableTotpDocument, { token })
    const begun = await ask('mutation { beginStepUp(input: {}) { stepUpTicket methods } }', { token })
    const { stepUpTicket, methods } = begun.data['beginStepUp'] as unknown as {
      stepUpTicket: string
      methods: string[]
    }
    const stepped = await ask(
      'mutation($input: CompleteStepUpInput!) { completeStepUp(input: $input) { tokens { accessToken } session { assurance } userErrors { code } } }',
      { token, variables: { input: { stepUpTicket, method: 'TOTP', code: app.now() } } },
    )
    const { tokens, session } = stepped.data['completeStepUp'] as unknown as {
      tokens: { accessToken: string }
      session: { assurance: string }
    }
    const removed = await ask(DisableTotpDocument, { token: tokens.accessToken })

    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(byPassword.codes).toEqual(['STEP_UP_REQUIRED'])
    expect(methods).toEqual(['TOTP'])
    expect(session.assurance).toBe('AAL2')
    expect(removed.data).toMatchObject({
      disableTotp: {
        user: { mfa: { enabled: false, factors: [], recoveryCodesRemaining: 0 } },
        userErrors: [],
      },
    })
  })
})

describe('a trusted device', () => {
  test('is asked for a password alone, until it is forgotten', async () => {
    const { ada, app } = await someWithApp()
    const half = await halfSignedIn(ada)
    const trusting = await ask(CompleteLoginDocument, {
      ...{
        variables: {
          input: { loginTicket: half.loginTicket, code: app.now(), method: 'TOTP', trustDevice: true },
        },
      },
    })
    const { tokens } = (
      trusting.data['completeLogin'] as unknown as {
        result: { tokens: { accessToken: string; deviceToken: string } }
      }
    ).result
    const { accessToken: token, deviceToken } = tokens

    const here = await ada.signIn({ deviceToken })
    const elsewhere = await halfSignedIn(ada)
    const listed = await ask(MyTrustedDevicesDocument, { token })
    const [device] = (listed.data['me'] as unknown as { trustedDevices: { id: string }[] }).trustedDevices
    const forgotten = await ask(ForgetTrustedDeviceDocument, { token, variables: { id: device?.id } })
    const after = await login(
      { identifier: { email: ada.email }, password: ada.password, tokenDelivery: 'BODY', deviceToken },
      ada.ip,
    )

    expect(here.isNewDevice).toBe(false)
    expect(elsewhere.__typename).toBe('SecondFactorRequired')
    expect(forgotten.data).toMatchObject({ forgetTrustedDevice: { accepted: true } })
    expect(after.data).toMatchObject({ login: { result: { __typename: 'SecondFactorRequired' } } })
  })
})

describe('recovery codes', () => {
  test('8.5: each signs in once, and new ones end all of the old', async () => {
    const { ada, recoveryCodes } = await someWithApp()
    const [used = '', left = ''] = recoveryCodes
    const [one, two, three] = [await halfSignedIn(ada), await halfSignedIn(ada), await halfSignedIn(ada)]

    const right = await complete(one.loginTicket, used.toUpperCase(), 'RECOVERY_CODE')
    const again = await complete(two.loginTicket, used, 'RECOVERY_CODE')
    const renewed = await ask(RegenerateRecoveryCodesDocument, { token: tokenOf(right) })
    const old = await complete(three.loginTicket, left, 'RECOVERY_CODE')
    const [fresh = ''] = (renewed.data['regenerateRecoveryCodes'] as unknown as { recoveryCodes: string[] })
      .recoveryCodes
    const byNew = await complete(three.loginTicket, fresh, 'RECOVERY_CODE')

    expect(right.data).toMatchObject({
      completeLogin: { result: { session: { assurance: 'AAL2', methods: ['PASSWORD', 'RECOVERY_CODE'] } } },
    })
    expect(again.data).toMatchObject({ completeLogin: { userErrors: [{ code: 'INVALID_CODE' }] } })
    expect(old.data).toMatchObject({ completeLogin: { userErrors: [{ code: 'INVALID_CODE' }] } })
    expect(byNew.data).toMatchObject({ completeLogin: { result: { __typename: 'LoginSuccess' } } })
  })
})

describe('who has lost every factor', () => {
  test('is helped by an administrator, after whom a password is enough', async () => {
    const [{ ada, userId }, operator] = [await someWithApp(), await someAdmin()]
    const token = operator.session.tokens.accessToken
    const reset = (id: string) =>
      ask(ResetUserMfaDocument, { token, variables: { userId: id, reason: 'lost telephone' } })

    const done = await reset(userId)
    const again = await reset(userId)
    const signedIn = await ada.signIn()

    expect(done.data).toMatchObject({ resetUserMfa: { user: { mfa: { enabled: false } }, userErrors: [] } })
    expect(again.data).toMatchObject({
      resetUserMfa: { userErrors: [{ code: 'NOT_ENROLLED', field: ['userId'] }] },
    })
    expect(signedIn.userId).toBe(userId)
    await mailTo(ada.email, /how you sign in has changed/i, 2)
  })

  test('8.6: a session that showed the factor that was taken away counts as one that showed none, also once there is another', async () => {
    const [{ ada, userId, app }, operator] = [await someWithApp(), await someAdmin()]
    const signedIn = await complete((await halfSignedIn(ada)).loginTicket, app.now())
    const thief = await renewed(tokensOf(signedIn))
    const variables = { userId, reason: 'lost telephone' }
    await ask(ResetUserMfaDocument, { token: operator.session.tokens.accessToken, variables })

    const after = await renewed(thief)
    const { tokens } = await ada.signIn()
    await enrolApp(tokens.accessToken)
    const { accessToken: token } = await renewed(after)

    expect(decodeJwt(thief.accessToken)).toMatchObject({ acr: 'aal2' })
    expect(decodeJwt(after.accessToken)).toMatchObject({ acr: 'aal1' })
    expect(decodeJwt(token)).toMatchObject({ acr: 'aal1', step_up_acr: 'aal2' })
    const { data } = await ask('{ currentSession { assurance } }', { token })
    expect(data['currentSession']).toEqual({ assurance: 'AAL1' })
  })
})
