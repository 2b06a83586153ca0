import {
  CompleteLoginDocument,
  ValidateOtpDocument,
  VerifyEmailDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { codeIn, mailTo, tokenIn } from './seed/inbox.js'
import { someWithRole } from './seed/operators.js'
import { login, type Person, somePerson, someVerified } from './seed/people.js'

const UPDATE = `mutation($id: ID!, $input: UpdateUserInput!) {
  updateUser(id: $id, input: $input) { user { email emailVerified } userErrors { code } }
}`
const CODE = /one-time code/i
const RACERS = 50

type Outcome = {
  result: {
    __typename: string
    loginTicket: string
    channel: string
    destinationMasked: string
    challengeId: string
  } | null
  userErrors: { code: string; field: string[] | null }[]
}

let support: string

beforeAll(async () => {
  support = (await someWithRole('support')).session.tokens.accessToken
})

async function signIn({ email, password, ip }: Person): Promise<Outcome> {
  const answer = await login({ identifier: { email }, password, tokenDelivery: 'BODY' }, ip)
  return answer.data['login'] as unknown as Outcome
}

/** Somebody to whom support has given an address that nobody has proved. */
async function someMoved(): Promise<Person> {
  const ada = await someVerified()
  const { userId } = await ada.signIn()
  const { email } = somePerson()
  await ask(UPDATE, { token: support, variables: { id: userId, input: { email } } })
  return { ...ada, email }
}

const complete = (loginTicket: string, given: Record<string, unknown> = {}): Promise<Answered> =>
  ask(CompleteLoginDocument, { variables: { input: { loginTicket, ...given } } })

const outcomeOf = ({ data }: Answered) => data['completeLogin'] as unknown as Outcome

const problemsOf = async (loginTicket: string, given: Record<string, unknown> = {}) =>
  outcomeOf(await complete(loginTicket, given)).userErrors.map(({ code, field }) => [code, field])

async function proveByCode({ email }: Person, challengeId: string): Promise<Answered> {
  const code = codeIn(await mailTo(email, CODE))
  const validated = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
  const { grant } = validated.data['validateOtp'] as unknown as { grant: string }
  return ask(VerifyEmailDocument, { variables: { input: { grant } } })
}

describe('whoever has nothing proved by now, and had once', () => {
  test('proves the address by the code that goes there, and then the ticket alone signs in', async () => {
    const ada = await someMoved()
    const { result } = await signIn(ada)
    const ticket = result?.loginTicket ?? ''

    const early = await problemsOf(ticket)
    const verified = await proveByCode(ada, result?.challengeId ?? '')
    const done = outcomeOf(await complete(ticket))
    const again = await problemsOf(ticket)

    expect(result).toMatchObject({
      ...{ __typename: 'VerificationRequired', channel: 'EMAIL', resendAfter: expect.any(Number) },
      destinationMasked: expect.stringContaining('•'),
    })
    expect(early).toEqual([['VERIFICATION_REQUIRED', ['loginTicket']]])
    expect(verified.data['verifyEmail']).toMatchObject({ userErrors: [] })
    expect(done.result?.__typename).toBe('LoginSuccess')
    expect(again).toEqual([['EXPIRED', ['loginTicket']]])
    expect((await signIn(ada)).result?.__typename).toBe('LoginSuccess')
  })

  test('or by the mailed link', async () => {
    const ada = await someMoved()
    const ticket = (await signIn(ada)).result?.loginTicket ?? ''

    const token = tokenIn(await mailTo(ada.email, /confirm your email address/i))
    await ask(VerifyEmailDocument, { variables: { input: { token } } })

    expect(outcomeOf(await complete(ticket)).result?.__typename).toBe('LoginSuccess')
  })

  test("8.7: gets nothing for a code, a new password, or somebody else's proof; a second code so soon is not sent", async () => {
    const [ada, bob] = [await someMoved(), await someMoved()]
    const [first, bobs] = [await signIn(ada), await signIn(bob)]
    const again = await signIn(ada)
    await proveByCode(bob, bobs.result?.challengeId ?? '')
    const ticket = first.result?.loginTicket ?? ''

    expect(again.result).toMatchObject({ __typename: 'VerificationRequired', challengeId: null })
    expect(await problemsOf(ticket, { method: 'TOTP', code: '123456' })).toEqual([['INVALID', ['code']]])
    expect(await problemsOf(ticket, { newPassword: 'plum kettle orbit' })).toEqual([
      ['INVALID', ['newPassword']],
    ])
    expect(await problemsOf(ticket)).toEqual([['VERIFICATION_REQUIRED', ['loginTicket']]])
  })

  test('7.4: a wrong password is told nothing of it, and no code is sent', async () => {
    const ada = await someMoved()

    const wrong = await signIn({ ...ada, password: 'wrong horse battery' })

    expect(wrong).toEqual({
      result: null,
      userErrors: [expect.objectContaining({ code: 'INVALID_CREDENTIALS', field: null })],
    })
  })

  test('8.7: of many who show the ticket at once one is signed in', async () => {
    const ada = await someMoved()
    const { result } = await signIn(ada)
    await proveByCode(ada, result?.challengeId ?? '')

    const answers = await Promise.all(
      Array.from({ length: RACERS }, () => complete(result?.loginTicket ?? '')),
    )

    expect(answers.map(outcomeOf).filter((one) => one.result !== null)).toHaveLength(1)
  })
})
