import {
  CompleteLoginDocument,
  GenerateOtpDocument,
  RequestEmailChangeDocument,
  SignInOptionsDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { someWithApp } from './seed/authenticator.js'
import { codeIn, mailsTo, mailTo } from './seed/inbox.js'
import { login, someClient, somePerson, someRegistered, someVerified } from './seed/people.js'

type Payload = Record<string, string> & { result: LoginResult | null }
type LoginResult = { __typename: string; tokens: { accessToken: string }; loginTicket: string }
const payloadOf = ({ data }: Answered, field: string) => data[field] as unknown as Payload

const CODE_MAIL = /one-time code/i
const REFUSED = { result: null, userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }] }

const askForCode = (identifier: object) =>
  ask(GenerateOtpDocument, { variables: { input: { purpose: 'LOGIN', channel: 'EMAIL', identifier } } })

/** The code of somebody's mailbox, as what it is traded for. */
async function grantOf(email: string, identifier: object = { email }): Promise<string> {
  const { challengeId } = payloadOf(await askForCode(identifier), 'generateOtp')
  const code = codeIn(await mailTo(email, CODE_MAIL))
  const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
  return payloadOf(valid, 'validateOtp')['grant'] ?? ''
}

const byGrant = (email: string, grant: string) =>
  login({ identifier: { email }, grant, tokenDelivery: 'BODY' })

const SESSION = '{ currentSession { assurance methods } me { email } }'

describe('signing in by a mailed code', () => {
  test('starts a session that says how; the grant is good once, and for nobody else', async () => {
    const [ada, bob] = [await someVerified(), await someVerified()]
    const grant = await grantOf(ada.email)

    const asBob = await byGrant(bob.email, grant)
    const signedIn = await byGrant(ada.email, grant)
    const again = await byGrant(ada.email, grant)

    const token = payloadOf(signedIn, 'login').result?.tokens.accessToken ?? ''
    expect((await ask(SESSION, { token })).data).toEqual({
      ...{ currentSession: { assurance: 'AAL1', methods: ['OTP_EMAIL'] }, me: { email: ada.email } },
    })
    expect([asBob, again].map((answer) => payloadOf(answer, 'login'))).toMatchObject([REFUSED, REFUSED])
  })

  test('8.1: goes by username as well, and neither its answers nor those for the address tell', async () => {
    const ada = await someVerified()
    const client = someClient()
    const identifier = { username: ada.username }

    const grant = await grantOf(ada.email, identifier)
    const answers = [await askForCode({ email: ada.email }), await askForCode({ username: 'nobody-at-all' })]
    const { result } = await client.signIn({ identifier, grant })

    expect(answers.map((answer) => payloadOf(answer, 'generateOtp'))).toMatchObject([
      { destinationMasked: 'p•••@a•••.test', resendAfter: 60, userErrors: [] },
      { destinationMasked: null, resendAfter: 60, userErrors: [] },
    ])
    expect(result?.__typename).toBe('LoginSuccess')
    expect(await client.me()).toMatchObject({ email: ada.email })
  })

  test('8.6: is no second factor: who has enrolled one is asked for it', async () => {
    const { ada, app } = await someWithApp()

    const half = await byGrant(ada.email, await grantOf(ada.email))
    const { __typename, loginTicket = '' } = payloadOf(half, 'login').result ?? {}
    const input = { loginTicket, method: 'TOTP', code: app.now() }
    const whole = await ask(CompleteLoginDocument, { variables: { input } })

    expect(__typename).toBe('SecondFactorRequired')
    const token = payloadOf(whole, 'completeLogin').result?.tokens.accessToken ?? ''
    expect((await ask(SESSION, { token })).data).toMatchObject({
      currentSession: { assurance: 'AAL2', methods: ['OTP_EMAIL', 'TOTP'] },
    })
  })

  test('8.6: is no fresh proof for what the password guards', async () => {
    const ada = await someVerified()
    const signedIn = await byGrant(ada.email, await grantOf(ada.email))
    const token = payloadOf(signedIn, 'login').result?.tokens.accessToken ?? ''

    const input = { newEmail: somePerson().email }
    const refused = await ask(RequestEmailChangeDocument, { token, variables: { input } })
    const begun = await ask('mutation { beginStepUp(input: {}) { methods } }', { token })

    expect(refused.errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'STEP_UP_REQUIRED', methods: ['PASSWORD'] },
    ])
    expect(begun.data).toEqual({ beginStepUp: { methods: ['PASSWORD'] } })
  })

  test('7.4: is answered alike for anyone, and a code goes only to an address that was proved', async () => {
    const [pending, nobody] = [await someRegistered(), somePerson()]

    const answers = await Promise.all([pending, nobody].map(({ email }) => askForCode({ email })))
    const later = await someVerified()
    await grantOf(later.email)

    for (const answer of answers) {
      expect(payloadOf(answer, 'generateOtp')).toEqual({
        ...{ challengeId: expect.stringMatching(/^chl_/), destinationMasked: 'p•••@a•••.test' },
        ...{ expiresAt: expect.any(String), resendAfter: 60, userErrors: [] },
      })
    }
    const mails = await Promise.all([pending, nobody].map(({ email }) => mailsTo(email)))
    expect(mails.flat().filter(({ subject }) => CODE_MAIL.test(subject))).toEqual([])
  })

  test('7.4: a made-up grant is refused as a wrong password is', async () => {
    const ada = await someVerified()

    const [wrong, madeUp, nobody] = [
      await login({ identifier: { email: ada.email }, password: 'not it at all' }),
      await byGrant(ada.email, 'e30.e30.e30'),
      await byGrant(somePerson().email, 'e30.e30.e30'),
    ]

    expect(payloadOf(wrong, 'login')).toMatchObject(REFUSED)
    expect([madeUp.data, nobody.data]).toEqual([wrong.data, wrong.data])
  })

  test('a sign-in screen is told that there are codes, and by which ways', async () => {
    const { data } = await ask(SignInOptionsDocument)

    expect(data).toMatchObject({ signInOptions: { otpChannels: ['EMAIL', 'SMS'] } })
  })
})
