import { ask } from '../../../router/test/seed/ask.js'
import { someWithApp } from '../../../router/test/seed/authenticator.js'
import { mailTo, tokenIn } from '../../../router/test/seed/inbox.js'
import { login, someRegistered, someVerified } from '../../../router/test/seed/people.js'
import * as sdk from '../../../sdk/__generated__/operations.js'
import { meetProvidersThatFail, writeNonsense } from './mishaps.js'
import { inviteAndRunMachines, moveHouse, useATelephone } from './moves.js'
import { act, CODE, granted, grantFor, nextPassword, refused, withKey, wrongPassword } from './steps.js'

const AT_A_TIME = 3

/** Everything that somebody does with a secret, right and wrong. Each step fails where it does not come to its end. */
export async function liveLong(remember: (kind: string, text: string) => void, failures: () => number) {
  // Several people at a time: most of the time goes into waiting for mails.
  const lives = [
    ...[signUpAndIn, useAnApp, moveHouse, inviteAndRunMachines, forgetThePassword, signInByCode],
    ...[useATelephone, stepUpAndChangeThePassword],
    ...[() => meetProvidersThatFail(failures), () => writeNonsense(remember)],
  ]
  const liveOn = async () => {
    for (let live = lives.shift(); live; live = lives.shift()) await live()
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, liveOn))
  // A mail that is asked for last shows that the queue has been worked through.
  await mailTo((await someRegistered()).email, /welcome/i)
}

async function signUpAndIn(): Promise<void> {
  const ada = await someVerified()
  const identifier = { email: ada.email }
  refused(await login({ identifier, password: wrongPassword() }, ada.ip))
  const { tokens } = await ada.signIn()
  await ada.signIn({ deviceToken: tokens.deviceToken })
  refused(await login({ identifier, password: wrongPassword(), deviceToken: tokens.deviceToken }, ada.ip))
  await ask(sdk.ValidateTokenDocument, {
    ...{ token: tokens.accessToken, variables: { token: tokens.accessToken } },
  })
  const inCookies = await login({ identifier, password: ada.password, tokenDelivery: 'COOKIE' }, ada.ip)
  const cookie = inCookies.headers.getSetCookie().map((one) => one.replace(/;.*/, ''))
  granted(inCookies)
  granted(await ask(sdk.RefreshTokenDocument, { headers: { cookie: cookie.join('; ') } }))

  const { refreshToken } = tokens
  granted(await act(sdk.RefreshTokenDocument, { refreshToken }))
  const again = granted(await act(sdk.RefreshTokenDocument, { refreshToken }))
  granted(await act(sdk.RefreshTokenDocument, { refreshToken: again.tokens.refreshToken }))
  // By now it is an old one, and whoever has it is a thief.
  refused(await act(sdk.RefreshTokenDocument, { refreshToken }))
  const { tokens: last } = await ada.signIn()
  granted(await act(sdk.LogoutDocument, { refreshToken: last.refreshToken }, last.accessToken))

  const taken = { email: ada.email, password: nextPassword() }
  granted(await act(sdk.RegisterDocument, taken, undefined, withKey()))
  const { email } = await someRegistered()
  const byCode = { purpose: 'EMAIL_VERIFICATION', channel: 'EMAIL', identifier: { email } }
  const asked = granted(await act(sdk.GenerateOtpDocument, byCode, undefined, withKey()))
  granted(await act(sdk.VerifyEmailDocument, { grant: await grantFor(asked, mailTo(email, CODE)) }))
}

async function signInByCode(): Promise<void> {
  const { email } = await someVerified()
  const identifier = { email }
  const asked = granted(
    await act(sdk.GenerateOtpDocument, { purpose: 'LOGIN', channel: 'EMAIL', identifier }),
  )
  const grant = await grantFor(asked, mailTo(email, CODE))
  granted(await login({ identifier, grant, tokenDelivery: 'BODY' }))
  refused(await login({ identifier, grant, tokenDelivery: 'BODY' }))
}

async function forgetThePassword(): Promise<void> {
  const ada = await someVerified()
  const identifier = { email: ada.email }
  granted(await act(sdk.ForgotPasswordDocument, { identifier }, undefined, withKey()))
  const token = tokenIn(await mailTo(ada.email, /reset your password/i))
  refused(await act(sdk.ResetPasswordDocument, { token, newPassword: ada.password }))
  granted(await act(sdk.ResetPasswordDocument, { token, newPassword: nextPassword() }))
  refused(await act(sdk.ResetPasswordDocument, { token, newPassword: nextPassword() }))

  const byCode = { identifier, method: 'OTP', channel: 'EMAIL' }
  const asked = granted(await act(sdk.ForgotPasswordDocument, byCode))
  const grant = await grantFor(asked, mailTo(ada.email, CODE))
  granted(await act(sdk.ResetPasswordDocument, { grant, newPassword: nextPassword() }))
  refused(await act(sdk.ResetPasswordDocument, { grant, newPassword: nextPassword() }))
}

async function useAnApp(): Promise<void> {
  const { ada, app, recoveryCodes } = await someWithApp()
  const half = async () => {
    const identifier = { email: ada.email }
    const answer = await login({ identifier, password: ada.password, tokenDelivery: 'BODY' }, ada.ip)
    return granted(answer).result.loginTicket
  }
  const loginTicket = await half()
  refused(await act(sdk.CompleteLoginDocument, { loginTicket, method: 'TOTP', code: '583920' }))
  const byApp = { loginTicket, method: 'TOTP', code: app.now(), trustDevice: true }
  const { tokens } = granted(await act(sdk.CompleteLoginDocument, byApp)).result
  await ada.signIn({ deviceToken: tokens.deviceToken })

  const [code = ''] = recoveryCodes
  const byRecovery = { loginTicket: await half(), method: 'RECOVERY_CODE' }
  refused(await act(sdk.CompleteLoginDocument, { ...byRecovery, code: 'abcd-efgh-jkmn-pqrs' }))
  const recovered = granted(await act(sdk.CompleteLoginDocument, { ...byRecovery, code })).result.tokens
  granted(await ask(sdk.RegenerateRecoveryCodesDocument, { token: recovered.accessToken }))

  const other = await someWithApp()
  const begun = granted(await act(sdk.BeginStepUpDocument, {}, other.token))
  const proof = { stepUpTicket: begun['stepUpTicket'], method: 'TOTP' }
  refused(await act(sdk.CompleteStepUpDocument, { ...proof, code: '582930' }, other.token))
  granted(await act(sdk.CompleteStepUpDocument, { ...proof, code: other.app.now() }, other.token))
}

async function stepUpAndChangeThePassword(): Promise<void> {
  const ada = await someVerified()
  const { tokens } = await ada.signIn()
  const begun = granted(await act(sdk.BeginStepUpDocument, {}, tokens.accessToken))
  const proof = { stepUpTicket: begun['stepUpTicket'], method: 'PASSWORD' }
  refused(await act(sdk.CompleteStepUpDocument, { ...proof, password: wrongPassword() }, tokens.accessToken))
  const stepped = granted(
    await act(sdk.CompleteStepUpDocument, { ...proof, password: ada.password }, tokens.accessToken),
  )
  const token = stepped.tokens.accessToken
  const change = { currentPassword: wrongPassword(), newPassword: nextPassword() }
  refused(await act(sdk.ChangePasswordDocument, change, token))
  granted(await act(sdk.ChangePasswordDocument, { ...change, currentPassword: ada.password }, token))
  refused(await act(sdk.SetPasswordDocument, { newPassword: nextPassword() }, token))
  await ask(sdk.CheckPasswordDocument, { token, variables: { password: nextPassword(), userInputs: [] } })
}
