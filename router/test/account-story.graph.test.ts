import { ask } from './seed/ask.js'
import { codeIn, mailsTo, mailTo, tokenIn } from './seed/inbox.js'
import { login, register, somePerson, someRegistered, someVerified, verify } from './seed/people.js'

const ME = `{
  me {
    id username email emailVerified
    sessions { nodes { id isCurrent state } }
    password { isSet }
    notifications { nodes { kind recipientMasked } }
  }
}`

describe('the story of an account', () => {
  test('registers, opens the mail, verifies, signs in, and reads itself across subgraphs in one operation', async () => {
    const { email, username, password, ip } = somePerson()

    const registered = await register(
      { email, username, password, profile: { displayName: 'Ada', locale: 'en' } },
      ip,
    )
    const mail = await mailTo(email, /welcome/i)
    const verified = await verify(tokenIn(mail))
    const signedIn = await login({ identifier: { username }, password, tokenDelivery: 'BODY' }, ip)
    const { result } = signedIn.data['login'] as unknown as {
      result: { tokens: { accessToken: string }; user: object }
    }
    const me = await ask(ME, { token: result.tokens.accessToken })

    expect(registered.data).toMatchObject({
      register: { user: null, nextStep: 'VERIFY_EMAIL', challengeId: null, userErrors: [] },
    })
    expect(verified.data).toMatchObject({ verifyEmail: { user: { emailVerified: true }, userErrors: [] } })
    // 2.7: what lies under a sign-in is answered as the person who has just signed in, in other subgraphs too.
    expect(result.user).toMatchObject({ username, email })
    expect(me.data).toMatchObject({
      me: {
        username,
        email,
        emailVerified: true,
        sessions: { nodes: [{ isCurrent: true, state: 'ACTIVE' }] },
        password: { isSet: true },
        notifications: { nodes: expect.arrayContaining([expect.objectContaining({ kind: 'WELCOME' })]) },
      },
    })
  })

  test('10.2: the link opens a page, and opening it spends nothing', async () => {
    const { email } = await someRegistered()
    const { text } = await mailTo(email, /welcome/i)
    const link = new URL(/http\S+/.exec(text)?.[0] ?? '')

    const page = await fetch(link)
    const head = await fetch(link, { method: 'HEAD' })
    const verified = await verify(new URLSearchParams(link.hash.slice(1)).get('token') ?? '')

    expect([page.status, head.status]).toEqual([200, 200])
    expect(link.search).toBe('')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(verified.data).toMatchObject({ verifyEmail: { user: { emailVerified: true } } })
  })

  test('10.1: a link works once, and says so the second time', async () => {
    const { email } = await someRegistered()
    const token = tokenIn(await mailTo(email, /welcome/i))

    await verify(token)

    expect((await verify(token)).data).toMatchObject({
      verifyEmail: { user: null, userErrors: [{ code: 'ALREADY_USED', field: ['token'] }] },
    })
  })

  test('6.3.8: registering a taken address gets the same answer, and its owner gets a notice', async () => {
    const ada = await someVerified()
    const { email: freeEmail } = somePerson()

    const taken = await register({ email: ada.email, password: 'another plum kettle' })
    const free = await register({ email: freeEmail, password: 'another plum kettle' })

    expect(taken.data).toEqual(free.data)
    expect(taken.status).toBe(free.status)
    await expect(mailTo(ada.email, /already have an account/i)).resolves.toBeDefined()
    await expect(ada.signIn()).resolves.toMatchObject({ sessionId: expect.any(String) })
  })

  test('9.8: registering again over a never-verified account makes the old link worthless', async () => {
    const first = await someRegistered()
    const oldToken = tokenIn(await mailTo(first.email, /welcome/i))
    await register({ email: first.email, password: 'the second password' })
    const newToken = tokenIn(await mailTo(first.email, /welcome/i, 2))

    const old = await verify(oldToken)
    await verify(newToken)
    const withOld = await login({ identifier: { email: first.email }, password: first.password })
    const withNew = await login({ identifier: { email: first.email }, password: 'the second password' })

    expect(old.data).toMatchObject({ verifyEmail: { user: null } })
    expect(withOld.data).toMatchObject({ login: { result: null } })
    expect(withNew.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('a code by mail verifies as well as the link, through a grant that works once', async () => {
    const { email } = await someRegistered()
    const generated = await ask(
      `mutation($email: EmailAddress!) { generateOtp(input: { purpose: EMAIL_VERIFICATION, channel: EMAIL, identifier: { email: $email } }) {
        challengeId destinationMasked userErrors { code } } }`,
      { variables: { email } },
    )
    const { challengeId } = generated.data['generateOtp'] as unknown as { challengeId: string }
    const code = codeIn(await mailTo(email, /one-time code/i))
    const validated = await ask(
      `mutation($input: ValidateOtpInput!) { validateOtp(input: $input) { valid grant userErrors { code } } }`,
      { variables: { input: { challengeId, code } } },
    )
    const { grant } = validated.data['validateOtp'] as unknown as { grant: string }
    const verifyByGrant = () =>
      ask(
        `mutation($grant: JWT!) { verifyEmail(input: { grant: $grant }) { user { emailVerified } userErrors { code } } }`,
        {
          variables: { grant },
        },
      )

    expect((await verifyByGrant()).data).toEqual({
      verifyEmail: { user: { emailVerified: true }, userErrors: [] },
    })
    expect((await verifyByGrant()).data).toEqual({
      verifyEmail: { user: null, userErrors: [{ code: 'ALREADY_USED' }] },
    })
  })

  test('7.5: a sign-in from a new device is told by mail, one from a known device is not', async () => {
    const ada = await someVerified()
    const first = await ada.signIn()
    await mailTo(ada.email, /sign-in/i)
    const again = await ada.signIn({ deviceToken: first.tokens.deviceToken })
    const elsewhere = await ada.signIn()
    await mailTo(ada.email, /sign-in/i, 2)

    expect([first.isNewDevice, again.isNewDevice, elsewhere.isNewDevice]).toEqual([true, false, true])
    expect((await mailsTo(ada.email)).filter(({ subject }) => /sign-in/i.test(subject))).toHaveLength(2)
  })

  test('a profile changes at once, and not over a change that was not seen', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const update = (input: object) =>
      ask(
        `mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { user { displayName locale updatedAt } userErrors { code field } } }`,
        { variables: { input }, token: tokens.accessToken },
      )

    const changed = await update({ profile: { displayName: 'Ada L.', locale: 'de' } })
    const stale = await update({ profile: { displayName: 'Eve' }, ifUpdatedAt: '2020-01-01T00:00:00Z' })

    expect(changed.data).toMatchObject({
      updateProfile: { user: { displayName: 'Ada L.', locale: 'de' }, userErrors: [] },
    })
    expect(stale.data).toEqual({
      updateProfile: { user: null, userErrors: [{ code: 'CONFLICT', field: ['ifUpdatedAt'] }] },
    })
  })
})
