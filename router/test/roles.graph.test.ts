import { decodeJwt } from 'jose'
import { ask } from './seed/ask.js'
import { admin, someAdmin } from './seed/operators.js'
import { someClient, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const REFRESH = `mutation($token: String) {
  refreshToken(input: { refreshToken: $token }) {
    tokens { accessToken refreshTokenExpiresAt } session { id lastSeenAt createdAt idleExpiresAt absoluteExpiresAt }
  }
}`

type Refreshed = {
  tokens: { accessToken: string; refreshTokenExpiresAt: string }
  session: Record<'id' | 'lastSeenAt' | 'createdAt' | 'idleExpiresAt' | 'absoluteExpiresAt', string>
}

const refresh = async (token: string | null) =>
  (await ask(REFRESH, { variables: { token } })).data['refreshToken'] as unknown as Refreshed

function minutesOf({ tokens, session }: Refreshed) {
  const between = (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / 60_000)
  return {
    idle: between(session.lastSeenAt, session.idleExpiresAt),
    absolute: between(session.createdAt, session.absoluteExpiresAt),
    token: between(session.lastSeenAt, tokens.refreshTokenExpiresAt),
  }
}

describe('a change of roles', () => {
  test('4.5: tokens from before are refused within 5 seconds, and the session goes on with what the role allows', async () => {
    const ada = await someVerified()
    const client = someClient(ada.ip)
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    const { tokens, userId, sessionId } = await ada.signIn()
    await expect(client.user(userId)).rejects.toMatchObject({ code: 'FORBIDDEN' })

    const { code } = await admin(['give-role', ada.email, 'support'])
    const refusedAfter = await untilRefused(tokens.accessToken)
    const next = await refresh(tokens.refreshToken)

    expect(code).toBe(0)
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(next.session.id).toBe(sessionId)
    expect(decodeJwt(next.tokens.accessToken)).toMatchObject({
      ver: 1,
      scope: expect.stringContaining('users:read'),
    })
    // The SDK refreshes by itself, and sends what was refused once more.
    expect(await client.user(userId)).toMatchObject({ id: userId })
  })

  test('5.3: whoever may do more is signed in for less, from the next refresh on and at every sign-in', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    await admin(['give-role', ada.email, 'support'])

    const refreshed = await refresh(tokens.refreshToken)
    const { tokens: asAdmin } = (await someAdmin()).session
    const again = await refresh(asAdmin.refreshToken)

    expect(minutesOf(refreshed)).toEqual({ idle: 60, absolute: 24 * 60, token: 60 })
    expect(minutesOf(again)).toEqual({ idle: 15, absolute: 8 * 60, token: 15 })
  })
})
