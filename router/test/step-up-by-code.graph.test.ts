import {
  CreateUserDocument,
  GenerateOtpDocument,
  RefreshTokenDocument,
  RemovePasswordDocument,
  SetPasswordDocument,
  UpdateUserDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { codeIn, mailTo } from './seed/inbox.js'
import { beginStepUp, completeStepUp, textedGrant } from './seed/numbers.js'
import { someAdmin } from './seed/operators.js'
import { login, someNumber, somePerson, someVerified, type Tokens } from './seed/people.js'

const payloadOf = ({ data }: Answered, field: string) => data[field] as unknown as Record<string, never>

let staff: string
beforeAll(async () => {
  staff = (await someAdmin()).session.tokens.accessToken
}, 60_000)

const generate = (input: object, token?: string) =>
  ask(GenerateOtpDocument, { variables: { input }, ...(token && { token }) })

/** Somebody whose addresses staff have vouched for, and who has chosen no password: signed in by a mailed code. */
async function someWithoutPassword() {
  const [{ email, ip }, phoneNumber] = [somePerson(), someNumber()]
  const created = await ask(CreateUserDocument, {
    ...{ token: staff, variables: { input: { email, sendInvitation: false } } },
  })
  const { id } = payloadOf(created, 'createUser')['user'] as unknown as { id: string }
  const vouched = { emailVerified: true, phoneNumber, phoneNumberVerified: true }
  await ask(UpdateUserDocument, { token: staff, variables: { id, input: vouched } })

  const sent = await generate({ purpose: 'LOGIN', channel: 'EMAIL', identifier: { email } })
  const { challengeId } = payloadOf(sent, 'generateOtp')
  const code = codeIn(await mailTo(email, /one-time code/i))
  const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
  const { grant } = payloadOf(valid, 'validateOtp')
  const signedIn = await login({ identifier: { email }, grant, tokenDelivery: 'BODY' }, ip)
  const { tokens } = payloadOf(signedIn, 'login')['result'] as unknown as { tokens: Tokens }
  return { email, ip, phoneNumber, tokens, token: tokens.accessToken }
}

describe('who has neither a password nor a factor', () => {
  test('8.6: proves themselves again by a code to what is proved, and can set a password then', async () => {
    const { email, ip, phoneNumber, token } = await someWithoutPassword()

    const { stepUpTicket, methods } = await beginStepUp(token)
    const sent = await generate({ purpose: 'MFA', channel: 'SMS', stepUpTicket }, token)
    const grant = await textedGrant(sent, phoneNumber)
    const stepped = await completeStepUp(token, { stepUpTicket, method: 'OTP_SMS', grant })
    const again = await completeStepUp(stepped.tokens?.accessToken ?? '', {
      stepUpTicket,
      method: 'OTP_SMS',
      grant,
    })
    const newPassword = `plum ${email} kettle`
    const set = await ask(SetPasswordDocument, {
      ...{ token: stepped.tokens?.accessToken ?? '', variables: { input: { newPassword } } },
    })
    const byPassword = await login({ identifier: { email }, password: newPassword }, ip)

    expect(methods).toEqual(['OTP_EMAIL', 'OTP_SMS'])
    expect(stepped).toMatchObject({
      session: { assurance: 'AAL1', methods: ['OTP_EMAIL', 'OTP_SMS'] },
      userErrors: [],
    })
    expect(again).toMatchObject({ userErrors: [{ code: 'EXPIRED', field: ['stepUpTicket'] }] })
    expect(set.data).toMatchObject({ setPassword: { userErrors: [] } })
    expect(byPassword.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('8.6: is also who has done away with their password', async () => {
    const ada = await someVerified()
    const token = (await ada.signIn()).tokens.accessToken
    const removed = await ask(RemovePasswordDocument, { token })

    const { stepUpTicket, methods } = await beginStepUp(token)
    const sent = await generate({ purpose: 'MFA', channel: 'EMAIL', stepUpTicket }, token)
    const { challengeId } = payloadOf(sent, 'generateOtp')
    const code = codeIn(await mailTo(ada.email, /one-time code/i))
    const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
    const { grant } = payloadOf(valid, 'validateOtp')
    const stepped = await completeStepUp(token, { stepUpTicket, method: 'OTP_EMAIL', grant })

    expect(removed.data).toMatchObject({ removePassword: { userErrors: [] } })
    expect(methods).toEqual(['OTP_EMAIL'])
    expect(stepped.session).toMatchObject({ assurance: 'AAL1', methods: ['PASSWORD', 'OTP_EMAIL'] })
  })

  test('8.6: is asked for the password once there is one, and a mail is not sent for it', async () => {
    const { email, tokens, token } = await someWithoutPassword()
    const before = await beginStepUp(token)
    await ask(SetPasswordDocument, { token, variables: { input: { newPassword: `plum ${email} kettle` } } })
    const answer = await ask(RefreshTokenDocument, {
      variables: { input: { refreshToken: tokens.refreshToken } },
    })
    const { accessToken } = payloadOf(answer, 'refreshToken')['tokens'] as unknown as Tokens

    const after = await beginStepUp(accessToken)
    const sent = await generate(
      { purpose: 'MFA', channel: 'EMAIL', stepUpTicket: after.stepUpTicket },
      accessToken,
    )
    const withOldTicket = await generate(
      { purpose: 'MFA', channel: 'SMS', stepUpTicket: before.stepUpTicket },
      accessToken,
    )

    expect(after.methods).toEqual(['PASSWORD'])
    for (const { data } of [sent, withOldTicket]) {
      expect(data).toMatchObject({ generateOtp: { userErrors: [{ code: 'INVALID', field: ['channel'] }] } })
    }
  })
})
