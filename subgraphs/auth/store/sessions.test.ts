import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { sessionRevoked } from '../../shared/contracts/auth.js'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { FailureStore } from '../domain/failure-ports.js'
import type { EndReason, NewSession, SessionState, SessionStore } from '../domain/ports.js'
import { MAX_SESSIONS } from '../limits.js'
import { authSchema } from '../subgraph.js'
import { createFailureStore } from './failures.js'
import { createSessionStore } from './sessions.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let sessions: SessionStore
let failures: FailureStore
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test', onStatement: () => sent++ })
  const events = createOutbox(outbox, () => {})
  sessions = createSessionStore(database.db, events)
  failures = createFailureStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

const digest = () => new Uint8Array(randomBytes(32))

const draft = (changes: Partial<NewSession> = {}): NewSession => ({
  id: newId(ID_PREFIXES.session),
  userId: someUserId(),
  life: 'LONG',
  clientId: 'web',
  methods: ['PASSWORD'],
  assurance: 'AAL1',
  device: { name: 'Firefox on Linux', browser: 'Firefox', os: 'Linux', kind: 'DESKTOP' },
  ip: '198.51.100.7',
  userAgent: 'jest',
  refreshDigest: digest(),
  shownDevice: null,
  newDevice: digest(),
  subject: 'nobody',
  ticket: null,
  trustsDevice: false,
  grant: null,
  passwordTriedAt: null,
  factorVersion: 0,
  ...changes,
})

const listed = async (userId: string, page: { state: SessionState; first: number; after: string | null }) =>
  (await sessions.list({ ...page, userIds: [userId] })).get(userId) ?? []

const actsOn = (userId: string) =>
  owner`select payload->>'action' as action, payload->>'actorId' as actor, payload->'detail' as detail
    from auth.outbox where name = 'audit.recorded' and payload->>'subjectId' = ${userId} order by id`

const because = (reason: EndReason) => ({ reason, by: someActor() })

async function started(changes: Partial<NewSession> = {}) {
  const row = draft(changes)
  const session = await sessions.start(row)
  if (!session) throw new Error('no session was started')
  return { ...row, ...session }
}

const race = <Outcome>(act: () => Promise<Outcome>) => Promise.all(Array.from({ length: RACERS }, act))

describe('sessions in Postgres', () => {
  test('a sign-in is one statement for session, device, event and forgiven failures, and one for the cap', async () => {
    const subject = someUserId()
    await failures.reserve(subject, null)
    const before = sent

    const { session, userId } = await started({ subject })

    expect(sent - before).toBe(2)
    expect(session).toMatchObject({ userId, state: 'ACTIVE', methods: ['PASSWORD'] })
    expect(await owner`select 1 from auth.sign_in_failures where subject = ${subject}`).toHaveLength(0)
    expect(await sessions.find(session.id)).toEqual(session)
  })

  test('5.3: a session idles out after 7 days and ends for good after 30', async () => {
    const { session } = await started()
    const days = (until: Date) => Math.round((until.getTime() - session.createdAt.getTime()) / 86_400_000)

    expect(days(session.idleExpiresAt)).toBe(7)
    expect(days(session.absoluteExpiresAt)).toBe(30)
  })

  test('7.5: a device is new once, and known by the token it was given', async () => {
    const userId = someUserId()
    const newDevice = digest()
    const first = await started({ userId, newDevice })
    const second = await started({ userId, shownDevice: newDevice })
    const stranger = await started({ userId: someUserId(), shownDevice: newDevice })

    expect([first.isNewDevice, second.isNewDevice, stranger.isNewDevice]).toEqual([true, false, true])
    const told =
      await owner`select payload->'isNewDevice' as new from auth.outbox where payload->>'userId' = ${userId} order by id`
    expect(told.map((row) => row['new'])).toEqual([true, false])
  })

  test('5.2: of many racing callers with one refresh token exactly one rotates it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, refreshDigest } = await started()
      const outcomes = await race(() =>
        sessions.rotate({
          removedAtVersion: 0,
          life: 'LONG',
          sessionId: id,
          from: refreshDigest,
          to: digest(),
        }),
      )

      expect(outcomes.filter(Boolean)).toHaveLength(1)
    }
  })

  test('5.2: the token before the current one is a repeat while its successor is unused, and theft after', async () => {
    const { id, refreshDigest: first } = await started()
    const [second, third] = [digest(), digest()]
    await sessions.rotate({ removedAtVersion: 0, life: 'LONG', sessionId: id, from: first, to: second })

    expect(await sessions.judgeRefused({ sessionId: id, from: first, to: second })).toMatchObject({
      kind: 'repeat',
    })
    await sessions.rotate({ removedAtVersion: 0, life: 'LONG', sessionId: id, from: second, to: third })
    expect(await sessions.judgeRefused({ sessionId: id, from: first, to: second })).toMatchObject({
      kind: 'reused',
    })
  })

  test('5.2: after 10 seconds the token before the current one is theft', async () => {
    const { id, refreshDigest: first } = await started()
    const second = digest()
    await sessions.rotate({ removedAtVersion: 0, life: 'LONG', sessionId: id, from: first, to: second })
    await owner`update auth.sessions set rotated_at = now() - interval '11 seconds' where current_refresh = ${Buffer.from(second)}`

    expect(await sessions.judgeRefused({ sessionId: id, from: first, to: second })).toMatchObject({
      kind: 'reused',
    })
  })

  test('8.6: a refresh forgets what was shown of a factor that was taken away since, and keeps any other', async () => {
    const before = await started({ assurance: 'AAL2', factorVersion: 2 })
    const after = await started({ assurance: 'AAL2', factorVersion: 3 })
    const rotated = await Promise.all(
      [before, after].map(({ id, refreshDigest: from }) =>
        sessions.rotate({ removedAtVersion: 3, life: 'LONG', sessionId: id, from, to: digest() }),
      ),
    )

    expect(rotated.map((session) => session?.assurance)).toEqual(['AAL1', 'AAL2'])
  })

  test('5.3: an idle or ended session rotates nothing', async () => {
    const idle = await started()
    await owner`update auth.sessions set idle_expires_at = now() where current_refresh = ${Buffer.from(idle.refreshDigest)}`
    const ended = await started()
    await sessions.end(ended.id, because('LOGOUT'))

    for (const { id, refreshDigest } of [idle, ended]) {
      const rotation = { sessionId: id, from: refreshDigest, to: digest() }
      expect(await sessions.rotate({ removedAtVersion: 0, ...rotation, life: 'LONG' })).toBeNull()
      expect(await sessions.judgeRefused(rotation)).toEqual({ kind: 'ended' })
    }
  })

  test('rotating moves the idle end but never past the absolute one', async () => {
    const { id, refreshDigest } = await started()
    await owner`update auth.sessions set absolute_expires_at = now() + interval '1 hour' where current_refresh = ${Buffer.from(refreshDigest)}`

    const rotated = await sessions.rotate({
      removedAtVersion: 0,
      life: 'LONG',
      sessionId: id,
      from: refreshDigest,
      to: digest(),
    })

    expect(rotated?.idleExpiresAt).toEqual(rotated?.absoluteExpiresAt)
  })

  test('of many racing callers one ends a session, and a reuse is told once', async () => {
    const { id, userId } = await started()

    const outcomes = await race(() => sessions.end(id, because('REUSE')))

    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(
      await owner`select 1 from auth.outbox where name = 'refresh.reuse-detected' and payload->>'userId' = ${userId}`,
    ).toHaveLength(1)
  })

  test('5.4: however many sign-ins race, the newest twenty sessions are left', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const userId = someUserId()
      const all = await race(() => started({ userId }))

      const open = await listed(userId, { state: 'ACTIVE', first: RACERS, after: null })
      const newest = all
        .map(({ id }) => id)
        .sort()
        .reverse()
        .slice(0, MAX_SESSIONS)
      expect(open.map(({ id }) => id)).toEqual(newest)
    }
  })

  test('5.4: at the cap nothing ends; one more ends the oldest, and nobody else pays for it', async () => {
    const userId = someUserId()
    const stranger = await started()
    const all = []
    for (let count = 0; count < MAX_SESSIONS; count++) all.push(await started({ userId }))
    const oldest = all[0]?.id ?? ''

    expect(await sessions.find(oldest)).toMatchObject({ state: 'ACTIVE' })
    await started({ userId })
    expect(await sessions.find(oldest)).toMatchObject({ state: 'REVOKED' })
    expect(await sessions.find(all[1]?.id ?? '')).toMatchObject({ state: 'ACTIVE' })
    expect(await sessions.find(stranger.id)).toMatchObject({ state: 'ACTIVE' })
  })

  test('5.2: a refresh that races with the end of its session gets a successor that is worth nothing', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, userId, refreshDigest } = await started()
      const successor = digest()
      await Promise.all([
        ...Array.from({ length: RACERS - 1 }, () =>
          sessions.rotate({
            removedAtVersion: 0,
            life: 'LONG',
            sessionId: id,
            from: refreshDigest,
            to: successor,
          }),
        ),
        sessions.endAll(userId, because('REVOKED')),
      ])

      for (const from of [refreshDigest, successor]) {
        expect(
          await sessions.rotate({ removedAtVersion: 0, life: 'LONG', sessionId: id, from, to: digest() }),
        ).toBeNull()
      }
    }
  })

  test('racing callers who end the same sessions in different ways end each once', async () => {
    const userId = someUserId()
    const all = []
    for (let count = 0; count < 10; count++) all.push(await started({ userId }))
    const kept = all[9]?.id ?? ''

    const outcomes = await race(async () => [
      ...(await sessions.endOthers(userId, kept, because('REVOKED'))),
      ...(await sessions.endAll(userId, because('LOGOUT'))),
    ])

    expect(outcomes.flat()).toHaveLength(all.length)
    expect(new Set(outcomes.flat())).toEqual(new Set(all.map(({ id }) => id)))
  })

  test('what staff, a thief or the cap ends is told once, with the sessions it was; what the owner ends is not', async () => {
    const userId = someUserId()
    const revocations = () =>
      owner<{ payload: unknown }[]>`select payload from auth.outbox
        where name = 'session.revoked' and payload->>'userId' = ${userId} order by id`
    for (let round = 0; round < ROUNDS; round++) {
      await owner`delete from auth.outbox where payload->>'userId' = ${userId}`
      const [one, two] = [await started({ userId }), await started({ userId })]

      await race(() => sessions.endAll(userId, because('REVOKED')))

      const told = (await revocations()).map(({ payload }) => sessionRevoked.payload.parse(payload))
      expect(told).toEqual([
        { userId, sessionIds: expect.any(Array), reason: 'REVOKED', at: expect.any(String) },
      ])
      expect(new Set(told[0]?.sessionIds)).toEqual(new Set([one.id, two.id]))
    }
    await owner`delete from auth.outbox where payload->>'userId' = ${userId}`
    const byThemselves = { by: someActor({ userId }) }
    for (const reason of ['REVOKED', 'LOGOUT'] as const) {
      await started({ userId })
      await sessions.endAll(userId, { ...byThemselves, reason })
    }
    expect(await revocations()).toEqual([])

    const stolen = await started({ userId })
    await sessions.end(stolen.id, { ...byThemselves, reason: 'REUSE' })
    for (let count = 0; count <= MAX_SESSIONS; count++) await started({ userId })
    expect(await revocations()).toMatchObject([
      { payload: { reason: 'REUSE', sessionIds: [stolen.id] } },
      { payload: { reason: 'TOO_MANY', sessionIds: [expect.any(String)] } },
    ])
  })

  test('5.4: of many racing step-ups exactly one replaces the session', async () => {
    const stepUpOf = ({ id, userId }: { id: string; userId: string }) => ({
      ...{
        id: newId(ID_PREFIXES.session),
        replaces: id,
        userId,
        method: 'PASSWORD' as const,
        life: 'LONG' as const,
      },
      ...{
        assurance: 'AAL1' as const,
        ip: '203.0.113.9',
        by: someActor(),
        refreshDigest: digest(),
        subject: userId,
        passwordTriedAt: null,
        factorVersion: 0,
        grant: null,
      },
    })

    for (let round = 0; round < ROUNDS; round++) {
      const old = await started({ methods: ['OTP_EMAIL'] })
      await failures.reserve(old.userId, null)
      const outcomes = await race(() => sessions.replace(stepUpOf(old)))

      const [next, ...others] = outcomes.filter((outcome) => outcome !== null)
      expect(others).toEqual([])
      expect(next).toMatchObject({ state: 'ACTIVE', userId: old.userId, methods: ['OTP_EMAIL', 'PASSWORD'] })
      expect(next).toMatchObject({ device: old.device, absoluteExpiresAt: old.session.absoluteExpiresAt })
      expect(await sessions.find(old.id)).toMatchObject({ state: 'REVOKED' })
      expect(await owner`select 1 from auth.sign_in_failures where subject = ${old.userId}`).toHaveLength(0)
    }
  })

  test("a step-up replaces no session that has ended, and nobody else's", async () => {
    const { id, userId } = await started()
    const replace = (by: string) =>
      sessions.replace({
        ...{ id: newId(ID_PREFIXES.session), replaces: id, userId: by, method: 'PASSWORD', life: 'LONG' },
        ...{
          assurance: 'AAL1',
          ip: '203.0.113.9',
          by: someActor(),
          refreshDigest: digest(),
          subject: by,
          passwordTriedAt: null,
          factorVersion: 0,
          grant: null,
        },
      })

    expect(await replace(someUserId())).toBeNull()
    expect(await sessions.find(id)).toMatchObject({ state: 'ACTIVE' })
    await sessions.end(id, because('LOGOUT'))
    expect(await replace(userId)).toBeNull()
    expect(await listed(userId, { state: 'ACTIVE', first: 5, after: null })).toEqual([])
  })

  test('12.4: starting, proving again and ending are told to the audit log, once each and in the statement of the act', async () => {
    const { id, userId } = await started()
    const next = newId(ID_PREFIXES.session)
    const by = someActor({ userId })
    const replacement = {
      replaces: id,
      userId,
      life: 'LONG',
      method: 'PASSWORD',
      assurance: 'AAL1',
      ip: '203.0.113.9',
      by,
      passwordTriedAt: null,
      factorVersion: 0,
      grant: null,
    } as const
    await sessions.replace({ ...replacement, id: next, refreshDigest: digest(), subject: userId })
    await sessions.replace({
      ...replacement,
      id: newId(ID_PREFIXES.session),
      refreshDigest: digest(),
      subject: userId,
    })
    const before = sent

    await race(() =>
      sessions.endAll(userId, { reason: 'REVOKED', by: someActor({ userId: null, client: 'operator' }) }),
    )

    expect(sent - before).toBe(RACERS)
    expect(await actsOn(userId)).toEqual([
      { action: 'session.start', actor: userId, detail: { methods: 'PASSWORD' } },
      { action: 'session.step-up', actor: userId, detail: { method: 'PASSWORD' } },
      { action: 'session.end', actor: null, detail: { reason: 'REVOKED', sessions: 1 } },
    ])
  })

  test('12.4: a token that came back is a failure in the audit log, and its end is told with it', async () => {
    const { id, userId } = await started()

    await race(() => sessions.end(id, because('REUSE')))

    expect(await actsOn(userId)).toMatchObject([
      { action: 'session.start' },
      { action: 'session.refresh-reuse', detail: { reason: 'REUSE' } },
    ])
  })

  test("pages of many people's sessions are one statement, each newest first and none longer for another's", async () => {
    const [ada, bob, eve] = [someUserId(), someUserId(), someUserId()]
    const adas = [
      await started({ userId: ada }),
      await started({ userId: ada }),
      await started({ userId: ada }),
    ]
    const bobs = await started({ userId: bob })
    const before = sent

    const pages = await sessions.list({ userIds: [ada, bob, eve], state: 'ACTIVE', first: 1, after: null })

    expect(sent - before).toBe(1)
    expect(pages.get(ada)?.map(({ id }) => id)).toEqual([adas[2]?.id, adas[1]?.id])
    expect(pages.get(bob)).toEqual([bobs.session])
    expect(pages.has(eve)).toBe(false)
  })

  test("a person's own session ends once, and nobody else's does", async () => {
    const { id, userId } = await started()

    expect(await sessions.endOwn(someUserId(), id, because('REVOKED'))).toBe(false)
    expect(await sessions.find(id)).toMatchObject({ state: 'ACTIVE' })
    const outcomes = await race(() => sessions.endOwn(userId, id, because('REVOKED')))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
  })

  test('the last sign-in counts whether or not its session has ended; who never signed in is left out', async () => {
    const userId = someUserId()
    await started({ userId })
    const { session } = await started({ userId })
    await sessions.endAll(userId, because('LOGOUT'))
    const before = sent

    const found = await sessions.lastSignIns([userId, someUserId()])

    expect(found).toEqual(new Map([[userId, session.createdAt]]))
    expect(sent - before).toBe(1)
  })

  test('4.5: ended sessions are listed from a cursor on, with those just before it', async () => {
    const before = await sessions.endedSince(null)
    const { id, userId } = await started()
    const other = await started({ userId })
    await sessions.endAll(userId, because('LOGOUT'))

    const after = await sessions.endedSince(before.cursor)

    expect(after.sessionIds).toEqual(expect.arrayContaining([id, other.id]))
    expect(new Date(after.cursor).getTime()).toBeGreaterThan(new Date(before.cursor).getTime())
  })

  test('sessions are paged newest first, by state', async () => {
    const userId = someUserId()
    const all = [await started({ userId }), await started({ userId }), await started({ userId })]
    await sessions.end(all[0]?.id ?? '', because('LOGOUT'))

    const page = await listed(userId, { state: 'ACTIVE', first: 1, after: null })
    const next = await listed(userId, { state: 'ACTIVE', first: 1, after: page[0]?.id ?? null })

    expect([page[0]?.id, next[0]?.id]).toEqual([all[2]?.id, all[1]?.id])
    expect(await listed(userId, { state: 'REVOKED', first: 5, after: null })).toMatchObject([
      { id: all[0]?.id },
    ])
  })
})
