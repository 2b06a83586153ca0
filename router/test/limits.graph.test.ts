import { ask, someNetwork } from './seed/ask.js'
import { mailTo } from './seed/inbox.js'
import { login, register, somePerson, someRegistered, someVerified } from './seed/people.js'

const WRONG = 'not the right password'

const codesOf = ({ data }: { data: Record<string, unknown> }) =>
  (data['login'] as { userErrors: { code: string }[] }).userErrors.map(({ code }) => code)

describe('limits', () => {
  test('7.2: ten registrations an hour from one network, the eleventh says when to come back', async () => {
    const ip = someNetwork()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => register({ email: somePerson().email, password: 'short' }, ip)),
    )

    const limited = answers.filter(({ status }) => status === 429)

    expect(limited).toHaveLength(10)
    expect(limited[0]?.codes).toEqual(['RATE_LIMITED'])
    expect(limited[0]?.errors?.[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(0)
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('7.2: a limit counts IPv6 by /64, and another network is not touched', async () => {
    const subnet = `2001:db8:${Math.floor(Math.random() * 65_535).toString(16)}:1`
    const from = (ip: string) => register({ email: somePerson().email, password: 'short' }, ip)
    await Promise.all(Array.from({ length: 10 }, (_, n) => from(`${subnet}::${n + 1}`)))

    expect((await from(`${subnet}:ffff::1`)).status).toBe(429)
    expect((await from(`${subnet.slice(0, -1)}2::1`)).status).toBe(200)
  })

  test('7.1, 7.3: after ten failures from everywhere the right password is refused, with the same answer', async () => {
    const ada = await someVerified()
    const wrong = await Promise.all(
      Array.from({ length: 10 }, () => login({ identifier: { email: ada.email }, password: WRONG })),
    )

    const right = await login({ identifier: { username: ada.username }, password: ada.password })

    expect(right.data).toEqual(wrong[0]?.data)
    expect(codesOf(right)).toEqual(['INVALID_CREDENTIALS'])
  })

  test('7.1, 7.5: then only a device that the account knows signs in, and its owner is told of what failed before', async () => {
    const ada = await someVerified()
    const { deviceToken } = (await ada.signIn()).tokens
    const wrong = (device: Record<string, unknown>) =>
      login({ identifier: { email: ada.email }, password: WRONG, ...device })
    await Promise.all(Array.from({ length: 12 }, () => wrong({})))

    await Promise.all(Array.from({ length: 4 }, () => wrong({ deviceToken })))
    await expect(ada.signIn()).rejects.toThrow('INVALID_CREDENTIALS')
    await expect(ada.signIn({ deviceToken })).resolves.toMatchObject({ isNewDevice: false })

    const alert = await mailTo(ada.email, /new sign-in/i, 2)
    expect(alert.text).toContain('17 attempts to sign in had failed')
    await Promise.all(Array.from({ length: 15 }, () => wrong({ deviceToken })))
    await expect(ada.signIn({ deviceToken })).rejects.toThrow('INVALID_CREDENTIALS')
  })

  test('7.1: nine failures and then the right password signs in, and the count begins anew', async () => {
    const ada = await someVerified()
    for (let round = 0; round < 2; round++) {
      await Promise.all(
        Array.from({ length: 9 }, () => login({ identifier: { email: ada.email }, password: WRONG })),
      )
      await expect(ada.signIn()).resolves.toMatchObject({ sessionId: expect.any(String) })
    }
  })

  test('7.2: thirty failures from one network, and then its sign-ins are limited, whoever is named', async () => {
    const ip = someNetwork()
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        login({ identifier: { email: somePerson().email }, password: WRONG }, ip),
      ),
    )

    const limited = answers.filter(({ codes }) => codes.includes('RATE_LIMITED'))

    expect(limited).toHaveLength(10)
    expect(limited[0]?.errors?.[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(0)
  })

  test('7.4: unknown, wrong, never-verified and never-verified with the right password answer the same bytes', async () => {
    const ada = await someVerified()
    const pending = await someRegistered()
    await mailTo(pending.email, /welcome/i)
    const attempts = [
      { identifier: { email: somePerson().email }, password: WRONG },
      { identifier: { username: somePerson().username }, password: WRONG },
      { identifier: { email: ada.email }, password: WRONG },
      { identifier: { email: pending.email }, password: WRONG },
      { identifier: { email: pending.email }, password: pending.password },
    ]

    const answers = await Promise.all(attempts.map((input) => login(input)))

    for (const answer of answers) {
      expect(answer.data).toEqual(answers[0]?.data)
      expect([answer.status, [...answer.headers.keys()]]).toEqual([
        200,
        [...(answers[0]?.headers.keys() ?? [])],
      ])
    }
    expect(codesOf(answers[0] ?? answers[1] ?? { data: {} })).toEqual(['INVALID_CREDENTIALS'])
  })

  test('9.1: resending a link answers the same for a stranger', async () => {
    const resend = (email: string) =>
      ask(
        'mutation($email: EmailAddress!) { resendEmailVerification(input: { email: $email }) { accepted userErrors { code } } }',
        {
          variables: { email },
        },
      )
    const pending = await someRegistered()

    const [known, unknown] = [await resend(pending.email), await resend(somePerson().email)]

    expect(known.data).toEqual({ resendEmailVerification: { accepted: true, userErrors: [] } })
    expect(unknown.data).toEqual(known.data)
  })
})
