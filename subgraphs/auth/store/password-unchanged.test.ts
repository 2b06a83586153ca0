import { randomBytes, randomInt } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { NewSession, TriedAt } from '../domain/ports.js'
import { LOGIN_TICKET } from '../limits.js'
import { authSchema } from '../subgraph.js'
import { createStores, type Stores } from './create-stores.js'
import { createFailureStore } from './failures.js'
import { forgetPasswordChanges } from './password-unchanged.js'
import { loginTickets, outbox, passwordChanges } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let stores: Stores
let failures: ReturnType<typeof createFailureStore>

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  stores = createStores(database.db, events)
  failures = createFailureStore(database.db, events)
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

const digest = () => new Uint8Array(randomBytes(32))
const DEVICE = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' } as const

/** Takes a try, as whoever is about to look at a password does. */
const tried = async (userId: string): Promise<TriedAt> => (await failures.reserve(userId, null)).at

type Shown = Partial<Pick<NewSession, 'ticket' | 'passwordTriedAt'>>

const start = (userId: string, shown: Shown) =>
  stores.sessions.start({
    ...({ id: newId(ID_PREFIXES.session), userId, life: 'LONG', clientId: 'web' } as const),
    ...({ methods: ['PASSWORD'], assurance: 'AAL1', device: DEVICE, ip: '198.51.100.7' } as const),
    ...{ userAgent: null, refreshDigest: digest(), shownDevice: null, newDevice: digest(), subject: userId },
    ...{ ticket: null, grant: null, passwordTriedAt: null, factorVersion: 0, trustsDevice: false, ...shown },
  } satisfies NewSession)

async function issue(userId: string, passwordTriedAt: TriedAt | null) {
  const ticket = digest()
  const login = { userId, clientId: 'web', device: DEVICE, delivery: 'BODY', shownDevice: null } as const
  return (await stores.tickets.issue(ticket, login, { grant: null, ticket: null, passwordTriedAt })) && ticket
}

const stepUp = (userId: string, replaces: string, passwordTriedAt: TriedAt | null) =>
  stores.sessions.replace({
    ...{ id: newId(ID_PREFIXES.session), replaces, userId, life: 'LONG', method: 'PASSWORD' },
    ...{ assurance: 'AAL1', ip: '198.51.100.7', by: someActor(), refreshDigest: digest(), subject: userId },
    passwordTriedAt,
    factorVersion: 0,
    grant: null,
  })

const reset = (userId: string) =>
  stores.passwords.apply(
    newUuid(),
    { userId, how: 'RESET', keptSessionId: null, keptTicket: null },
    someActor(),
  )

/** What is open after everybody is done: sessions, and tickets that would start one. */
async function openOf(userId: string) {
  const sessions = await stores.sessions.list({
    userIds: [userId],
    state: 'ACTIVE',
    first: RACERS,
    after: null,
  })
  const tickets = await database.db.select().from(loginTickets).where(eq(loginTickets.userId, userId))
  return { sessions: sessions.get(userId)?.length ?? 0, tickets: tickets.length }
}

test('10.3: what was found right before the password changed starts nothing after it; what is tried since does', async () => {
  const userId = someUserId()
  const session = await start(userId, {})
  if (!session) throw new Error('no session was started')
  const { id } = session.session
  const before = await tried(userId)

  await stores.passwords.apply(
    newUuid(),
    { userId, how: 'CHANGED', keptSessionId: id, keptTicket: null },
    someActor(),
  )

  expect(await start(userId, { passwordTriedAt: before })).toBeNull()
  expect(await issue(userId, before)).toBeNull()
  expect(await stepUp(userId, id, before)).toBeNull()
  expect(await openOf(userId)).toEqual({ sessions: 1, tickets: 0 })
  const since = await tried(userId)
  expect(await stepUp(userId, id, since)).not.toBeNull()
  expect(await start(userId, { passwordTriedAt: since })).not.toBeNull()
  expect(await issue(userId, since)).not.toBeNull()
  expect(await openOf(userId)).toEqual({ sessions: 2, tickets: 1 })
})

test('10.3: no sign-in by the password before, whole or half, and no step-up of an ended session, outlives a reset', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = someUserId()
    const at = await tried(userId)
    const pending = await Promise.all(Array.from({ length: 10 }, () => issue(userId, at)))
    const sessions = await Promise.all(
      Array.from({ length: 10 }, () => start(userId, { passwordTriedAt: at })),
    )
    const acts: (() => Promise<unknown>)[] = [
      ...Array.from({ length: 20 }, () => () => start(userId, { passwordTriedAt: at })),
      ...Array.from({ length: 10 }, () => () => issue(userId, at)),
      ...pending.map((ticket) => () => start(userId, { ticket })),
      ...sessions.map((started) => () => stepUp(userId, started?.session.id ?? '', null)),
    ].sort(() => randomInt(3) - 1)
    acts.splice(round, 0, () => reset(userId))

    await Promise.all(acts.map((act) => act()))

    expect(await openOf(userId)).toEqual({ sessions: 0, tickets: 0 })
  }
}, 60_000)

test('a change is known for as long as a ticket lives, and what is there to be locked alone is forgotten', async () => {
  const [changed, long, never] = [someUserId(), someUserId(), someUserId()]
  await Promise.all([reset(changed), reset(long), start(never, {})])
  const old = sql`now() - make_interval(secs => ${LOGIN_TICKET.seconds + 1})`
  await database.db.update(passwordChanges).set({ changedAt: old }).where(eq(passwordChanges.userId, long))

  await forgetPasswordChanges(database.db)

  const kept = await database.db.select({ userId: passwordChanges.userId }).from(passwordChanges)
  const mine = kept.filter(({ userId }) => [changed, long, never].includes(userId))
  expect(mine).toEqual([{ userId: changed }])
})
