import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { FailureStore } from '../domain/failure-ports.js'
import type { PasswordChangeStore } from '../domain/password-change-ports.js'
import type { SessionStore } from '../domain/ports.js'
import { ACCOUNT_FAILURES } from '../limits.js'
import { newSession } from '../new-ids.js'
import { authSchema } from '../subgraph.js'
import { createDeviceStore } from './devices.js'
import { createFailureStore } from './failures.js'
import { createLoginTicketStore } from './login-tickets.js'
import { createPasswordChanges } from './password-changes.js'
import { createSessionStore } from './sessions.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let changes: PasswordChangeStore
let sessions: SessionStore
let failures: FailureStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 1 })
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  changes = createPasswordChanges(database.db, events)
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

async function signedIn(userId: string, trusted: Uint8Array | null = null): Promise<string> {
  const started = await sessions.start({
    ...{ id: newSession().id, userId, life: 'LONG', clientId: 'web', methods: ['PASSWORD'] },
    ...{
      assurance: 'AAL1',
      ticket: null,
      grant: null,
      passwordTriedAt: null,
      factorVersion: 0,
      trustsDevice: trusted !== null,
    },
    ...{ ip: '198.51.100.7', userAgent: null, subject: userId },
    device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' },
    ...{
      refreshDigest: new Uint8Array(32),
      shownDevice: null,
      newDevice: trusted ?? new Uint8Array(randomBytes(32)),
    },
  })
  if (!started) throw new Error('no session was started')
  return started.session.id
}

const stateOf = async (id: string) => (await sessions.find(id))?.state
const reset = (userId: string, eventId = newUuid()) =>
  changes.apply(eventId, { userId, how: 'RESET', keptSessionId: null, keptTicket: null }, BY)

test('10.3: a reset ends every session of its person, and nobody else has one ended', async () => {
  const [userId, other] = [someUserId(), someUserId()]
  const [first, second, others] = [await signedIn(userId), await signedIn(userId), await signedIn(other)]

  expect(await reset(userId)).toBe(2)

  expect(await Promise.all([first, second, others].map(stateOf))).toEqual(['REVOKED', 'REVOKED', 'ACTIVE'])
  const told = await owner`select name, payload->'detail' as detail from auth.outbox
    where payload->>'subjectId' = ${userId} and payload->>'action' = 'session.end' or name = 'session.revoked'`
  expect(told).toEqual([{ name: 'audit.recorded', detail: { reason: 'PASSWORD_RESET', sessions: 2 } }])
})

test.each(['RESET', 'CHANGED'] as const)(
  '8.7: a password that is another (%s) has the second factor asked for on every device again',
  async (how) => {
    const [userId, other] = [someUserId(), someUserId()]
    const [theirs, others] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))]
    const [kept] = [await signedIn(userId, theirs), await signedIn(other, others)]
    const devices = createDeviceStore(
      database.db,
      createOutbox(outbox, () => {}),
    )
    const trusts = () => Promise.all([devices.isTrusted(userId, theirs), devices.isTrusted(other, others)])
    const before = await trusts()

    const keptSessionId = how === 'CHANGED' ? kept : null
    await changes.apply(newUuid(), { userId, how, keptSessionId, keptTicket: null }, BY)

    expect([before, await trusts()]).toEqual([
      [true, true],
      [false, true],
    ])
  },
)

test('6.5: of a change the session of who made it goes on', async () => {
  const userId = someUserId()
  const [kept, other] = [await signedIn(userId), await signedIn(userId)]

  const tickets = createLoginTicketStore(database.db)
  const ticket = new Uint8Array(randomBytes(32))
  const device = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' } as const
  const login = { userId, clientId: 'web', device, delivery: 'BODY', shownDevice: null } as const
  await tickets.issue(ticket, login, { grant: null, ticket: null, passwordTriedAt: null })

  const ended = await changes.apply(
    newUuid(),
    { userId, how: 'CHANGED', keptSessionId: kept, keptTicket: null },
    BY,
  )

  // Half a sign-in with the password before is worth nothing, whoever made the change.
  expect(await tickets.try(ticket)).toBeNull()

  expect(ended).toBe(1)
  expect([await stateOf(kept), await stateOf(other)]).toEqual(['ACTIVE', 'REVOKED'])
})

test('6.5: of a change that a sign-in asks for that sign-in goes on, and nothing else', async () => {
  const [userId, other] = [someUserId(), someUserId()]
  const session = await signedIn(userId)
  const tickets = createLoginTicketStore(database.db)
  const device = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' } as const
  const issue = async (holder: string) => {
    const ticket = new Uint8Array(randomBytes(32))
    const login = { userId: holder, clientId: 'web', device, delivery: 'BODY', shownDevice: null } as const
    await tickets.issue(ticket, login, { grant: null, ticket: null, passwordTriedAt: null })
    return ticket
  }
  const [kept, ended, others] = [await issue(userId), await issue(userId), await issue(other)]
  const keptTicket = Buffer.from(kept).toString('base64url')

  expect(
    await changes.apply(newUuid(), { userId, how: 'CHANGED', keptSessionId: null, keptTicket }, BY),
  ).toBe(1)

  expect(await stateOf(session)).toBe('REVOKED')
  expect([await tickets.try(kept), await tickets.try(ended), await tickets.try(others)]).toEqual([
    expect.objectContaining({ userId }),
    null,
    expect.objectContaining({ userId: other }),
  ])
})

test('whoever hears of a change second ends nothing: not what was started since', async () => {
  const [userId, eventId] = [someUserId(), newUuid()]
  await signedIn(userId)
  await reset(userId, eventId)
  const since = await signedIn(userId)

  expect(await reset(userId, eventId)).toBeNull()
  expect(await stateOf(since)).toBe('ACTIVE')
})

test('13.1: of many who tell of one change at once, one is told how many sessions ended', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [userId, eventId] = [someUserId(), newUuid()]
    await signedIn(userId)
    const outcomes = await Promise.all(Array.from({ length: RACERS }, () => reset(userId, eventId)))

    expect(outcomes.filter((ended) => ended !== null)).toEqual([1])
  }
})

test('7.1: a reset opens an account that failures have closed; a change does not', async () => {
  const userId = someUserId()
  for (let count = 0; count < ACCOUNT_FAILURES.max; count++) await failures.reserve(userId, null)
  await owner`update auth.sign_in_failures set consecutive = ${ACCOUNT_FAILURES.hardStop}, attempts = 0 where subject = ${userId}`
  const isOpen = async () => (await failures.reserve(userId, null)).allowed
  await changes.apply(newUuid(), { userId, how: 'CHANGED', keptSessionId: null, keptTicket: null }, BY)
  expect(await isOpen()).toBe(false)

  await reset(userId)

  expect(await isOpen()).toBe(true)
})

test('7.1: a password that was found right elsewhere forgets the failures as well', async () => {
  const userId = someUserId()
  for (let count = 0; count <= ACCOUNT_FAILURES.max; count++) await failures.reserve(userId, null)

  await changes.forgive(userId)

  expect(await failures.reserve(userId, null)).toMatchObject({ allowed: true })
})
