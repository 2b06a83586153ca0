import { mailTo, tokenIn } from './seed/inbox.js'
import { someClient, somePerson, someVerified } from './seed/people.js'

describe('the SDK against the whole graph', () => {
  test('lives the story of an account', async () => {
    const client = someClient()
    const { email, username, password } = somePerson()

    const registered = await client.register({ email, username, password })
    const verified = await client.verifyEmail({ token: tokenIn(await mailTo(email, /welcome/i)) })
    const signedIn = await client.signIn({ identifier: { username }, password })
    const me = await client.me()
    const updated = await client.updateProfile({ profile: { displayName: 'Ada' } })

    expect(registered).toMatchObject({ nextStep: 'VERIFY_EMAIL', userErrors: [] })
    expect(verified.user?.emailVerified).toBe(true)
    expect(signedIn).toMatchObject({ userErrors: [] })
    expect(me).toMatchObject({ email, username, password: { isSet: true }, roles: [{ name: 'user' }] })
    expect(updated.user?.displayName).toBe('Ada')
  })

  test('signs out, is told so, and is nobody afterwards', async () => {
    const ada = await someVerified()
    const client = someClient(ada.ip)
    const signedOut = new Promise((resolve) => client.onSignedOut(resolve))
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })

    await client.signOut()
    await signedOut

    await expect(client.me()).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      requestId: expect.any(String),
    })
  })

  test('says what was refused: wrong details as problems, a limit as a typed error', async () => {
    const client = someClient()
    const wrong = await client.signIn({
      identifier: { email: somePerson().email },
      password: 'not it at all',
    })
    const many = await Promise.allSettled(
      Array.from({ length: 12 }, () => client.register({ email: somePerson().email, password: 'short' })),
    )

    expect(wrong.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }])
    expect(many.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } },
      { reason: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } },
    ])
  })
})
