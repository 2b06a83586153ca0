import {
  CompleteLoginDocument,
  ConfirmPhoneChangeDocument,
  DisableTotpDocument,
  GenerateOtpDocument,
  MyMfaDocument,
  RequestPhoneChangeDocument,
  SetOtpFactorDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { type Answered, ask } from './seed/ask.js'
import { someWithApp } from './seed/authenticator.js'
import { codeIn, mailTo, textsTo, textTo } from './seed/inbox.js'
import {
  beginStepUp,
  completeStepUp,
  type PutNumber,
  renewed,
  someStaff,
  someWithNumber,
  textedGrant,
} from './seed/numbers.js'
import { login, type Person, someNumber, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

type Pending = { __typename: string; loginTicket: string; methods: string[] }

const SESSION = '{ currentSession { assurance methods } }'

const payloadOf = ({ data }: Answered, field: string) => data[field] as unknown as Record<string, never>
const refusal = (code: string, field: string) => ({ userErrors: [{ code, field: [field] }] })

let putNumber: PutNumber
beforeAll(async () => {
  putNumber = await someStaff()
}, 60_000)

const setFactor = (token: string, input: object = {}) =>
  ask(SetOtpFactorDocument, { token, variables: { input: { kind: 'SMS', enabled: true, ...input } } })

/** Somebody who has just asked for a text at each sign-in. */
async function someWithTexts() {
  const person = await someWithNumber(putNumber)
  const enrolled = await setFactor(person.token)
  const recoveryCodes = payloadOf(enrolled, 'setOtpFactor')['recoveryCodes'] as unknown as string[]
  return { ...person, enrolled, recoveryCodes }
}

async function halfSignedIn({ email, password, ip }: Person, shown: object = { password }): Promise<Pending> {
  const answer = await login({ identifier: { email }, tokenDelivery: 'BODY', ...shown }, ip)
  return payloadOf(answer, 'login')['result'] as unknown as Pending
}

const generate = (input: object, token?: string) =>
  ask(GenerateOtpDocument, {
    variables: { input: { purpose: 'MFA', channel: 'SMS', ...input } },
    ...(token && { token }),
  })

const complete = (loginTicket: string, input: object) =>
  ask(CompleteLoginDocument, { variables: { input: { loginTicket, ...input } } })

const byText = (grant: string) => ({ method: 'OTP_SMS', grant })

const tokenOf = (answer: Answered): string => {
  const { result } = payloadOf(answer, 'completeLogin') as unknown as {
    result: { tokens: { accessToken: string } }
  }
  return result.tokens.accessToken
}

describe('texts as second factor', () => {
  test('8.5, 4.1: bring recovery codes, outdate tokens, and their owner is told', async () => {
    const { ada, token, tokens, number, enrolled, recoveryCodes } = await someWithTexts()

    const refusedAfter = await untilRefused(token)
    const mfa = await ask(MyMfaDocument, { token: await renewed(tokens) })

    expect(recoveryCodes).toHaveLength(10)
    expect(enrolled.data).toMatchObject({
      setOtpFactor: { user: { mfa: { enabled: true } }, userErrors: [] },
    })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(mfa.data).toMatchObject({
      me: {
        mfa: {
          factors: [{ kind: 'SMS', destinationMasked: `+•••${number.slice(-2)}`, lastUsedAt: null }],
          recoveryCodesRemaining: 10,
        },
      },
    })
    await mailTo(ada.email, /how you sign in has changed/i)
  })

  test('8.6: are asked for at the next sign-in, and sign in at AAL2; a grant is good for one sign-in alone', async () => {
    const { ada, tokens, number } = await someWithTexts()
    const [half, other] = [await halfSignedIn(ada), await halfSignedIn(ada)]
    const stepUp = await beginStepUp(await renewed(tokens))

    const sent = await generate({ loginTicket: half.loginTicket })
    const grant = await textedGrant(sent, number)
    const elsewhere = await complete(other.loginTicket, byText(grant))
    const inStepUp = await completeStepUp(await renewed(tokens), {
      ...{ stepUpTicket: stepUp.stepUpTicket, ...byText(grant) },
    })
    const asLogin = await login({ identifier: { email: ada.email }, grant }, ada.ip)
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => complete(half.loginTicket, byText(grant))),
    )
    const signedIn = outcomes.filter((outcome) => payloadOf(outcome, 'completeLogin')['result'] !== null)
    const again = await complete(half.loginTicket, byText(grant))

    expect(half.methods).toEqual(['OTP_SMS', 'RECOVERY_CODE'])
    expect(payloadOf(sent, 'generateOtp')).toMatchObject({
      ...{ destinationMasked: `+•••${number.slice(-2)}`, resendAfter: 60, userErrors: [] },
    })
    expect(elsewhere.data).toMatchObject({ completeLogin: refusal('EXPIRED', 'grant') })
    expect(stepUp.methods).toEqual(['OTP_SMS'])
    expect(inStepUp).toMatchObject(refusal('EXPIRED', 'grant'))
    expect(asLogin.data).toMatchObject({ login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } })
    expect(signedIn).toHaveLength(1)
    expect(again.data).toMatchObject({ completeLogin: refusal('EXPIRED', 'loginTicket') })
    const token = tokenOf(signedIn[0] as Answered) // counted above
    expect((await ask(SESSION, { token })).data).toEqual({
      currentSession: { assurance: 'AAL2', methods: ['PASSWORD', 'OTP_SMS'] },
    })
    expect((await ask(MyMfaDocument, { token })).data).toMatchObject({
      me: { mfa: { factors: [{ lastUsedAt: expect.any(String) }] } },
    })
  })

  test('8.6: are no second factor behind a text that was the first', async () => {
    const { ada, number } = await someWithTexts()
    const first = await ask(GenerateOtpDocument, {
      variables: { input: { purpose: 'LOGIN', channel: 'SMS', identifier: { phoneNumber: number } } },
    })
    const grant = await textedGrant(first, number)
    const answer = await login({ identifier: { phoneNumber: number }, grant }, ada.ip)
    const { methods, loginTicket } = payloadOf(answer, 'login')['result'] as unknown as Pending

    expect(methods).toEqual(['RECOVERY_CODE'])
    expect((await generate({ loginTicket })).data).toMatchObject({
      generateOtp: refusal('INVALID', 'channel'),
    })
    expect((await complete(loginTicket, byText(grant))).data).toMatchObject({
      completeLogin: refusal('NOT_ENROLLED', 'method'),
    })
  })

  test('are taken away after a fresh proof by one, and the recovery codes with them', async () => {
    const { ada, tokens, number } = await someWithTexts()
    const token = await renewed(tokens)

    const byPassword = await setFactor(token, { enabled: false })
    const { stepUpTicket } = await beginStepUp(token)
    const withPassword = await completeStepUp(token, {
      stepUpTicket,
      method: 'PASSWORD',
      password: ada.password,
    })
    const grant = await textedGrant(await generate({ stepUpTicket }, token), number)
    const stepped = await completeStepUp(token, { stepUpTicket, ...byText(grant) })
    const removed = await setFactor(stepped.tokens?.accessToken ?? '', { enabled: false })
    const signedIn = await ada.signIn()

    expect(byPassword.errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'STEP_UP_REQUIRED', methods: ['OTP_SMS'], assurance: 'AAL2' },
    ])
    expect(withPassword).toMatchObject(refusal('INVALID', 'method'))
    expect(stepped.session).toMatchObject({ assurance: 'AAL2', methods: ['PASSWORD', 'OTP_SMS'] })
    expect(removed.data).toMatchObject({
      setOtpFactor: {
        user: { mfa: { enabled: false, factors: [], recoveryCodesRemaining: 0 } },
        userErrors: [],
      },
    })
    expect(signedIn.sessionId).toMatch(/^ses_/)
  })

  test('are for a number that is proved, and an app is none of them', async () => {
    const { tokens } = await (await someVerified()).signIn()

    const [none, app, absent] = [
      await setFactor(tokens.accessToken),
      await setFactor(tokens.accessToken, { kind: 'TOTP' }),
      await setFactor(tokens.accessToken, { enabled: false }),
    ]

    expect(none.data).toMatchObject({ setOtpFactor: refusal('VERIFICATION_REQUIRED', 'kind') })
    expect(app.data).toMatchObject({ setOtpFactor: refusal('INVALID', 'kind') })
    expect(absent.data).toMatchObject({ setOtpFactor: refusal('NOT_ENROLLED', 'kind') })
  })
})

describe('the number that texts go to', () => {
  test('8.6, 9.4: is the new one after its owner has changed it, with a fresh proof by the old, and the old is none any more', async () => {
    const { ada, userId, tokens, number } = await someWithTexts()
    const token = await renewed(tokens)
    const { stepUpTicket } = await beginStepUp(token)
    const grant = await textedGrant(await generate({ stepUpTicket }, token), number)
    const stepped = await completeStepUp(token, { stepUpTicket, ...byText(grant) })
    const fresh = stepped.tokens?.accessToken ?? ''

    const newPhoneNumber = someNumber()
    const requested = await ask(RequestPhoneChangeDocument, {
      ...{ token: fresh, variables: { input: { newPhoneNumber } } },
    })
    const { change, challengeId } = payloadOf(requested, 'requestPhoneChange') as unknown as {
      change: { id: string }
      challengeId: string
    }
    const code = codeIn(await textTo(newPhoneNumber))
    const proved = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
    const input = { changeId: change.id, grant: payloadOf(proved, 'validateOtp')['grant'] }
    await ask(ConfirmPhoneChangeDocument, { token: fresh, variables: { input } })
    const shown = await eventually(async () => {
      const { data } = await ask(MyMfaDocument, { token: fresh })
      return JSON.stringify(data).includes(`+•••${newPhoneNumber.slice(-2)}`)
    })
    const half = await halfSignedIn(ada)
    const sent = await generate({ loginTicket: half.loginTicket })
    await putNumber(userId, number)
    const back = await generate({ loginTicket: (await halfSignedIn(ada)).loginTicket })

    expect(shown).toBe(true)
    // It had its text of this minute; a number that is none of theirs would be told so instead.
    expect(sent.data).toMatchObject({ generateOtp: refusal('RATE_LIMITED', 'channel') })
    expect(back.data).toMatchObject({ generateOtp: refusal('NOT_ENROLLED', 'channel') })
  })

  test('8.6: is never one that staff have put there; a recovery code is the way in then', async () => {
    const { ada, userId, recoveryCodes } = await someWithTexts()
    const other = await putNumber(userId)

    const half = await halfSignedIn(ada)
    const sent = await generate({ loginTicket: half.loginTicket })
    const recovered = await complete(half.loginTicket, { method: 'RECOVERY_CODE', code: recoveryCodes[0] })
    const again = await setFactor(tokenOf(recovered))
    const after = await generate({ loginTicket: (await halfSignedIn(ada)).loginTicket })

    expect(half.methods).toEqual(['OTP_SMS', 'RECOVERY_CODE'])
    expect(sent.data).toMatchObject({ generateOtp: refusal('NOT_ENROLLED', 'channel') })
    expect(again.data).toMatchObject({ setOtpFactor: { recoveryCodes: null, userErrors: [] } })
    expect(after.data).toMatchObject({ generateOtp: { challengeId: expect.any(String), userErrors: [] } })
    await textTo(other)
    expect(await textsTo(other)).toHaveLength(1)
  })
})

describe('a code for what goes on by a ticket', () => {
  test.each([
    ['none', {}, 'REQUIRED', 'loginTicket'],
    ['one of a sign-in that was made up', { loginTicket: 'x'.repeat(43) }, 'EXPIRED', 'loginTicket'],
    ['one of a step-up that was made up', { stepUpTicket: 'e30.e30.e30' }, 'EXPIRED', 'stepUpTicket'],
  ])('4.3: is not sent for %s', async (_, input, code, field) => {
    expect((await generate(input)).data).toMatchObject({ generateOtp: refusal(code, field) })
  })

  test('4.3: is not sent for a step-up of another session, nor for nobody', async () => {
    const { ada, tokens, number } = await someWithTexts()
    const { stepUpTicket } = await beginStepUp(await renewed(tokens))
    const stranger = await (await someVerified()).signIn()

    const answers = [
      await generate({ stepUpTicket }),
      await generate({ stepUpTicket }, stranger.tokens.accessToken),
    ]
    await mailTo(ada.email, /how you sign in has changed/i)

    for (const { data } of answers)
      expect(data).toMatchObject({ generateOtp: refusal('EXPIRED', 'stepUpTicket') })
    expect(await textsTo(number)).toEqual([])
  })

  test('8.6: never goes to a mailbox, and not by text to who has an app alone', async () => {
    const [{ ada }, texting] = [await someWithApp(), await someWithTexts()]
    const [byApp, byTexts] = [await halfSignedIn(ada), await halfSignedIn(texting.ada)]

    const answers = [
      await generate({ loginTicket: byApp.loginTicket }),
      await generate({ loginTicket: byTexts.loginTicket, channel: 'EMAIL' }),
    ]

    for (const { data } of answers) expect(data).toMatchObject({ generateOtp: refusal('INVALID', 'channel') })
  })
})

test('8.6: who has an app too is offered it first, and a text does not take it away', async () => {
  const { ada, userId, token: old, app } = await someWithApp()
  const number = await putNumber(userId)
  const { stepUpTicket } = await beginStepUp(old)
  const stepped = await completeStepUp(old, { stepUpTicket, method: 'TOTP', code: app.now() })
  const added = await setFactor(stepped.tokens?.accessToken ?? '')

  const half = await halfSignedIn(ada)
  const grant = await textedGrant(await generate({ loginTicket: half.loginTicket }), number)
  const token = tokenOf(await complete(half.loginTicket, byText(grant)))
  const removed = await ask(DisableTotpDocument, { token })

  expect(added.data).toMatchObject({ setOtpFactor: { recoveryCodes: null, userErrors: [] } })
  expect(half.methods).toEqual(['TOTP', 'OTP_SMS', 'RECOVERY_CODE'])
  expect((await ask(SESSION, { token })).data).toMatchObject({ currentSession: { assurance: 'AAL2' } })
  expect(removed.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'STEP_UP_REQUIRED', methods: ['TOTP'] },
  ])
})
