import { randomUUID } from 'node:crypto'
import {
  ChangePasswordDocument,
  ForgotPasswordDocument,
  GenerateOtpDocument,
  ResetPasswordDocument,
  ValidateOtpDocument,
  VerifyPhoneDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, type Asking, ask, someNetwork } from './seed/ask.js'
import { codeIn, mailsTo, mailTo, textsTo, textTo, tokenIn } from './seed/inbox.js'
import { giveRole, someWithRole } from './seed/operators.js'
import {
  login,
  register,
  someClient,
  someNumber,
  somePerson,
  someRegistered,
  someVerified,
} from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const RESET = /reset your password/i
const CHANGED = /password was changed/i

const forgot = (email: string, input: object = {}, asking: Asking = {}): Promise<Answered> =>
  ask(ForgotPasswordDocument, { variables: { input: { identifier: { email }, ...input } }, ...asking })

type Reset = { passwordReset: boolean; revokedSessionCount: number | null; userErrors: object[] }

async function reset(token: string, newPassword: string): Promise<Reset> {
  const answer = await ask(ResetPasswordDocument, { variables: { input: { token, newPassword } } })
  return answer.data['resetPassword'] as unknown as Reset
}

/** The token of the link that somebody is mailed who forgot their password. */
async function linkOf(email: string): Promise<string> {
  await forgot(email)
  return tokenIn(await mailTo(email, RESET))
}

const signIn = async ({ email, ip }: { email: string; ip: string }, password: string) => {
  const { data } = await login({ identifier: { email }, password }, ip)
  return data['login'] as unknown as { result: { __typename: string } | null; userErrors: object[] }
}

describe('a forgotten password', () => {
  test('10.3, 4.5: is set anew by the mailed link; every session ends within 5 seconds, nobody is signed in, and the owner is told', async () => {
    const ada = await someVerified()
    const [one, two] = [await ada.signIn(), await ada.signIn()]
    const token = await linkOf(ada.email)
    const password = `${ada.password} anew`

    const done = await reset(token, password)
    const refusedAfter = await Promise.all([one, two].map(({ tokens }) => untilRefused(tokens.accessToken)))

    expect(done).toEqual({ passwordReset: true, revokedSessionCount: 2, userErrors: [] })
    expect(Math.max(...refusedAfter)).toBeLessThan(REVOCATION_MS)
    expect(await signIn(ada, ada.password)).toMatchObject({ result: null })
    expect(await signIn(ada, password)).toMatchObject({ result: { __typename: 'LoginSuccess' } })
    expect((await mailTo(ada.email, CHANGED)).text).toMatch(/was reset\. All devices were signed out/)
  })

  test('10.1: the link works once; a password that is refused, or was had before, leaves it as it was', async () => {
    const ada = await someVerified()
    const token = await linkOf(ada.email)
    const problems = (...codes: string[]) => ({
      ...{ passwordReset: false, revokedSessionCount: null },
      userErrors: codes.map((code) => expect.objectContaining({ code, field: ['newPassword'] })),
    })

    expect(await reset(token, 'password123')).toEqual(problems('PASSWORD_COMMON'))
    expect(await reset(token, ada.password)).toEqual(problems('PASSWORD_REUSED'))
    expect(await reset(token, `${ada.password} anew`)).toMatchObject({ passwordReset: true })
    expect(await reset(token, `${ada.password} again`)).toMatchObject({
      ...{ passwordReset: false, userErrors: [{ code: 'ALREADY_USED', field: ['token'] }] },
    })
  })

  test('10.3: a second request within the minute is answered like the first and mails nothing', async () => {
    const ada = await someVerified()
    const first = await forgot(ada.email)
    const second = await forgot(ada.email)
    await mailTo(ada.email, RESET)
    // A mail of somebody else's, asked for later, shows that the queue has been worked through.
    await mailTo((await someRegistered()).email, /welcome/i)

    expect(second.data).toEqual(first.data)
    expect((await mailsTo(ada.email)).filter(({ subject }) => RESET.test(subject))).toHaveLength(1)
  })

  test('7.4: who is unknown, disabled, or never verified gets the answer of everybody, and the same headers', async () => {
    const [ada, pending, support] = [
      await someVerified(),
      await someRegistered(),
      await someWithRole('support'),
    ]
    const disabled = await someVerified()
    const { userId } = await disabled.signIn()
    await ask(
      'mutation($id: ID!) { disableUser(input: { userId: $id, reason: "abuse" }) { userErrors { code } } }',
      { token: support.session.tokens.accessToken, variables: { id: userId } },
    )

    const [known, ...others] = await Promise.all(
      [ada.email, pending.email, disabled.email, somePerson().email].map((email) => forgot(email)),
    )

    const shown = ({ status, data, headers }: Answered) => [
      ...[status, data, headers.get('cache-control'), headers.get('content-length')],
    ]
    expect(known?.data).toEqual({
      forgotPassword: {
        accepted: true,
        challengeId: null,
        expiresAt: null,
        resendAfter: null,
        userErrors: [],
      },
    })
    expect(others.map(shown)).toEqual(others.map(() => shown(known as Answered)))
    await mailTo(ada.email, RESET)
    expect((await mailsTo(disabled.email)).filter(({ subject }) => RESET.test(subject))).toEqual([])
  })

  test('of an account that was never verified the link proves the address: it is verified and signs in', async () => {
    const ada = await someRegistered()
    const password = `${ada.password} anew`

    expect(await reset(await linkOf(ada.email), password)).toMatchObject({
      ...{ passwordReset: true, revokedSessionCount: 0 },
    })
    expect(await signIn(ada, ada.password)).toMatchObject({ result: null })
    expect(await signIn(ada, password)).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test('an account that staff made gets its first password so, and its invitation is used up', async () => {
    const [support, bob] = [await someWithRole('support'), somePerson()]
    await ask('mutation($email: EmailAddress!) { createUser(input: { email: $email }) { user { id } } }', {
      ...{ token: support.session.tokens.accessToken, variables: { email: bob.email } },
    })
    const invitationToken = tokenIn(await mailTo(bob.email, /you are invited/i))

    const done = await reset(await linkOf(bob.email), bob.password)
    const invited = await register({ invitationToken, password: `${bob.password} too` })

    expect(done).toMatchObject({ passwordReset: true })
    expect(invited.data['register']).toMatchObject({ userErrors: [{ code: 'ALREADY_USED' }] })
    expect(await signIn(bob, bob.password)).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test('10.1: a link is worth nothing once the address is another one', async () => {
    const [ada, support] = [await someVerified(), await someWithRole('support')]
    const { userId } = await ada.signIn()
    const token = await linkOf(ada.email)
    await ask(
      'mutation($id: ID!, $email: EmailAddress!) { updateUser(id: $id, input: { email: $email, emailVerified: true }) { userErrors { code } } }',
      { token: support.session.tokens.accessToken, variables: { id: userId, email: somePerson().email } },
    )

    expect(await reset(token, `${ada.password} anew`)).toMatchObject({
      userErrors: [{ code: 'EXPIRED', field: ['token'] }],
    })
  })

  test('4.3: a link of another kind resets nothing, and a link to reset verifies nothing', async () => {
    const ada = await someRegistered()
    const link = tokenIn(await mailTo(ada.email, /welcome/i))

    expect(await reset(link, `${ada.password} anew`)).toMatchObject({ userErrors: [{ code: 'EXPIRED' }] })
    const verified = await ask(
      'mutation($token: String) { verifyEmail(input: { token: $token }) { userErrors { code } } }',
      { variables: { token: await linkOf(ada.email) } },
    )
    expect(verified.data['verifyEmail']).toEqual({ userErrors: [{ code: 'EXPIRED' }] })
  })

  test('7.1: an account that guessing has closed is open after a reset', async () => {
    const ada = await someVerified()
    for (let count = 0; count < 10; count++) {
      await login({ identifier: { email: ada.email }, password: 'wrong horse' }, someNetwork())
    }
    expect(await signIn(ada, ada.password)).toMatchObject({ result: null })

    const password = `${ada.password} anew`
    await reset(await linkOf(ada.email), password)

    expect(await signIn(ada, password)).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test("10.2: only the operator's pages get a link, and no text has one", async () => {
    const { email } = await someVerified()
    const problemsOf = async (input: object) => (await forgot(email, input)).data['forgotPassword']

    expect(await problemsOf({ resetUrl: 'https://evil.example/reset' })).toMatchObject({
      ...{ accepted: false, userErrors: [{ code: 'INVALID', field: ['resetUrl'] }] },
    })
    expect(await problemsOf({ channel: 'SMS' })).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['channel'] }],
    })
  })

  test('13.4: asked for twice under one key it is one request; another input under it is a conflict', async () => {
    const { email } = await someVerified()
    const asking = { ip: someNetwork(), headers: { 'idempotency-key': randomUUID() } }

    const [first, second] = [await forgot(email, {}, asking), await forgot(email, {}, asking)]
    const other = await forgot(somePerson().email, {}, asking)

    expect(second.data).toEqual(first.data)
    expect(other.codes).toEqual(['IDEMPOTENCY_CONFLICT'])
  })

  test('12.4: asking and setting are in the audit log; the SDK does both', async () => {
    const [ada, client] = [await someVerified(), someClient()]
    const { userId } = await ada.signIn()

    expect(await client.forgotPassword({ identifier: { email: ada.email } })).toMatchObject({
      accepted: true,
    })
    const token = tokenIn(await mailTo(ada.email, RESET))
    const newPassword = `${ada.password} anew`
    expect(await client.resetPassword({ token, newPassword })).toMatchObject({ passwordReset: true })

    const auditor = someClient()
    const { email, password } = await someAuditor()
    await auditor.signIn({ identifier: { email }, password })
    let actions: string[] = []
    const deadline = Date.now() + 10_000
    const expected = ['password.request-reset', 'password.reset', 'session.end']
    // Several subgraphs tell of them, each in its own time.
    while (!expected.every((action) => actions.includes(action)) && Date.now() < deadline) {
      const { nodes } = await auditor.auditLog({ first: 20, filter: { subjectId: userId } })
      actions = nodes.map(({ action }) => action)
    }
    expect(actions).toEqual(expect.arrayContaining(expected))
  }, 30_000)
})

describe('a forgotten password, by code', () => {
  type Sent = { challengeId: string; expiresAt: string; resendAfter: number; userErrors: object[] }
  const askForCode = async (identifier: object, channel: string) => {
    const input = { identifier, method: 'OTP', channel }
    const { data } = await ask(ForgotPasswordDocument, { variables: { input } })
    return data['forgotPassword'] as unknown as Sent
  }
  const grantOf = async (challengeId: string, code: string) => {
    const { data } = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
    return (data['validateOtp'] as unknown as { grant: string | null }).grant
  }
  const resetBy = async (grant: string | null, newPassword: string) => {
    const { data } = await ask(ResetPasswordDocument, { variables: { input: { grant, newPassword } } })
    return data['resetPassword'] as unknown as Reset
  }

  test('8.1, 10.3: a mailed code of eight digits becomes a grant, which sets the password once', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const password = `${ada.password} anew`
    const { challengeId } = await askForCode({ email: ada.email }, 'EMAIL')
    const code = codeIn(await mailTo(ada.email, /one-time code/i))
    const grant = await grantOf(challengeId, code)

    expect(code).toHaveLength(8)
    expect(await resetBy(grant, 'password123')).toMatchObject({ userErrors: [{ code: 'PASSWORD_COMMON' }] })
    expect(await resetBy(grant, password)).toMatchObject({ passwordReset: true, revokedSessionCount: 1 })
    expect(await resetBy(grant, `${password} again`)).toMatchObject({
      ...{ passwordReset: false, userErrors: [{ code: 'ALREADY_USED', field: ['grant'] }] },
    })
    expect(await untilRefused(tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect(await signIn(ada, password)).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test('10.1: what a code was good for is over once the password is another one', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const { challengeId } = await askForCode({ email: ada.email }, 'EMAIL')
    const grant = await grantOf(challengeId, codeIn(await mailTo(ada.email, /one-time code/i)))
    const input = { currentPassword: ada.password, newPassword: `${ada.password} anew` }
    const changed = await ask(ChangePasswordDocument, { variables: { input }, token: tokens.accessToken })

    expect(changed.data['changePassword']).toMatchObject({ userErrors: [] })
    expect(await resetBy(grant, `${ada.password} again`)).toMatchObject({
      ...{ passwordReset: false, userErrors: [{ code: 'EXPIRED', field: ['grant'] }] },
    })
  })

  test('8.3, 8.8: a code by text counts with every other to that number, and so does a decoy', async () => {
    const [{ phoneNumber }, unknown] = [await someProved(), someNumber()]
    const decoy = await askForCode({ phoneNumber: unknown }, 'SMS')
    const [again, known] = [
      await askForCode({ phoneNumber: unknown }, 'SMS'),
      await askForCode({ phoneNumber }, 'SMS'),
    ]

    expect(decoy).toMatchObject({ challengeId: expect.any(String), userErrors: [] })
    for (const refused of [again, known]) {
      expect(refused).toMatchObject({
        ...{ challengeId: null, userErrors: [{ code: 'RATE_LIMITED', field: ['identifier'] }] },
      })
    }
    expect(await textsTo(unknown)).toEqual([])
  })

  test('7.4, 8.1: who is unknown gets a decoy with the same answer, and a grant of another kind resets nothing', async () => {
    const [ada, pending] = [await someVerified(), await someRegistered()]
    const shape = ({ challengeId, expiresAt, ...rest }: Sent) => [typeof challengeId, typeof expiresAt, rest]
    const known = await askForCode({ email: ada.email }, 'EMAIL')
    const unknown = await askForCode({ email: somePerson().email }, 'EMAIL')
    const otherKind = await ask(GenerateOtpDocument, {
      variables: {
        input: { purpose: 'EMAIL_VERIFICATION', channel: 'EMAIL', identifier: { email: pending.email } },
      },
    })
    const { challengeId } = otherKind.data['generateOtp'] as unknown as Sent
    const grant = await grantOf(challengeId, codeIn(await mailTo(pending.email, /one-time code/i)))

    expect(shape(unknown)).toEqual(shape(known))
    expect(grant).not.toBeNull()
    expect(await resetBy(grant, `${pending.password} anew`)).toMatchObject({
      userErrors: [{ code: 'EXPIRED', field: ['grant'] }],
    })
  })
})

/** Somebody known by a number alone, which is proved. */
async function someProved() {
  const { password, ip } = somePerson()
  const phoneNumber = someNumber()
  const registered = await register({ phoneNumber, password }, ip)
  const { challengeId } = registered.data['register'] as unknown as { challengeId: string }
  const code = codeIn(await textTo(phoneNumber))
  const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
  const { grant } = valid.data['validateOtp'] as unknown as { grant: string }
  await ask(VerifyPhoneDocument, { variables: { input: { grant } } })
  return { phoneNumber }
}

async function someAuditor() {
  const person = await someVerified()
  await giveRole(person.email, 'admin')
  return person
}
