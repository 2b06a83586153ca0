import { pino } from 'pino'
import { someViewer } from '../../subgraphs/shared/test/requests.js'
import type { VerifiedToken } from './access-token.js'
import { createEndedSessions, type EndedSessions } from './ended-sessions.js'

const log = pino({ level: 'silent' })
const running: EndedSessions[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((sessions) => sessions.stop()))
})

type State = {
  time: number
  ended: string[]
  /** Ada's, since her roles changed. */
  version: number
  away: boolean
  polls: number
  asked: number
  cursors: (string | null)[]
  /** Which it was said there are. */
  keys: (readonly string[] | null)[]
}

/** Auth, as far as the set of ended sessions knows it, and a clock to turn. */
function surroundings() {
  const state: State = {
    time: 0,
    ended: [],
    version: 0,
    away: false,
    polls: 0,
    asked: 0,
    cursors: [],
    keys: [],
  }
  const auth = {
    async endedSessions({ cursor }: { cursor: string | null }) {
      state.polls += 1
      state.cursors.push(cursor)
      if (state.away) throw new Error('away')
      const accessVersions = state.version > 0 ? [{ userId: 'usr_ada', version: state.version }] : []
      return { sessionIds: state.ended, accessVersions, keyIds: ['k1'], cursor: `c${state.polls}` }
    },
    async isSessionActive({
      sessionId,
      accessVersion = 0,
    }: {
      sessionId: string
      accessVersion?: number | undefined
    }) {
      state.asked += 1
      if (state.away) throw new Error('away')
      return { active: !state.ended.includes(sessionId) && accessVersion >= state.version }
    },
  }
  const sessions = createEndedSessions({
    ...{ auth, log, now: () => state.time },
    goneKeys: { hear: (keyIds) => state.keys.push(keyIds) },
  })
  running.push(sessions)
  return { state, sessions }
}

const tokenOf = (sessionId: string, accessVersion = 0): VerifiedToken => ({
  viewer: someViewer({ userId: 'usr_ada', sessionId }),
  accessVersion,
})

async function polled(state: { polls: number }, sessions: EndedSessions) {
  const before = state.polls
  sessions.start()
  sessions.poke()
  while (state.polls === before) await new Promise((later) => setTimeout(later, 2))
  await sessions.stop()
}

test('4.5: refuses an ended session and asks auth for none while the feed is fresh', async () => {
  const { state, sessions } = surroundings()
  state.ended = ['ses_ended']

  await polled(state, sessions)

  expect(await sessions.isRefused(tokenOf('ses_ended'))).toBe(true)
  expect(await sessions.isRefused(tokenOf('ses_alive'))).toBe(false)
  expect(state.asked).toBe(0)
})

test('4.5: asks auth for each request once the feed is 3 s old', async () => {
  const { state, sessions } = surroundings()
  await polled(state, sessions)
  state.ended = ['ses_ended']

  state.time = 3000

  expect(sessions.isFresh()).toBe(false)
  expect(await sessions.isRefused(tokenOf('ses_ended'))).toBe(true)
  expect(await sessions.isRefused(tokenOf('ses_alive'))).toBe(false)
  expect(state.asked).toBe(2)
})

test('4.5: lets nobody in when neither the feed nor auth answers', async () => {
  const { state, sessions } = surroundings()
  state.ended = ['ses_ended']
  await polled(state, sessions)

  state.away = true
  state.time = 3000

  await expect(sessions.isRefused(tokenOf('ses_alive'))).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
  })
  expect(await sessions.isRefused(tokenOf('ses_ended'))).toBe(true)
})

test('asks auth before the first answer of the feed', async () => {
  const { state, sessions } = surroundings()

  expect(await sessions.isRefused(tokenOf('ses_alive'))).toBe(false)
  expect(state.asked).toBe(1)
})

test('goes on from the last cursor, and a failed look does not count as one', async () => {
  const { state, sessions } = surroundings()
  await polled(state, sessions)
  state.away = true
  state.time = 2999
  await polled(state, sessions)
  expect(sessions.isFresh()).toBe(true)

  state.time = 3001
  await polled(state, sessions)

  expect(sessions.isFresh()).toBe(false)
  expect(state.cursors[0]).toBeNull()
  expect(new Set(state.cursors.slice(-1))).toEqual(new Set(['c1']))
})

test('forgets a session when no token of it can live', async () => {
  const { state, sessions } = surroundings()
  state.ended = ['ses_ended']
  await polled(state, sessions)
  state.ended = []

  state.time = 329_000
  await polled(state, sessions)
  expect(await sessions.isRefused(tokenOf('ses_ended'))).toBe(true)
  state.time = 331_000
  await polled(state, sessions)

  expect(await sessions.isRefused(tokenOf('ses_ended'))).toBe(false)
})

test("4.5: refuses tokens from before a change of somebody's roles, and nobody else's", async () => {
  const { state, sessions } = surroundings()
  state.version = 2
  await polled(state, sessions)
  state.version = 1 // heard of late, and out of order
  await polled(state, sessions)

  expect(await sessions.isRefused(tokenOf('ses_alive', 1))).toBe(true)
  expect(await sessions.isRefused(tokenOf('ses_alive', 2))).toBe(false)
  const other = { viewer: someViewer({ userId: 'usr_bob', sessionId: 'ses_alive' }), accessVersion: 0 }
  expect(await sessions.isRefused(other)).toBe(false)
  expect(state.asked).toBe(0)
})

test('4.5: asks auth of the version too once the feed is stale', async () => {
  const { state, sessions } = surroundings()
  await polled(state, sessions)
  state.version = 1
  state.time = 3000

  expect(await sessions.isRefused(tokenOf('ses_alive', 0))).toBe(true)
  expect(await sessions.isRefused(tokenOf('ses_alive', 1))).toBe(false)
})

test('forgets a version when no older token can live', async () => {
  const { state, sessions } = surroundings()
  state.version = 1
  await polled(state, sessions)
  state.version = 0

  state.time = 329_000
  await polled(state, sessions)
  expect(await sessions.isRefused(tokenOf('ses_alive', 0))).toBe(true)
  state.time = 331_000
  await polled(state, sessions)

  expect(await sessions.isRefused(tokenOf('ses_alive', 0))).toBe(false)
})

test('4.4: tells with each answer which keys there are', async () => {
  const { state, sessions } = surroundings()

  await polled(state, sessions)

  expect(state.keys[0]).toEqual(['k1'])
})
