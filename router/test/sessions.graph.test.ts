import { ask, graphUrl } from './seed/ask.js'
import { mailTo } from './seed/inbox.js'
import { login, someVerified, type Tokens } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const REFRESH = `mutation($token: String) {
  refreshToken(input: { refreshToken: $token }) { tokens { accessToken refreshToken deviceToken } session { id } userErrors { code } }
}`
const LOGOUT = `mutation($everywhere: Boolean) { logout(input: { everywhere: $everywhere }) { loggedOut userErrors { code } } }`
const ME = '{ me { id } }'
const RACERS = 20

const refresh = async (token: string | null) => {
  const { data } = await ask(REFRESH, { variables: { token } })
  return data['refreshToken'] as unknown as {
    tokens: Tokens | null
    session: { id: string } | null
    userErrors: { code: string }[]
  }
}

const revoke = async (token: string, id: string) => {
  const { data } = await ask(
    'mutation($id: ID!) { revokeSession(id: $id) { revokedSessionIds userErrors { code field } } }',
    { token, variables: { id } },
  )
  return data['revokeSession']
}

describe('sessions', () => {
  test('5.2: a refresh token is traded once; the lost answer is given again, and N at once get one successor', async () => {
    const { tokens } = await (await someVerified()).signIn()

    const answers = await Promise.all(Array.from({ length: RACERS }, () => refresh(tokens.refreshToken)))

    const successors = new Set(answers.map((answer) => answer.tokens?.refreshToken))
    expect(successors.size).toBe(1)
    expect([...successors][0]).toMatch(/^ugr_/)
    expect([...successors][0]).not.toBe(tokens.refreshToken)
  })

  test('5.2: a token older than the last ends the session, and its owner is told', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const second = await refresh(tokens.refreshToken)
    const third = await refresh(second.tokens?.refreshToken ?? null)

    const stolen = await refresh(tokens.refreshToken)
    const afterwards = await refresh(third.tokens?.refreshToken ?? null)

    expect(stolen).toMatchObject({ tokens: null, userErrors: [{ code: 'EXPIRED' }] })
    expect(afterwards).toMatchObject({ tokens: null })
    expect(await untilRefused(third.tokens?.accessToken ?? '')).toBeLessThan(REVOCATION_MS)
    await expect(mailTo(ada.email, /ended one of your sessions/i)).resolves.toBeDefined()
  })

  test('4.3, 5.1: what is no refresh token of ours is refused and ends nothing', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const forged = `${tokens.refreshToken?.slice(0, -4)}AAAA`

    for (const token of ['', 'ugr_', forged, tokens.accessToken, tokens.deviceToken]) {
      expect(await refresh(token)).toMatchObject({ tokens: null, userErrors: [{ code: 'EXPIRED' }] })
    }
    expect((await refresh(tokens.refreshToken)).tokens).not.toBeNull()
  })

  test('4.5: after a sign-out the access token is refused within 5 seconds, and so is the refresh token', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const other = await ada.signIn()

    const { data } = await ask(LOGOUT, { token: tokens.accessToken })
    const refusedAfter = await untilRefused(tokens.accessToken)

    expect(data).toEqual({ logout: { loggedOut: true, userErrors: [] } })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(await refresh(tokens.refreshToken)).toMatchObject({ tokens: null })
    expect((await ask(ME, { token: other.tokens.accessToken })).status).toBe(200)
  })

  test("signing out everywhere ends every session of the person and nobody else's", async () => {
    const [ada, bob] = [await someVerified(), await someVerified()]
    const [one, two, stranger] = [await ada.signIn(), await ada.signIn(), await bob.signIn()]

    await ask(LOGOUT, { token: one.tokens.accessToken, variables: { everywhere: true } })

    expect(await untilRefused(one.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect(await untilRefused(two.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect((await ask(ME, { token: stranger.tokens.accessToken })).status).toBe(200)
  })

  test('4.5, 5.4: a session is ended from another one, and its tokens are refused within 5 seconds', async () => {
    const ada = await someVerified()
    const [here, phone] = [await ada.signIn(), await ada.signIn()]

    const ended = await revoke(here.tokens.accessToken, phone.sessionId)
    const again = await revoke(here.tokens.accessToken, phone.sessionId)

    expect(ended).toEqual({ revokedSessionIds: [phone.sessionId], userErrors: [] })
    expect(await untilRefused(phone.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect(await refresh(phone.tokens.refreshToken)).toMatchObject({ tokens: null })
    expect(again).toEqual({ revokedSessionIds: [], userErrors: [] })
    expect((await ask(ME, { token: here.tokens.accessToken })).status).toBe(200)
  })

  test("1.3: somebody else's session is answered as one that never was, and lives on", async () => {
    const [ada, bob] = [await (await someVerified()).signIn(), await (await someVerified()).signIn()]

    const theirs = await revoke(ada.tokens.accessToken, bob.sessionId)
    const nobodys = await revoke(ada.tokens.accessToken, 'ses_01jz0000000000000000000000')

    expect(theirs).toEqual({ revokedSessionIds: [], userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] })
    expect(nobodys).toEqual(theirs)
    expect((await refresh(bob.tokens.refreshToken)).tokens).not.toBeNull()
  })

  test('ending all others keeps the session that asks, and tells which ended', async () => {
    const ada = await someVerified()
    const [here, phone, tablet] = [await ada.signIn(), await ada.signIn(), await ada.signIn()]

    const { data } = await ask('mutation { revokeOtherSessions { revokedSessionIds } }', {
      token: here.tokens.accessToken,
    })

    const { revokedSessionIds } = data['revokeOtherSessions'] as unknown as { revokedSessionIds: string[] }
    expect(new Set(revokedSessionIds)).toEqual(new Set([phone.sessionId, tablet.sessionId]))
    expect(await untilRefused(phone.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect((await ask(ME, { token: here.tokens.accessToken })).status).toBe(200)
  })

  test("ending somebody's sessions needs a scope that a person does not have", async () => {
    const { tokens, userId } = await (await someVerified()).signIn()

    const answer = await ask('mutation($id: ID!) { revokeUserSessions(userId: $id) { revokedSessionIds } }', {
      token: tokens.accessToken,
      variables: { id: userId },
    })

    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']])
  })

  test('the last sign-in is a fact of the person', async () => {
    const ada = await someVerified()
    await ada.signIn()
    const { tokens } = await ada.signIn()

    const { data } = await ask('{ me { lastSignInAt sessions(first: 1) { nodes { createdAt } } } }', {
      token: tokens.accessToken,
    })

    const me = data['me'] as unknown as { lastSignInAt: string; sessions: { nodes: { createdAt: string }[] } }
    expect(me.lastSignInAt).toBe(me.sessions.nodes[0]?.createdAt)
  })

  test('5.1: a browser gets its refresh token in an HttpOnly cookie and never in the body', async () => {
    const ada = await someVerified()
    const origin = graphUrl()

    const answer = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip, {
      origin,
    })
    const cookies = answer.headers.getSetCookie()
    const refreshed = await ask(
      'mutation { refreshToken { tokens { accessToken refreshToken } userErrors { code } } }',
      {
        headers: { origin, cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') },
      },
    )

    expect(answer.data).toMatchObject({
      login: { result: { tokens: { refreshToken: null, deviceToken: null } } },
    })
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    expect(refreshed.data).toMatchObject({
      refreshToken: { tokens: { refreshToken: null, accessToken: expect.any(String) } },
    })
    expect(refreshed.headers.getSetCookie()).toHaveLength(1)
  })

  test('2.2, 5.1: cookies from an origin that is not listed are refused, and so is delivery in the body', async () => {
    const ada = await someVerified()
    const origin = 'https://evil.test'

    const withCookie = await ask('mutation { refreshToken { userErrors { code } } }', {
      headers: { origin, cookie: 'usergraph-refresh=ugr_x' },
    })
    const inBody = await login(
      { identifier: { email: ada.email }, password: ada.password, tokenDelivery: 'BODY' },
      ada.ip,
      { origin },
    )

    expect([withCookie.status, withCookie.codes]).toEqual([403, ['FORBIDDEN']])
    expect(withCookie.headers.get('access-control-allow-origin')).toBeNull()
    expect(inBody.data).toMatchObject({
      login: { result: null, userErrors: [{ code: 'INVALID', field: ['tokenDelivery'] }] },
    })
  })

  test('validateToken says what a token is worth, and why not', async () => {
    const { tokens, userId } = await (await someVerified()).signIn()
    const validate = async (token: string) => {
      const { data } = await ask(
        'query($token: JWT!) { validateToken(token: $token) { valid reason subject { id } session { state } } }',
        {
          variables: { token },
        },
      )
      return data['validateToken'] as unknown as Record<string, unknown>
    }
    const tampered = `${tokens.accessToken.slice(0, -6)}AAAAAA`

    const good = await validate(tokens.accessToken)
    await ask(LOGOUT, { token: tokens.accessToken })

    expect(good).toEqual({ valid: true, reason: null, subject: { id: userId }, session: { state: 'ACTIVE' } })
    expect(await validate(tokens.accessToken)).toMatchObject({ valid: false, reason: 'REVOKED' })
    expect(await validate(tampered)).toMatchObject({ valid: false, reason: 'BAD_SIGNATURE' })
    expect(await validate('nonsense')).toMatchObject({ valid: false, reason: 'MALFORMED' })
  })

  test('a session says in which country its address is likely, where that is known', async () => {
    const ada = await someVerified()
    const placeOf = async (ip: string) => {
      const { data } = await login(
        { identifier: { email: ada.email }, password: ada.password, tokenDelivery: 'BODY' },
        ip,
      )
      const { result } = data['login'] as unknown as { result: { session: { approximateLocation: string } } }
      return result.session.approximateLocation
    }

    expect(await placeOf('193.99.144.80')).toBe('Germany')
    expect([await placeOf(ada.ip), await placeOf('2001:db8::7')]).toEqual([null, null])
  })

  test('a person lists their own sessions, newest first, and pages through them', async () => {
    const ada = await someVerified()
    const [one, two, three] = [
      await ada.signIn({ deviceName: 'One' }),
      await ada.signIn(),
      await ada.signIn(),
    ]
    const page = async (after: string | null) => {
      const { data } = await ask(
        'query($after: String) { me { sessions(first: 2, after: $after) { nodes { id isCurrent } pageInfo { hasNextPage endCursor } } } }',
        { token: three.tokens.accessToken, variables: { after } },
      )
      return (data['me'] as unknown as { sessions: { nodes: object[]; pageInfo: { endCursor: string } } })
        .sessions
    }

    const first = await page(null)
    const second = await page(first.pageInfo.endCursor)

    expect(first.nodes).toEqual([
      { id: three.sessionId, isCurrent: true },
      { id: two.sessionId, isCurrent: false },
    ])
    expect(second).toMatchObject({ nodes: [{ id: one.sessionId }], pageInfo: { hasNextPage: false } })
  })
})
