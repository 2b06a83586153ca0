import { eq } from 'drizzle-orm'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { coversScopes } from '../../shared/identity/scopes.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import { makeGiveRole } from '../domain/give-role.js'
import { makeRoles } from '../domain/roles.js'
import { usersSchema } from '../subgraph.js'
import { createOperatorStore } from './grant-role.js'
import { outbox, users } from './tables.js'

const RACERS = 50

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let giveRole: ReturnType<typeof makeGiveRole>

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  giveRole = makeGiveRole({
    accounts: createOperatorStore(
      database.db,
      createOutbox(outbox, () => {}),
    ),
    roles: makeRoles([], coversScopes),
  })
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

let people = 0

async function someone(emailVerifiedAt: Date | null) {
  const email = `person-${++people}@acme.test`
  await database.db.insert(users).values({ id: someUserId(), status: 'ACTIVE', email, emailVerifiedAt })
  return email
}

const rolesOf = async (email: string) =>
  (await owner`select roles from users.users where email = ${email}`)[0]?.['roles']

test('a verified person becomes an administrator, once however often it is asked', async () => {
  const email = await someone(new Date())

  const outcomes = await Promise.all(
    Array.from({ length: RACERS }, () => giveRole(email.toUpperCase(), 'admin')),
  )

  expect(outcomes.filter((outcome) => outcome === 'GRANTED')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['GRANTED', 'HELD_BEFORE']))
  expect(await rolesOf(email)).toEqual(['user', 'admin'])
})

test('4.5: auth is told once, of a version that is higher than any token has', async () => {
  const email = await someone(new Date())
  await giveRole(email, 'support')
  await giveRole(email, 'support')
  await giveRole(email, 'admin')

  const [account] = await database.db.select().from(users).where(eq(users.email, email))
  const told =
    await owner`select payload from users.outbox where payload->>'userId' = ${account?.id ?? ''} order by id`
  expect(account?.accessVersion).toBe(2)
  expect(told.map(({ payload }) => payload)).toEqual([
    { userId: account?.id, version: 1, endsSessions: false, cause: 'ROLES', until: null },
    { userId: account?.id, version: 2, endsSessions: false, cause: 'ROLES', until: null },
  ])
})

test('an address that nobody has proved makes no administrator', async () => {
  const pending = await someone(null)

  expect(await giveRole(pending, 'admin')).toBe('NOT_VERIFIED')
  expect(await giveRole('nobody@acme.test', 'admin')).toBe('NOT_FOUND')
  expect(await giveRole('no address', 'admin')).toBe('INVALID_EMAIL')
  expect(await rolesOf(pending)).toEqual(['user'])
})

test('a role that is not known is given to nobody', async () => {
  const email = await someone(new Date())

  expect(await giveRole(email, 'toString')).toBe('UNKNOWN_ROLE')
  expect(await giveRole(email, 'support')).toBe('GRANTED')
  expect(await rolesOf(email)).toEqual(['user', 'support'])
})
