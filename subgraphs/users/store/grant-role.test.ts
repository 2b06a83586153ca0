import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import { makeCreateAdmin } from '../domain/create-admin.js'
import { usersSchema } from '../subgraph.js'
import { createOperatorStore } from './grant-role.js'
import { users } from './tables.js'

const RACERS = 50

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let createAdmin: ReturnType<typeof makeCreateAdmin>

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  createAdmin = makeCreateAdmin({ accounts: createOperatorStore(database.db) })
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

  const outcomes = await Promise.all(Array.from({ length: RACERS }, () => createAdmin(email.toUpperCase())))

  expect(outcomes.filter((outcome) => outcome === 'GRANTED')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['GRANTED', 'HELD_BEFORE']))
  expect(await rolesOf(email)).toEqual(['user', 'admin'])
})

test('an address that nobody has proved makes no administrator', async () => {
  const pending = await someone(null)

  expect(await createAdmin(pending)).toBe('NOT_VERIFIED')
  expect(await createAdmin('nobody@acme.test')).toBe('NOT_FOUND')
  expect(await createAdmin('no address')).toBe('INVALID_EMAIL')
  expect(await rolesOf(pending)).toEqual(['user'])
})
