import {
  CompleteLoginDocument,
  ForgotPasswordDocument,
  MyMfaDocument,
  ResetPasswordDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { someWithApp } from './seed/authenticator.js'
import { codeIn, mailTo, tokenIn } from './seed/inbox.js'
import { login, type Tokens } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

type LoginResult = { __typename: string; loginTicket: string; methods: string[]; tokens: Tokens }

const resultOf = ({ data }: Answered, field: 'login' | 'completeLogin') =>
  (data[field] as unknown as { result: LoginResult }).result

const signIn = async (email: string, password: string) =>
  resultOf(await login({ identifier: { email }, password, tokenDelivery: 'BODY' }), 'login')

const complete = (loginTicket: string, method: string, code: string) =>
  ask(CompleteLoginDocument, { variables: { input: { loginTicket, method, code } } })

const forgot = (email: string, input: object) =>
  ask(ForgotPasswordDocument, { variables: { input: { identifier: { email }, ...input } } })

/** What somebody's mailbox gives them to set a password with. */
const WAYS = {
  'by link': async (email: string) => {
    await forgot(email, {})
    return { token: tokenIn(await mailTo(email, /reset your password/i)) }
  },
  'by code': async (email: string) => {
    const { data } = await forgot(email, { method: 'OTP', channel: 'EMAIL' })
    const { challengeId } = data['forgotPassword'] as unknown as { challengeId: string }
    const code = codeIn(await mailTo(email, /one-time code/i))
    const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
    return { grant: (valid.data['validateOtp'] as unknown as { grant: string }).grant }
  },
}

describe.each(Object.entries(WAYS))('a password set anew %s by somebody with an app', (_, proofOf) => {
  test('4.5, 8.7, 10.3: ends every session within 5 seconds, and the second factor is asked for as before', async () => {
    const { ada, token, app, recoveryCodes } = await someWithApp()
    const [recoveryCode = ''] = recoveryCodes
    const { loginTicket } = await signIn(ada.email, ada.password)
    const other = resultOf(await complete(loginTicket, 'RECOVERY_CODE', recoveryCode), 'completeLogin')
    const newPassword = `${ada.password} anew`

    const reset = await ask(ResetPasswordDocument, {
      variables: { input: { ...(await proofOf(ada.email)), newPassword } },
    })
    const refusedAfter = await Promise.all([token, other.tokens.accessToken].map((one) => untilRefused(one)))
    const half = await signIn(ada.email, newPassword)
    const spent = await complete(half.loginTicket, 'RECOVERY_CODE', recoveryCode)
    const whole = resultOf(await complete(half.loginTicket, 'TOTP', app.now()), 'completeLogin')
    const mfa = await ask(MyMfaDocument, { token: whole.tokens.accessToken })

    expect(reset.data['resetPassword']).toMatchObject({ passwordReset: true, revokedSessionCount: 2 })
    expect(Math.max(...refusedAfter)).toBeLessThan(REVOCATION_MS)
    expect(half).toMatchObject({ __typename: 'SecondFactorRequired', methods: ['TOTP', 'RECOVERY_CODE'] })
    expect(spent.data).toMatchObject({ completeLogin: { userErrors: [{ code: 'INVALID_CODE' }] } })
    expect(mfa.data).toMatchObject({ me: { mfa: { enabled: true, recoveryCodesRemaining: 9 } } })
  })
})
