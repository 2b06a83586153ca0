import { decodeJwt } from 'jose'
import { BeginStepUpDocument, CompleteStepUpDocument } from '../../sdk/__generated__/operations.js'
import { ask } from './seed/ask.js'
import { someWithApp } from './seed/authenticator.js'
import { admin, someAdmin, someWithRole } from './seed/operators.js'
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

const ASSIGN = `mutation($id: ID!, $role: String!) {
  assignRole(userId: $id, role: $role) { user { roles { name } } userErrors { code } }
}`
const RENAME = `mutation($id: ID!) { updateUser(id: $id, input: { profile: { displayName: "x" } }) { userErrors { code } } }`

async function steppedUp(token: string, code: string): Promise<string> {
  const begun = await ask(BeginStepUpDocument, { token, variables: { input: {} } })
  const { stepUpTicket } = begun.data['beginStepUp'] as unknown as { stepUpTicket: string }
  const input = { stepUpTicket, method: 'TOTP', code }
  const completed = await ask(CompleteStepUpDocument, { token, variables: { input } })
  return (completed.data['completeStepUp'] as unknown as Refreshed).tokens.accessToken
}

describe('a role that an operator defined', () => {
  test('8.6: is listed, given by an administrator, and in the token once the factor was shown that it demands', async () => {
    const [root, support] = [await someAdmin(), await someWithRole('support')]
    const token = root.session.tokens.accessToken
    const { tokens, userId, app } = await someWithApp()

    const { data } = await ask('{ roles { name description permissions } }', { token })
    const given = await ask(ASSIGN, { token, variables: { id: userId, role: 'order-clerk' } })
    const without = await refresh(tokens.refreshToken)
    const clerk = await steppedUp(without.tokens.accessToken, app.now())
    const bySupport = await ask(RENAME, {
      ...{ token: support.session.tokens.accessToken, variables: { id: userId } },
    })
    const byAdmin = await ask(RENAME, { token, variables: { id: userId } })

    expect(data['roles']).toContainEqual({
      ...{ name: 'order-clerk', description: 'Looks orders up and refunds them' },
      permissions: ['users:read', 'orders:read', 'orders:refund'],
    })
    expect(given.data['assignRole']).toEqual({
      user: { roles: [{ name: 'user' }, { name: 'order-clerk' }] },
      userErrors: [],
    })
    // That session is from before there was an app: AAL1.
    expect(decodeJwt(without.tokens.accessToken)).toMatchObject({ acr: 'aal1', scope: '' })
    expect(decodeJwt(clerk)).toMatchObject({
      acr: 'aal2',
      scope: 'users:read orders:read orders:refund',
      // As deploy/config/claims.example.json says.
      ...{ roles: ['user', 'order-clerk'], locale: 'en', 'https://acme.test/order_clerk': true },
    })
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ 'https://acme.test/order_clerk': false })
    expect(minutesOf(without).idle).toBe(60)
    expect(bySupport.codes).toEqual(['FORBIDDEN'])
    expect(byAdmin.data['updateUser']).toEqual({ userErrors: [] })
  })
})
