import { decodeJwt } from 'jose'
import { ask } from './seed/ask.js'
import { admin } from './seed/operators.js'
import { someClient, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

describe('a change of roles', () => {
  test('4.5: tokens from before are refused within 5 seconds, and the session goes on with what the role allows', async () => {
    const ada = await someVerified()
    const client = someClient(ada.ip)
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    const { tokens, userId, sessionId } = await ada.signIn()
    await expect(client.user(userId)).rejects.toMatchObject({ code: 'FORBIDDEN' })

    const { code } = await admin(['give-role', ada.email, 'support'])
    const refusedAfter = await untilRefused(tokens.accessToken)
    const refreshed = await ask(
      'mutation($token: String) { refreshToken(input: { refreshToken: $token }) { tokens { accessToken } session { id } } }',
      { variables: { token: tokens.refreshToken } },
    )

    expect(code).toBe(0)
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    const next = refreshed.data['refreshToken'] as unknown as {
      tokens: { accessToken: string }
      session: { id: string }
    }
    expect(next.session.id).toBe(sessionId)
    expect(decodeJwt(next.tokens.accessToken)).toMatchObject({
      ver: 1,
      scope: expect.stringContaining('users:read'),
    })
    // The SDK refreshes by itself, and sends what was refused once more.
    expect(await client.user(userId)).toMatchObject({ id: userId })
  })
})
