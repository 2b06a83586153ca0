import { randomBytes } from 'node:crypto'
import { ITSELF } from '../../shared/audit/act.js'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import type { LoginTicketStore } from '../domain/login-ports.js'
import type { NewSession, SessionStore } from '../domain/ports.js'
import { LOGIN_TICKET } from '../limits.js'
import { authSchema } from '../subgraph.js'
import { createAccessStore } from './access-versions.js'
import { createDeviceStore } from './devices.js'
import { createLoginTicketStore, forgetLoginTickets } from './login-tickets.js'
import { createSessionStore } from './sessions.js'
import { devices as deviceTable, loginTickets, outbox, sessions as sessionTable } from './tables.js'

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

const digest = () => new Uint8Array(randomBytes(32))
const DEVICE = { name: 'Firefox', browser: 'Firefox', os: null, kind: 'DESKTOP' } as const

async function issued(userId = someUserId()) {
  const ticket = digest()
  const login = { userId, clientId: 'web', device: DEVICE, delivery: 'BODY', shownDevice: null } as const
  const issued = await tickets.issue(ticket, login, { grant: null, ticket: null, passwordTriedAt: null })
  if (!issued) throw new Error('a ticket without a grant is always issued')
  return { userId, ticket, login, expiresAt: issued.expiresAt }
}

const start = (
  userId: string,
  ticket: Uint8Array,
  trustsDevice = false,
  newDevice = digest(),
  provedAt?: string,
) =>
  sessions.start({
    ...({ id: newId(ID_PREFIXES.session), userId, life: 'LONG', clientId: 'web' } as const),
    ...({ methods: ['PASSWORD', 'TOTP'], assurance: 'AAL2', device: DEVICE, ip: '198.51.100.7' } as const),
    ...{ userAgent: null, refreshDigest: digest(), shownDevice: null, newDevice, subject: userId },
    ...{ ticket, grant: null, passwordTriedAt: null, factorVersion: 0, trustsDevice, provedAt },
  } satisfies NewSession)

const race = <Result>(act: () => Promise<Result>) => Promise.all(Array.from({ length: RACERS }, act))

describe('tickets of half a sign-in, in Postgres', () => {
  test('8.7: a ticket is what was issued, for five minutes and five tries', async () => {
    const { ticket, login, expiresAt } = await issued()

    const tries = await race(() => tickets.try(ticket))

    expect(tries.filter(Boolean)).toEqual(
      Array.from({ length: LOGIN_TICKET.attempts }, () => ({ ...login, provedAt: expect.any(String) })),
    )
    expect(Math.round((expiresAt.getTime() - Date.now()) / 60_000)).toBe(5)
    expect(await tickets.try(digest())).toBeNull()
    expect(await tickets.find(ticket)).toBeNull()
  })

  test('5.5: a ticket says when the last proof was made, and so does the session that it becomes', async () => {
    const { userId, ticket, login } = await issued()
    const provedAt = '2026-01-02 03:04:05.678+00'
    const next = digest()
    await tickets.issue(next, { ...login, provedAt }, { grant: null, ticket, passwordTriedAt: null })

    expect(await tickets.find(next)).toEqual({ ...login, provedAt })
    const before = await start(userId, next, false, digest(), provedAt)
    const ahead = await start(userId, (await issued(userId)).ticket, false, digest(), '2999-01-01')
    expect(before?.session.authenticatedAt).toEqual(new Date('2026-01-02T03:04:05.678Z'))
    expect(await sessions.find(before?.session.id ?? '')).toMatchObject({
      authenticatedAt: new Date('2026-01-02T03:04:05.678Z'),
    })
    expect(ahead?.session.authenticatedAt).toEqual(ahead?.session.createdAt)
  })

  test('looking at a ticket takes none of its tries', async () => {
    const { ticket, login } = await issued()

    const looks = await race(() => tickets.find(ticket))

    expect(looks).toEqual(Array.from({ length: RACERS }, () => ({ ...login, provedAt: expect.any(String) })))
    expect(await tickets.try(ticket)).toMatchObject(login)
    expect(await tickets.find(digest())).toBeNull()
  })

  test('a ticket that is over stands for nobody, and is forgotten', async () => {
    const { userId, ticket } = await issued()
    await database.db.update(loginTickets).set({ expiresAt: new Date(Date.now() - 1000) })

    expect(await tickets.try(ticket)).toBeNull()
    expect(await tickets.find(ticket)).toBeNull()
    expect(await start(userId, ticket)).toBeNull()
    await forgetLoginTickets(database.db)
    expect(await database.db.select().from(loginTickets)).toEqual([])
  })

  test('8.7: of many who spend a ticket one gets a session, and nothing else is written or told', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { userId, ticket } = await issued()

      const started = await race(() => start(userId, ticket))

      expect(started.filter(Boolean)).toMatchObject([{ session: { assurance: 'AAL2' }, isNewDevice: true }])
      const rows = await database.client`
        select (select count(*) from auth.sessions where user_id = s.user_id)::int as sessions,
          (select count(*) from auth.devices where user_id = s.user_id)::int as devices,
          (select count(*) from auth.outbox where payload->>'userId' = ${userId} or payload->>'subjectId' = ${userId})::int as told
        from auth.sessions as s where id = (select max(id::text)::uuid from auth.sessions)`
      expect(rows).toEqual([{ sessions: 1, devices: 1, told: 2 }])
    }
  }, 60_000)

  test('8.7: of many who spend a ticket, for the next one or for a session, one gets it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { userId, ticket, login } = await issued()
      const next = Array.from({ length: RACERS }, digest)

      const outcomes = await Promise.all(
        next.map((one, index) =>
          index % 2 === 0
            ? start(userId, ticket)
            : tickets.issue(
                one,
                { ...login, asks: 'PASSWORD_CHANGE' },
                { grant: null, ticket, passwordTriedAt: null },
              ),
        ),
      )

      expect(outcomes.filter(Boolean)).toHaveLength(1)
      const held = await Promise.all(next.map((one) => tickets.try(one)))
      const isTicket = outcomes.findIndex(Boolean) % 2 === 1
      expect(held.filter(Boolean)).toMatchObject(isTicket ? [{ ...login, asks: 'PASSWORD_CHANGE' }] : [])
    }
  }, 60_000)

  test('a ticket that is over is not traded for another', async () => {
    const { ticket, login } = await issued()
    await database.db.update(loginTickets).set({ expiresAt: new Date(Date.now() - 1000) })

    expect(await tickets.issue(digest(), login, { grant: null, ticket, passwordTriedAt: null })).toBeNull()
  })

  test('a device is trusted where that was wanted, by its owner, until they forget it or end all sessions', async () => {
    const devices = createDeviceStore(
      database.db,
      createOutbox(outbox, () => {}),
    )
    const [trusting, other] = [await issued(), await issued()]
    const [shown, unknown] = [digest(), digest()]
    const isTrusted = () =>
      Promise.all([
        devices.isTrusted(trusting.userId, shown),
        devices.isTrusted(other.userId, shown),
        devices.isTrusted(trusting.userId, unknown),
      ])

    await start(trusting.userId, trusting.ticket, true, shown)
    await start(other.userId, other.ticket, false, shown)
    const first = await isTrusted()
    const [device] = await devices.listTrusted([trusting.userId, other.userId])
    const byOther = await devices.forget(other.userId, device?.id ?? '', ITSELF)
    const forgotten = await devices.forget(trusting.userId, device?.id ?? '', ITSELF)
    const second = await isTrusted()
    await database.db.update(deviceTable).set({ trustedUntil: new Date(Date.now() + 60_000) })
    await sessions.endAll(trusting.userId, { reason: 'DISABLED', by: ITSELF })

    expect(first).toEqual([true, false, false])
    expect(device).toMatchObject({ userId: trusting.userId, device: DEVICE })
    expect([byOther, forgotten]).toEqual([false, true])
    expect(second).toEqual([false, false, false])
    expect(await isTrusted()).toEqual([false, true, false])
    const access = createAccessStore(
      database.db,
      createOutbox(outbox, () => {}),
    )
    const change = { userId: other.userId, version: 1 }
    await access.changeFactors(change)
    expect(await isTrusted()).toEqual([false, false, false])
    await database.db.update(deviceTable).set({ trustedUntil: new Date(Date.now() + 60_000) })
    await access.changeFactors(change)
    expect(await isTrusted()).toEqual([true, true, false])
  })

  test('10.3: whoever ends all sessions of somebody ends what waits for a second factor too', async () => {
    const [ada, bob] = [await issued(), await issued()]

    await sessions.endAll(ada.userId, { reason: 'DISABLED', by: ITSELF })

    expect(await start(ada.userId, ada.ticket)).toBeNull()
    expect(await start(bob.userId, bob.ticket)).not.toBeNull()
    expect(await database.db.select().from(sessionTable)).not.toEqual([])
  })
})
