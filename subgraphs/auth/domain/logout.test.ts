import { randomBytes } from 'node:crypto'
import { someActor } from '../../shared/test/requests.js'
import { type LogoutInput, makeLogout } from './logout.js'
import type { Session, SessionState } from './ports.js'
import { createRefreshTokens } from './refresh-token.js'

const tokens = createRefreshTokens(new Uint8Array(32).fill(1))
const TEXT = tokens.format({ session: randomBytes(16), secret: randomBytes(32) })
const VIEWER = { userId: 'usr_ada', sessionId: 'ses_viewer' }

async function loggedOut(
  input: Partial<LogoutInput>,
  { ended = true, state = 'ACTIVE' }: { ended?: boolean; state?: SessionState | null } = {},
) {
  const calls: unknown[][] = []
  const logout = makeLogout({
    sessions: {
      async find(id) {
        // What is left out is not read here.
        return state && ({ id, userId: 'usr_ada', state } as Session)
      },
      async end(...args) {
        calls.push(['end', ...args])
        return ended
      },
      async endAll(...args) {
        calls.push(['endAll', ...args])
        return ['ses_1', 'ses_2']
      },
    },
    refreshTokens: tokens,
    sessionIdOf: () => 'ses_token',
  })
  return {
    result: await logout({ everywhere: false, viewer: null, refreshToken: null, by: someActor(), ...input }),
    calls,
  }
}

const bySomeone = (userId: string) => ({ reason: 'LOGOUT', by: someActor({ userId }) })

test("ends the viewer's session, whatever refresh token comes along", async () => {
  const { result, calls } = await loggedOut({ viewer: VIEWER, refreshToken: TEXT })

  expect(result).toEqual({ endedSessionIds: ['ses_viewer'] })
  expect(calls).toEqual([['end', 'ses_viewer', bySomeone('usr_ada')]])
})

test('ends the session of a refresh token where there is no viewer', async () => {
  const { result, calls } = await loggedOut({ refreshToken: TEXT })

  expect(result).toEqual({ endedSessionIds: ['ses_token'] })
  expect(calls).toEqual([['end', 'ses_token', bySomeone('usr_ada')]])
})

test.each([
  ['an access token', { viewer: VIEWER }],
  ['a refresh token', { refreshToken: TEXT }],
])('5.4: ends every session of the person that %s names', async (_, input) => {
  const { result, calls } = await loggedOut({ ...input, everywhere: true })

  expect(result).toEqual({ endedSessionIds: ['ses_1', 'ses_2'] })
  expect(calls).toEqual([['endAll', 'usr_ada', bySomeone('usr_ada')]])
})

test('a session that had ended already is not ended again', async () => {
  const { result } = await loggedOut({ viewer: VIEWER }, { ended: false })

  expect(result).toEqual({ endedSessionIds: [] })
})

test.each(['REVOKED', 'EXPIRED'] as const)(
  '4.5: the refresh token of a session that is %s ends nothing, not even everywhere',
  async (state) => {
    const { result, calls } = await loggedOut({ refreshToken: TEXT, everywhere: true }, { state })

    expect(result).toEqual({ endedSessionIds: [] })
    expect(calls).toEqual([])
  },
)

test.each([
  ['nothing', null],
  ['a token we never made', `ugr_${'A'.repeat(86)}`],
])('whoever shows %s ends nothing', async (_, refreshToken) => {
  const { result, calls } = await loggedOut({ refreshToken, everywhere: true })

  expect(result).toEqual({ endedSessionIds: [] })
  expect(calls).toEqual([])
})

test('a token whose session is gone ends nothing', async () => {
  const { result, calls } = await loggedOut({ refreshToken: TEXT, everywhere: true }, { state: null })

  expect(result).toEqual({ endedSessionIds: [] })
  expect(calls).toEqual([])
})
