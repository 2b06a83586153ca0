import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import { authSchema } from '../subgraph.js'
import { eraseUser } from './erase.js'
import { accessVersions, devices, passwordChanges, sessions, signInFailures } from './tables.js'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

/** Somebody of whom there is one row in each table. */
async function someone() {
  const { db } = database
  const userId = someUserId()
  const soon = new Date(Date.now() + 60_000)
  await db.insert(sessions).values({
    ...{ id: userId.replace('usr', 'ses'), userId, clientId: 'web', methods: ['PASSWORD'] },
    device: { name: 'x', browser: null, os: null, kind: 'OTHER' },
    ...{
      ip: '198.51.100.7',
      currentRefresh: new Uint8Array([1]),
      idleExpiresAt: soon,
      absoluteExpiresAt: soon,
    },
  })
  await db.insert(devices).values({ userId, digest: new Uint8Array([1]) })
  const failure = { attempts: 1, windowStartedAt: new Date(), consecutive: 1 }
  await db.insert(signInFailures).values({ subject: userId, ...failure })
  await db.insert(passwordChanges).values({ userId, changedAt: new Date() })
  await db.insert(accessVersions).values({ userId, version: 2 })
  return userId
}

test('9.7: what is held of a person goes, once; what refuses their tokens stays, and so does everybody else', async () => {
  const [ada, bob] = [await someone(), await someone()]

  const racers = await Promise.all(
    Array.from({ length: 20 }, () => database.db.transaction((tx) => eraseUser(tx, ada))),
  )

  expect(racers.sort().at(-1)).toBe(4)
  expect(racers.reduce((sum, count) => sum + count)).toBe(4)
  for (const table of [sessions, devices, passwordChanges]) {
    expect(await database.db.select({ of: table.userId }).from(table)).toEqual([{ of: bob }])
  }
  expect(await database.db.select({ of: signInFailures.subject }).from(signInFailures)).toEqual([{ of: bob }])
  expect(await database.db.select({ version: accessVersions.version }).from(accessVersions)).toHaveLength(2)
})
