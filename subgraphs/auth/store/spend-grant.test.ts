import { randomBytes } from 'node:crypto'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { LoginTicketStore } from '../domain/login-ports.js'
import type { NewSession, SessionStore, SpentGrant } from '../domain/ports.js'
import { authSchema } from '../subgraph.js'
import { createLoginTicketStore } from './login-tickets.js'
import { createSessionStore } from './sessions.js'
import { forgetSpentGrants } from './spend-grant.js'
import { outbox, spentGrants } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let tickets: LoginTicketStore
let sessions: SessionStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  tickets = createLoginTicketStore(database.db)
  sessions = createSessionStore(
    database.db,
    createOutbox(outbox, () => {}),
  )
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

const DEVICE = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' } as const
const digest = () => new Uint8Array(randomBytes(32))
const someGrant = (endsInMs = 300_000): SpentGrant => ({
  jti: newUuid(),
  expiresAt: new Date(Date.now() + endsInMs),
})

const start = (userId: string, grant: SpentGrant) =>
  sessions.start({
    ...({ id: newId(ID_PREFIXES.session), userId, life: 'LONG', clientId: 'web' } as const),
    ...({ methods: ['OTP_EMAIL'], assurance: 'AAL1', device: DEVICE, ip: '198.51.100.7' } as const),
    ...{ userAgent: null, refreshDigest: digest(), shownDevice: null, newDevice: digest(), subject: userId },
    ...{ ticket: null, grant, passwordTriedAt: null, factorVersion: 0, trustsDevice: false },
  } satisfies NewSession)

const issue = (userId: string, grant: SpentGrant) =>
  tickets.issue(
    digest(),
    { userId, clientId: 'web', device: DEVICE, delivery: 'BODY', shownDevice: null, method: 'OTP_EMAIL' },
    { grant, ticket: null, passwordTriedAt: null },
  )

const stepUp = (userId: string, replaces: string, grant: SpentGrant) =>
  sessions.replace({
    ...({ id: newId(ID_PREFIXES.session), replaces, userId, life: 'LONG', method: 'OTP_SMS' } as const),
    ...{ assurance: 'AAL2', ip: '198.51.100.7', by: someActor(), refreshDigest: digest(), subject: userId },
    ...{ passwordTriedAt: null, factorVersion: 0, grant },
  })

const race = <Result>(act: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: RACERS }, (_, index) => act(index)))

/** What is there of a person after a race. */
async function leftOf(userId: string) {
  const [row] = await database.client`
    select (select count(*) from auth.outbox where payload->>'userId' = ${userId} or payload->>'subjectId' = ${userId})::int as told`
  const theirs = await sessions.list({ userIds: [userId], state: null, first: RACERS, after: null })
  return { sessions: theirs.get(userId)?.length ?? 0, told: row?.['told'] }
}

describe('grants that sign in, in Postgres', () => {
  test('of many who show a grant one gets a session, and nothing else is written or told', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [userId, grant] = [someUserId(), someGrant()]

      const started = await race(() => start(userId, grant))

      expect(started.filter(Boolean)).toHaveLength(1)
      expect(await leftOf(userId)).toEqual({ sessions: 1, told: 2 })
    }
  }, 60_000)

  test('a grant is good for a session or for a ticket, whichever is first', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [userId, grant] = [someUserId(), someGrant()]

      const outcomes = await race<unknown>((index) =>
        index % 2 === 0 ? start(userId, grant) : issue(userId, grant),
      )

      expect(outcomes.filter(Boolean)).toHaveLength(1)
    }
    const [{ held } = {}] = await database.client`
      select (select count(*) from auth.sessions where methods = '{OTP_EMAIL}')::int
        + (select count(*) from auth.login_tickets)::int as held`
    expect(held).toBe(2 * ROUNDS) // those of the race before as well
  }, 60_000)

  test('of many sessions that are stepped up with one grant, one goes on', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [userId, grant] = [someUserId(), someGrant()]
      const held = await Promise.all(Array.from({ length: 10 }, () => start(userId, someGrant())))
      const ids = held.flatMap((started) => started?.session.id ?? [])

      const outcomes = await race((index) => stepUp(userId, ids[index % ids.length] ?? '', grant))

      expect(outcomes.filter(Boolean)).toHaveLength(1)
      expect(
        (await sessions.list({ userIds: [userId], state: 'ACTIVE', first: RACERS, after: null })).get(userId),
      ).toHaveLength(10)
    }
  }, 60_000)

  test('is remembered until no clock finds it good', async () => {
    await database.db.delete(spentGrants)
    const [justOver, longOver] = [someGrant(-60_000), someGrant(-2 * 3600_000)]
    await start(someUserId(), justOver)
    await start(someUserId(), longOver)

    await forgetSpentGrants(database.db)

    const kept = await database.db.select({ jti: spentGrants.jti }).from(spentGrants)
    expect(kept).toEqual([{ jti: justOver.jti }])
  })
})
