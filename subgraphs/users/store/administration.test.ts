import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { AdministrationStore } from '../domain/administration-ports.js'
import type { AccountStore } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { createAdministrationStore } from './administration.js'
import { invitations, outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let store: AdministrationStore
let accounts: AccountStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  store = createAdministrationStore(database.db, events)
  accounts = createAccountStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

afterEach(() => owner`update users.users set roles = '{user}'`)

async function someone(roles = ['user'], verifiedAt: Date | null = new Date()) {
  const id = someUserId()
  const status = verifiedAt ? ('ACTIVE' as const) : ('PENDING_VERIFICATION' as const)
  await database.db.insert(users).values({ id, status, email: `${id}@acme.test`, verifiedAt, roles })
  return id
}

const on = (userId: string, may = true) => ({ userId, by: someActor(), may: () => may })
const read = async (id: string) => (await accounts.findMany([id]))[0]
const adminsLeft = async () =>
  (await owner`select 1 from users.users where 'admin' = any(roles) and status = 'ACTIVE'`).length
const NO_END = { reason: 'spam', until: null }

const toldOf = (id: string) =>
  owner`select payload->'version' as version, payload->'endsSessions' as ends, payload->>'cause' as cause from users.outbox
    where name = 'user.access-changed' and payload->>'userId' = ${id} order by id`
const actsOn = (id: string) =>
  owner`select act->>'action' as action, act->>'outcome' as outcome, act->'detail' as detail from users.audit_pending
    where act->>'subjectId' = ${id} order by id`

describe('administration in Postgres', () => {
  test('12.4: a role is given and taken once each, told to auth and to the audit log', async () => {
    const id = await someone()

    const given = await Promise.all(Array.from({ length: RACERS }, () => store.assignRole(on(id), 'support')))
    expect((await read(id))?.roles).toEqual(['user', 'support'])
    await Promise.all(Array.from({ length: RACERS }, () => store.unassignRole(on(id), 'support')))

    expect(given.every(({ kind }) => kind === 'done')).toBe(true)
    expect((await read(id))?.roles).toEqual(['user'])
    expect(await toldOf(id)).toEqual([
      { version: 1, ends: false, cause: 'ROLES' },
      { version: 2, ends: false, cause: 'ROLES' },
    ])
    expect(await actsOn(id)).toEqual([
      { action: 'role.assign', outcome: 'SUCCESS', detail: { role: 'support' } },
      { action: 'role.unassign', outcome: 'SUCCESS', detail: { role: 'support' } },
    ])
  })

  test('one administrator is left, however many take each other away at once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await owner`update users.users set roles = '{user}', status = 'ACTIVE'`
      const admins = await Promise.all(Array.from({ length: RACERS }, () => someone(['user', 'admin'])))

      const outcomes = await Promise.all(
        admins.map((id, index) =>
          index % 2 === 0 ? store.unassignRole(on(id), 'admin') : store.disable(on(id), NO_END),
        ),
      )

      const refused = outcomes.filter(({ kind }) => kind === 'refused')
      expect(refused).toEqual([{ kind: 'refused', reason: 'LAST_ADMIN' }])
      expect(await adminsLeft()).toBe(1)
    }
  }, 60_000)

  test('of two administrators who take each other away, one stays', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await owner`update users.users set roles = '{user}', status = 'ACTIVE'`
      const [ada, bob] = [await someone(['user', 'admin']), await someone(['user', 'admin'])]

      await Promise.all(
        Array.from({ length: RACERS }, (_, index) =>
          store.unassignRole(on(index % 2 === 0 ? ada : bob), 'admin'),
        ),
      )

      expect(await adminsLeft()).toBe(1)
    }
  }, 60_000)

  test('an administrator who is disabled is nobody to rely on', async () => {
    const [ada, bob] = [await someone(['user', 'admin']), await someone(['user', 'admin'])]
    await store.disable(on(bob), NO_END)

    expect(await store.disable(on(ada), NO_END)).toEqual({ kind: 'refused', reason: 'LAST_ADMIN' })
    await store.enable(on(bob))
    expect(await store.disable(on(ada), NO_END)).toMatchObject({ kind: 'done' })
    expect(await actsOn(ada)).toMatchObject([
      { action: 'user.disable', outcome: 'FAILURE', detail: { refusal: 'LAST_ADMIN' } },
      { outcome: 'SUCCESS' },
    ])
  })

  test('4.5: who is disabled is so until somebody enables them, and their sessions end', async () => {
    const [ada, pending] = [await someone(), await someone(['user'], null)]

    expect(await store.disable(on(ada), NO_END)).toMatchObject({ account: { status: 'DISABLED' } })
    await store.disable(on(pending), NO_END)

    expect((await read(ada))?.status).toBe('DISABLED')
    expect(await toldOf(ada)).toEqual([{ version: 1, ends: true, cause: 'DISABLED' }])
    expect(await store.enable(on(ada))).toMatchObject({ account: { status: 'ACTIVE' } })
    expect((await toldOf(ada)).at(-1)).toEqual({ version: 2, ends: false, cause: 'ENABLED' })
    expect(await store.enable(on(pending))).toMatchObject({ account: { status: 'PENDING_VERIFICATION' } })
    expect(await store.enable(on(ada))).toMatchObject({ account: { status: 'ACTIVE', accessVersion: 2 } })
  })

  test("a time that is over ends by itself, by the database's clock", async () => {
    const ada = await someone()
    const until = new Date(Date.now() + 3_600_000)
    await store.disable(on(ada), { reason: 'spam', until })
    const told =
      await owner`select payload->>'until' as until from users.outbox where payload->>'userId' = ${ada}`
    const during = await accounts.findByIdentifier({ kind: 'email', value: `${ada}@acme.test` })

    await owner`update users.users set disabled_until = now() where email = ${`${ada}@acme.test`}`

    expect(during?.status).toBe('DISABLED')
    expect(told).toEqual([{ until: until.toISOString() }])
    expect((await read(ada))?.status).toBe('ACTIVE')
  })

  test('no role goes to a registration that waits for its proof, but to who was invited', async () => {
    const [pending, invited] = [await someone(['user'], null), await someone(['user'], null)]
    await database.db.insert(invitations).values({ userId: invited })

    expect(await store.assignRole(on(pending), 'support')).toEqual({
      kind: 'refused',
      reason: 'NOT_VERIFIED',
    })
    expect(await store.assignRole(on(invited), 'support')).toMatchObject({ kind: 'done' })
    expect((await read(pending))?.roles).toEqual(['user'])
    expect(await actsOn(pending)).toMatchObject([{ outcome: 'FAILURE', detail: { refusal: 'NOT_VERIFIED' } }])
  })

  test('nothing is done to nobody, nor to somebody who may do more', async () => {
    const ada = await someone()

    expect(await store.disable(on(someUserId()), NO_END)).toEqual({ kind: 'refused', reason: 'NOT_FOUND' })
    expect(await store.disable(on(ada, false), NO_END)).toEqual({ kind: 'refused', reason: 'FORBIDDEN' })
    expect((await read(ada))?.status).toBe('ACTIVE')
    expect(await actsOn(ada)).toMatchObject([{ outcome: 'FAILURE', detail: { refusal: 'FORBIDDEN' } }])
  })
})
