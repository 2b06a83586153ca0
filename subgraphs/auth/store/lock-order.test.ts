import { randomBytes } from 'node:crypto'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox, type Outbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import { authSchema } from '../subgraph.js'
import { createStores, type Stores } from './create-stores.js'
import { eraseUser } from './erase.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()
const DEVICE = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' } as const

let testDatabase: TestDatabase
let database: Database
let events: Outbox
let stores: Stores

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  events = createOutbox(outbox, () => {})
  stores = createStores(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

const digest = () => new Uint8Array(randomBytes(32))

const start = (userId: string) =>
  stores.sessions.start({
    ...({ id: newId(ID_PREFIXES.session), userId, life: 'LONG', clientId: 'web' } as const),
    ...({ methods: ['PASSWORD'], assurance: 'AAL1', factorVersion: 0, device: DEVICE } as const),
    ...{ ip: '198.51.100.7', userAgent: null, subject: userId, trustsDevice: true },
    ...{ refreshDigest: digest(), shownDevice: null, newDevice: digest() },
    ...{ ticket: null, grant: null, passwordTriedAt: null },
  })

const issue = (userId: string) =>
  stores.tickets.issue(
    digest(),
    { userId, clientId: 'web', device: DEVICE, delivery: 'BODY', shownDevice: null },
    { grant: null, ticket: null, passwordTriedAt: null },
  )

/** What may be done about one person at once, each of it to several of their rows. */
const ACTS: Record<string, (userId: string, version: number) => Promise<unknown>> = {
  changePassword: (userId) =>
    stores.passwords.apply(newUuid(), { userId, how: 'RESET', keptSessionId: null, keptTicket: null }, BY),
  endSessions: (userId) => stores.sessions.endAll(userId, { reason: 'REVOKED', by: BY }),
  disable: (userId, version) => stores.access.change({ userId, version, endsSessions: true }),
  changeFactors: (userId, version) => stores.access.changeFactors({ userId, version }),
  erase: (userId) => database.db.transaction((tx) => eraseUser(tx, userId)),
  signIn: start,
}

test('13.5: whatever is done about a person at once, no two wait for each other', async () => {
  const acts = Object.values(ACTS)

  for (let round = 1; round <= ROUNDS; round++) {
    const userId = someUserId()
    await Promise.all(Array.from({ length: 5 }, () => Promise.all([start(userId), issue(userId)])))

    // PostgreSQL ends one of two that wait for each other, and that one rejects.
    await Promise.all(
      Array.from({ length: RACERS }, (_, index) => acts[index % acts.length]?.(userId, round + index)),
    )
  }
})
