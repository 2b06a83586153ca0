import { randomUUID } from 'node:crypto'
import {
  ConfirmEmailChangeDocument,
  GenerateOtpDocument,
  RequestEmailChangeDocument,
  RevertContactChangeDocument,
  ValidateOtpDocument,
  VerifyPhoneDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { codeIn, mailTo, textSaying, textsTo, textTo, tokenIn } from './seed/inbox.js'
import { login, register, someClient, someNumber, somePerson, someRegistered, verify } from './seed/people.js'

type Payload = Record<string, string & { code: string }[]>
const payloadOf = ({ data }: Answered, field: string) => data[field] as unknown as Payload

const validate = (challengeId: unknown, code: string) =>
  ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })

const verifyPhone = (grant: unknown) => ask(VerifyPhoneDocument, { variables: { input: { grant } } })

/** Somebody who has registered by number and got a code. */
async function someCaller() {
  const { password, username, ip } = somePerson()
  const phoneNumber = someNumber()
  const registered = await register({ phoneNumber, username, password }, ip)
  const { challengeId } = payloadOf(registered, 'register')
  return { phoneNumber, username, password, ip, registered, challengeId }
}

/** Somebody whose number is proved. */
async function someProved() {
  const caller = await someCaller()
  const valid = await validate(caller.challengeId, codeIn(await textTo(caller.phoneNumber)))
  const verified = await verifyPhone(payloadOf(valid, 'validateOtp')['grant'])
  const signIn = (input = {}) =>
    login({ identifier: { phoneNumber: caller.phoneNumber }, password: caller.password, ...input }, caller.ip)
  return { ...caller, verified, signIn }
}

/** A mail of somebody else's, asked for later, shows that the queue has been worked through. */
async function allIsSent() {
  const later = await someRegistered()
  await mailTo(later.email, /welcome/i)
}

describe('an account by telephone number', () => {
  test('registers, hands the texted code in, verifies and signs in by the number', async () => {
    const ada = await someProved()

    const signedIn = await ada.signIn({ tokenDelivery: 'BODY' })

    expect(payloadOf(ada.registered, 'register')).toEqual({
      ...{ user: null, nextStep: 'VERIFY_PHONE', userErrors: [], resendAfter: 60 },
      challengeId: expect.stringMatching(/^chl_/),
      challengeExpiresAt: expect.any(String),
    })
    expect(payloadOf(ada.verified, 'verifyPhone')).toEqual({
      user: { id: expect.any(String), phoneNumberVerified: true },
      userErrors: [],
    })
    const { result } = payloadOf(signedIn, 'login') as unknown as {
      result: { tokens: { accessToken: string } }
    }
    const me = await ask('{ me { status username email phoneNumber phoneNumberVerified } }', {
      token: result.tokens.accessToken,
    })
    expect(me.data).toEqual({
      me: {
        ...{ status: 'ACTIVE', username: ada.username, email: null },
        ...{ phoneNumber: ada.phoneNumber, phoneNumberVerified: true },
      },
    })
  })

  test('9.3: the text holds the code and no name', async () => {
    const { phoneNumber, username } = await someCaller()

    const { text } = await textTo(phoneNumber)

    expect(text).toMatch(/^\d{6} is your code for Usergraph\./)
    expect(text).not.toContain(username)
  })

  test('7.4: before the number is proved the right password is INVALID_CREDENTIALS', async () => {
    const { phoneNumber, password, ip } = await someCaller()

    const refused = await login({ identifier: { phoneNumber }, password }, ip)

    expect(payloadOf(refused, 'login')).toMatchObject({ userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
  })

  test('8.3: a number that has just had a code gets no other, proved or not, and nothing changes', async () => {
    const ada = await someProved()
    const again = await register({ phoneNumber: ada.phoneNumber, password: ada.password })

    expect(payloadOf(again, 'register')).toMatchObject({
      userErrors: [{ code: 'RATE_LIMITED', field: ['phoneNumber'], retryAfter: expect.any(Number) }],
    })
    await allIsSent()
    expect(await textsTo(ada.phoneNumber)).toHaveLength(1)
    expect(payloadOf(await ada.signIn(), 'login')).toMatchObject({ userErrors: [] })
  })

  test('8.1: a code sent for an account that is verified goes to nobody', async () => {
    const { phoneNumber } = await someProved()
    const { phoneNumber: unknown } = { phoneNumber: someNumber() }
    const input = (number: string) => ({
      ...{ purpose: 'PHONE_VERIFICATION', channel: 'SMS', identifier: { phoneNumber: number } },
    })

    const stranger = await ask(GenerateOtpDocument, { variables: { input: input(unknown) } })
    const known = await ask(GenerateOtpDocument, { variables: { input: input(phoneNumber) } })

    expect(payloadOf(stranger, 'generateOtp')).toMatchObject({
      ...{ challengeId: expect.any(String), userErrors: [] },
      destinationMasked: `+•••${unknown.slice(-2)}`,
    })
    expect(payloadOf(known, 'generateOtp')).toMatchObject({ userErrors: [{ code: 'RATE_LIMITED' }] })
    await allIsSent()
    expect(await textsTo(unknown)).toEqual([])
  })

  test('8.2: a wrong code is told, the grant works once, and neither signs anyone in', async () => {
    const { challengeId, phoneNumber } = await someCaller()
    const right = codeIn(await textTo(phoneNumber))
    const wrong = right === '000000' ? '000001' : '000000'

    const refused = await validate(challengeId, wrong)
    const valid = await validate(challengeId, right)
    const grant = payloadOf(valid, 'validateOtp')['grant']
    const first = await verifyPhone(grant)
    const second = await verifyPhone(grant)

    expect(payloadOf(refused, 'validateOtp')).toMatchObject({
      ...{ valid: false, attemptsRemaining: 4, userErrors: [{ code: 'INVALID_CODE' }] },
    })
    expect(payloadOf(first, 'verifyPhone')).toMatchObject({ userErrors: [] })
    expect(first.headers.getSetCookie()).toEqual([])
    expect(payloadOf(second, 'verifyPhone')).toMatchObject({
      userErrors: [{ code: 'ALREADY_USED', field: ['grant'] }],
    })
  })

  test('13.4: the same request with one key is one account and one text', async () => {
    const { password, ip } = somePerson()
    const phoneNumber = someNumber()
    const client = someClient(ip)
    const options = { idempotencyKey: randomUUID() }

    const first = await client.register({ phoneNumber, password }, options)
    const second = await client.register({ phoneNumber, password }, options)

    expect(second).toEqual(first)
    await textTo(phoneNumber)
    await allIsSent()
    expect(await textsTo(phoneNumber)).toHaveLength(1)
  })

  test('8.8: what may not be texted is refused early', async () => {
    const { password } = somePerson()
    const problemsOf = async (input: Record<string, unknown>) =>
      payloadOf(await register({ password, ...input }), 'register')['userErrors']

    for (const phoneNumber of ['0151 12345678', '+493012345678', '+499001234567', '+881612345678']) {
      expect(await problemsOf({ phoneNumber })).toMatchObject([
        { code: 'INVALID_PHONE', field: ['phoneNumber'] },
      ])
    }
  })

  test('beside an address: each is proved by its own, and both sign in', async () => {
    const { email, password, ip } = somePerson()
    const phoneNumber = someNumber()
    const registered = payloadOf(await register({ email, phoneNumber, password }, ip), 'register')
    const verified = await verify(tokenIn(await mailTo(email, /welcome/i)))
    const unproved = await login({ identifier: { phoneNumber }, password }, ip)

    const valid = await validate(registered['challengeId'], codeIn(await textTo(phoneNumber)))
    const proved = await verifyPhone(payloadOf(valid, 'validateOtp')['grant'])
    const byNumber = await login({ identifier: { phoneNumber }, password }, ip)

    expect(registered).toMatchObject({ nextStep: 'VERIFY_EMAIL', resendAfter: 60, userErrors: [] })
    expect(verified.data).toMatchObject({ verifyEmail: { user: { emailVerified: true } } })
    expect(payloadOf(unproved, 'login')).toMatchObject({ userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(payloadOf(proved, 'verifyPhone')).toMatchObject({ user: { phoneNumberVerified: true } })
    expect(payloadOf(byNumber, 'login')).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test('7.5, 9.4: its number is told of a sign-in, and of a first e-mail address, which it may undo', async () => {
    const ada = await someProved()
    const { email: newEmail } = somePerson()
    const { result } = payloadOf(await ada.signIn({ tokenDelivery: 'BODY' }), 'login') as unknown as {
      result: { tokens: { accessToken: string } }
    }
    const token = result.tokens.accessToken
    await ask(RequestEmailChangeDocument, { token, variables: { input: { newEmail } } })
    const link = tokenIn(await mailTo(newEmail, /confirm/i))
    const confirmed = await ask(ConfirmEmailChangeDocument, { variables: { input: { token: link } } })

    const alert = await textSaying(ada.phoneNumber, /signed in to your account/)
    const undo = tokenIn(await textSaying(ada.phoneNumber, /has a new email address/))
    const undone = await ask(RevertContactChangeDocument, { variables: { input: { token: undo } } })
    const byEmail = await login({ identifier: { email: newEmail }, password: ada.password }, ada.ip)

    expect(alert.text).not.toContain(ada.username)
    expect(payloadOf(confirmed, 'confirmEmailChange')).toMatchObject({ userErrors: [] })
    expect(payloadOf(undone, 'revertContactChange')).toMatchObject({ userErrors: [] })
    expect(payloadOf(byEmail, 'login')).toMatchObject({ userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(payloadOf(await ada.signIn(), 'login')).toMatchObject({ userErrors: [] })
  })

  test('the SDK does all of it', async () => {
    const { password, ip } = somePerson()
    const [phoneNumber, client] = [someNumber(), someClient(ip)]

    const { challengeId } = await client.register({ phoneNumber, password })
    const { grant } = await client.validateOtp({
      challengeId: challengeId ?? '',
      code: codeIn(await textTo(phoneNumber)),
    })
    const verified = await client.verifyPhone({ grant: grant ?? '' })
    const signedIn = await client.signIn({ identifier: { phoneNumber }, password })

    expect(verified.user?.phoneNumberVerified).toBe(true)
    expect(signedIn).toMatchObject({ userErrors: [] })
  })
})
