import {
  CompleteLoginDocument,
  GenerateOtpDocument,
  RequirePasswordChangeDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { someWithApp } from './seed/authenticator.js'
import { codeIn, mailTo } from './seed/inbox.js'
import { someWithRole } from './seed/operators.js'
import { login, type Person, someClient, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

type Outcome = {
  result: { __typename: string; loginTicket: string; reason?: string } | null
  userErrors: { code: string; field: string[] | null }[]
}

const RACERS = 50

let support: string

beforeAll(async () => {
  support = (await someWithRole('support')).session.tokens.accessToken
})

const requireChange = (userId: string) =>
  ask(RequirePasswordChangeDocument, { token: support, variables: { userId, reason: 'seen on a screen' } })

async function signIn({ email, password, ip }: Person, given: Record<string, unknown> = {}) {
  const answer = await login({ identifier: { email }, password, tokenDelivery: 'BODY', ...given }, ip)
  return answer.data['login'] as unknown as Outcome
}

const complete = (loginTicket: string, given: Record<string, unknown>): Promise<Answered> =>
  ask(CompleteLoginDocument, { variables: { input: { loginTicket, ...given } } })

const outcomeOf = ({ data }: Answered) => data['completeLogin'] as unknown as Outcome

const problemsOf = async (loginTicket: string, given: Record<string, unknown>) =>
  outcomeOf(await complete(loginTicket, given)).userErrors.map(({ code, field }) => [code, field])

/** Somebody whose password is to be another, signed in from before. */
async function someAsked() {
  const ada = await someVerified()
  const before = await ada.signIn()
  await requireChange(before.userId)
  return { ada, before, newPassword: `${ada.password} anew` }
}

describe('whoever has to choose another password', () => {
  test('6.5, 4.5: is signed in by a new one; every session from before ends, and the owner is told', async () => {
    const { ada, before, newPassword } = await someAsked()
    const asked = await signIn(ada)
    const ticket = asked.result?.loginTicket ?? ''

    const refused = await problemsOf(ticket, { newPassword: 'password123' })
    const same = await problemsOf(ticket, { newPassword: ada.password })
    const done = await complete(ticket, { newPassword })
    const refusedAfter = await untilRefused(before.tokens.accessToken)

    expect(asked.result).toEqual({
      ...{ __typename: 'PasswordChangeRequired', loginTicket: expect.any(String), reason: 'ADMIN_RESET' },
    })
    expect([refused, same]).toEqual([
      [['PASSWORD_COMMON', ['newPassword']]],
      [['PASSWORD_REUSED', ['newPassword']]],
    ])
    expect(outcomeOf(done)).toMatchObject({
      result: { __typename: 'LoginSuccess', session: { assurance: 'AAL1', methods: ['PASSWORD'] } },
    })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect((await signIn(ada)).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }])
    expect((await signIn({ ...ada, password: newPassword })).result?.__typename).toBe('LoginSuccess')
    await mailTo(ada.email, /password was changed/i)
  })

  test('8.7, 5.5: is asked for the second factor first, and has both proved in the end', async () => {
    const { ada, userId, app } = await someWithApp()
    await requireChange(userId)
    const newPassword = `${ada.password} anew`
    const first = await signIn(ada)
    const [ticket, code] = [first.result?.loginTicket ?? '', app.now()]

    const skipped = await problemsOf(ticket, { newPassword })
    const second = outcomeOf(await complete(ticket, { method: 'TOTP', code }))
    const next = second.result?.loginTicket ?? ''
    const spent = await problemsOf(ticket, { newPassword })
    const done = await complete(next, { newPassword })

    expect(first.result?.__typename).toBe('SecondFactorRequired')
    expect(skipped).toEqual([['INVALID', ['newPassword']]])
    expect(second.result?.__typename).toBe('PasswordChangeRequired')
    expect(spent).toEqual([['EXPIRED', ['loginTicket']]])
    expect(outcomeOf(done)).toMatchObject({
      result: { session: { assurance: 'AAL2', methods: ['PASSWORD', 'TOTP'] } },
    })
  })

  test('8.7: gets nothing for the ticket alone, for a code, or for another ticket', async () => {
    const { ada, newPassword } = await someAsked()
    const ticket = (await signIn(ada)).result?.loginTicket ?? ''
    const [byTicket, byCode, byOther] = [
      await problemsOf(ticket, {}),
      await problemsOf(ticket, { method: 'TOTP', code: '123456' }),
      await problemsOf(`${ticket.slice(0, -4)}AAAA`, { newPassword }),
    ]

    expect([byTicket, byCode, byOther]).toEqual([
      [['REQUIRED', ['newPassword']]],
      [['INVALID', ['code']]],
      [['EXPIRED', ['loginTicket']]],
    ])
  })

  test('of many who show one ticket one is signed in, and only with their password', async () => {
    const { ada } = await someAsked()
    const ticket = (await signIn(ada)).result?.loginTicket ?? ''
    const chosen = Array.from({ length: RACERS }, (_, index) => `${ada.password} anew ${index}`)

    const answers = await Promise.all(chosen.map((newPassword) => complete(ticket, { newPassword })))

    const winners = chosen.filter((_, index) => answers[index] && outcomeOf(answers[index]).result !== null)
    expect(winners).toHaveLength(1)
    expect((await signIn({ ...ada, password: winners[0] ?? '' })).result?.__typename).toBe('LoginSuccess')
  })

  test('is not asked for it where they sign in by a code: they show no password', async () => {
    const { ada } = await someAsked()
    const { email } = ada
    const sent = await ask(GenerateOtpDocument, {
      ...{ ip: ada.ip, variables: { input: { purpose: 'LOGIN', channel: 'EMAIL', identifier: { email } } } },
    })
    const { challengeId } = sent.data['generateOtp'] as unknown as { challengeId: string }
    const code = codeIn(await mailTo(email, /code/i))
    const validated = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
    const { grant } = validated.data['validateOtp'] as unknown as { grant: string }

    expect((await signIn(ada, { password: null, grant })).result?.__typename).toBe('LoginSuccess')
    expect((await signIn(ada)).result?.__typename).toBe('PasswordChangeRequired')
  })

  test('does it by the SDK', async () => {
    const { ada, newPassword } = await someAsked()
    const client = someClient(ada.ip)

    const asked = await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    if (asked.result?.__typename !== 'PasswordChangeRequired') throw new Error(JSON.stringify(asked))
    const { loginTicket } = asked.result
    const done = await client.completeSignIn({ loginTicket, newPassword })

    expect(done.result?.__typename).toBe('LoginSuccess')
    expect(await client.currentSession()).toMatchObject({ methods: ['PASSWORD'] })
  })
})
