import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import { auditDigest } from '../auditing.js'
import type { AuditEvent, AuditFilter } from '../domain/audit-ports.js'
import { makeVerifyAudit } from '../domain/verify-audit.js'
import { usersSchema } from '../subgraph.js'
import { createAuditLog } from './audit-log.js'
import { createAuditWriter } from './audit-writer.js'
import { recordActs } from './record-act.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let log: ReturnType<typeof createAuditLog>
let writer: ReturnType<typeof createAuditWriter>
let sent = 0

const digest = auditDigest({ USERS_KEY: new Uint8Array(randomBytes(32)) })
const verify = (chain: string) => makeVerifyAudit({ chains: log, digest })(chain)

beforeEach(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => sent++ })
  log = createAuditLog(database.db)
  writer = createAuditWriter(database.db, digest)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterEach(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

type SomeAct = { subjectId?: string; action?: string; by?: ReturnType<typeof someActor> }

const record = ({ subjectId = someUserId(), action = 'user.register', by = someActor() }: SomeAct = {}) =>
  recordActs(database.db, { action, outcome: 'SUCCESS', subjectId, by, detail: { fields: 'locale', n: 1 } })

/** Acts that were recorded one after another, and appended. */
async function written(count: number, act: SomeAct = {}): Promise<AuditEvent[]> {
  for (let n = 0; n < count; n++) await record(act)
  while (await writer.append());
  return (await all()).toReversed()
}

const all = (filter: AuditFilter = {}, first = 100, after: string | null = null) =>
  log.list({ filter, first, after })

/** What only whoever owns the database can do: to set the triggers aside. */
const pastTheTrigger = (statement: (sql: postgres.TransactionSql) => Promise<unknown>) =>
  owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await statement(sql)
  })

const refused = (statement: Promise<unknown>) =>
  statement.then(
    () => 'done',
    ({ code }) => code,
  )

describe('the audit log in Postgres', () => {
  test('12.4: what is recorded is appended once, in a chain that verifies', async () => {
    const [first, second] = await written(2)

    expect(await writer.append()).toBe(false)
    expect(await all()).toHaveLength(2)
    expect(second?.previousHash).toEqual(first?.hash)
    expect(first).toMatchObject({ seq: 1, action: 'user.register', detail: { fields: 'locale', n: 1 } })
    expect(first?.personal).toMatchObject({ ip: '198.51.100.7', userAgent: 'jest' })
    expect(await verify(first?.chain ?? '')).toMatchObject({ kind: 'intact', events: 2, erased: 0 })
    expect(await verify('2030-01-01')).toEqual({ kind: 'empty' })
  })

  test('12.4: the role of users adds to the log and can neither change nor take out', async () => {
    await written(1)
    const { client } = database

    expect([
      await refused(client`update users.audit_events set action = 'user.verify-email'`),
      await refused(client`delete from users.audit_events`),
      await refused(client`truncate users.audit_events cascade`),
      await refused(client`drop trigger audit_events_are_kept on users.audit_events`),
      await refused(client`alter table users.audit_events disable trigger all`),
      await refused(client`set session_replication_role = replica`),
    ]).toEqual(Array.from({ length: 6 }, () => '42501'))
  })

  test('a chain never forks, however many writers there are', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: RACERS }, () => record()))
      const outcomes = await Promise.allSettled(Array.from({ length: RACERS }, () => writer.append()))
      while (await writer.append());

      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    }
    const [newest] = await all({}, 1)
    expect(newest?.seq).toBe(RACERS * ROUNDS)
    expect(await verify(newest?.chain ?? '')).toMatchObject({ kind: 'intact', events: RACERS * ROUNDS })
  })

  test.each<[string, 'CHANGED' | 'REMOVED', (sql: postgres.TransactionSql) => Promise<unknown>]>([
    [
      'an action that was changed',
      'CHANGED',
      (sql) => sql`update users.audit_events set action = 'a.b' where seq = 2`,
    ],
    [
      'a time that was changed',
      'CHANGED',
      (sql) => sql`update users.audit_events set at = at - interval '1 s' where seq = 2`,
    ],
    [
      'somebody else as the actor',
      'CHANGED',
      (sql) => sql`update users.audit_events set actor_id = id where seq = 2`,
    ],
    ['an event that was taken out', 'REMOVED', (sql) => sql`delete from users.audit_events where seq = 2`],
    [
      'another address',
      'CHANGED',
      (sql) => sql`update users.audit_personal set ip = '10.0.0.1' where seq = 2`,
    ],
    [
      'the first of a day taken out',
      'REMOVED',
      (sql) => sql`with gone as (delete from users.audit_events where seq = 2)
        update users.audit_events set chain = chain - 1 where seq = 1`,
    ],
  ])('12.4: %s shows', async (_, fault, tamper) => {
    const [event] = await written(4)

    await pastTheTrigger(tamper)

    expect(await verify(event?.chain ?? '')).toMatchObject({ kind: 'broken', fault })
  })

  test('12.4: the end of a day that was taken out shows by the day after', async () => {
    const [first] = await written(2)
    await pastTheTrigger((sql) => sql`update users.audit_events set chain = chain - 1`)
    await written(1)
    await pastTheTrigger((sql) => sql`delete from users.audit_events where seq = 2`)
    const [yesterday] = await owner<{ day: string }[]>`select (${first?.chain ?? ''}::date - 1)::text as day`

    // The rows say another day than their hashes, so that both faults are there: the first that is met is told.
    expect((await verify(yesterday?.day ?? '')).kind).toBe('broken')
    expect(await verify(first?.chain ?? '')).toMatchObject({ kind: 'broken', fault: 'REMOVED' })
  })

  test('a chain made anew without the key does not verify', async () => {
    const [event] = await written(3)
    const stranger = auditDigest({ USERS_KEY: new Uint8Array(randomBytes(32)) })

    expect(await makeVerifyAudit({ chains: log, digest: stranger })(event?.chain ?? '')).toMatchObject({
      kind: 'broken',
      fault: 'CHANGED',
    })
  })

  test('9.7: personal data is erased, and the chain still verifies', async () => {
    const [event] = await written(3)

    await database.client`delete from users.audit_personal where seq = 2`

    expect((await all())[1]?.personal).toBeNull()
    expect(await verify(event?.chain ?? '')).toMatchObject({ kind: 'intact', events: 3, erased: 1 })
  })

  test('12.5: what is older than a year goes, and what is left still verifies', async () => {
    const [old] = await written(3)
    await pastTheTrigger((sql) => sql`update users.audit_events set chain = chain - 366 where seq < 3`)

    await writer.expire()

    expect((await all()).map(({ seq }) => seq)).toEqual([3])
    expect(await verify(old?.chain ?? '')).toMatchObject({ kind: 'intact', events: 1 })
  })

  test('the log is filtered, and paged newest first, each page in one statement', async () => {
    const [ada, bob] = [someUserId(), someUserId()]
    await written(3, { subjectId: ada })
    await written(1, {
      subjectId: bob,
      action: 'user.disable',
      by: someActor({ userId: ada, ip: '10.9.8.7' }),
    })
    const before = sent

    const page = await all({}, 2)
    const next = await all({}, 2, page[1]?.id ?? null)

    expect(sent - before).toBe(2)
    expect(page.map(({ seq }) => seq)).toEqual([4, 3, 2])
    expect(next.map(({ seq }) => seq)).toEqual([2, 1])
    expect(await all({ subjectId: bob })).toMatchObject([{ seq: 4 }])
    expect(await all({ actorId: ada })).toMatchObject([{ seq: 4 }])
    expect(await all({ action: ['user.disable'] })).toMatchObject([{ seq: 4 }])
    expect(await all({ ip: '10.9.8.7' })).toMatchObject([{ seq: 4 }])
    expect(await all({ outcome: 'FAILURE' })).toEqual([])
    expect(await all({ until: new Date(0) })).toEqual([])
    expect(await all({ since: new Date(0) })).toHaveLength(4)
    expect(await log.find(page[0]?.id ?? '')).toMatchObject({ seq: 4, subjectId: bob })
  })
})
