import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import type { AccessStore } from '../domain/access-ports.js'
import type { SessionStore } from '../domain/ports.js'
import { newSession } from '../new-ids.js'
import { authSchema } from '../subgraph.js'
import { createAccessStore } from './access-versions.js'
import { createSessionStore } from './sessions.js'
import { outbox } from './tables.js'

const RACERS = 50

let testDatabase: TestDatabase
let database: Database
let access: AccessStore
let sessions: SessionStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  access = createAccessStore(database.db, events)
  sessions = createSessionStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

async function signedIn(userId: string): Promise<string> {
  const started = await sessions.start({
    ...{
      id: newSession().id,
      userId,
      life: 'LONG',
      clientId: 'web',
      methods: ['PASSWORD'],
      assurance: 'AAL1',
      ticket: null,
      trustsDevice: false,
      grant: null,
      passwordTriedAt: null,
      factorVersion: 0,
      ip: '198.51.100.7',
      userAgent: null,
    },
    device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' },
    ...{ refreshDigest: new Uint8Array(32), shownDevice: null, newDevice: new Uint8Array(32) },
    subject: userId,
  })
  if (!started) throw new Error('no session was started')
  return started.session.id
}

const versionOf = async (userId: string) => {
  const { accessVersions } = await sessions.endedSince(null)
  return accessVersions.find((one) => one.userId === userId)?.version
}

test('4.5: tokens of an older version are refused from then on, and sessions go on', async () => {
  const userId = someUserId()
  const session = await signedIn(userId)
  const { cursor } = await sessions.endedSince(null)

  await access.change({ userId, version: 2, endsSessions: false })

  expect(await access.isOutdated({ userId, version: 1 })).toBe(true)
  expect(await access.isOutdated({ userId, version: 2 })).toBe(false)
  expect(await access.isOutdated({ userId: someUserId(), version: 0 })).toBe(false)
  expect(await sessions.find(session)).toMatchObject({ state: 'ACTIVE' })
  expect((await sessions.endedSince(cursor)).accessVersions).toContainEqual({ userId, version: 2 })
})

test("4.5: somebody disabled has their sessions ended with it, and nobody else's", async () => {
  const [userId, other] = [someUserId(), someUserId()]
  const [session, others] = [await signedIn(userId), await signedIn(other)]

  await access.change({ userId, version: 1, endsSessions: true })
  await access.change({ userId, version: 1, endsSessions: true })

  expect(await sessions.find(session)).toMatchObject({ state: 'REVOKED' })
  expect(await sessions.find(others)).toMatchObject({ state: 'ACTIVE' })
})

test('changes that are heard of at once and out of order leave the highest version', async () => {
  const userId = someUserId()

  await Promise.all(
    Array.from({ length: RACERS }, (_, index) =>
      access.change({ userId, version: ((index * 7) % RACERS) + 1, endsSessions: index % 2 === 0 }),
    ),
  )

  expect(await versionOf(userId)).toBe(RACERS)
})

test('4.1: what is told is the sum of both versions, each of which only rises, whichever is heard of first', async () => {
  const userId = someUserId()
  const { cursor } = await sessions.endedSince(null)

  await Promise.all(
    Array.from({ length: RACERS }, (_, index) =>
      index % 2 === 0
        ? access.change({ userId, version: (index % 6) + 1, endsSessions: false })
        : access.changeFactors({ userId, version: (index % 8) + 1 }),
    ),
  )

  expect((await sessions.endedSince(cursor)).accessVersions).toContainEqual({ userId, version: 5 + 8 })
  expect(await access.isOutdated({ userId, version: 12 })).toBe(true)
  expect(await access.isOutdated({ userId, version: 13 })).toBe(false)
})
