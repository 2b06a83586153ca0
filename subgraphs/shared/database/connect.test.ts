import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { connectDatabase, type Database } from './connect.js'

const CALLERS = 50

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  // Without the patience of other tests, which stands in the URL.
  const url = Object.assign(new URL(testDatabase.ownerUrl), { search: '' }).href
  database = connectDatabase({ url, name: 'patience' })
})
afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

test('13.5: fifty callers share ten connections, that say whose they are', async () => {
  const pids = await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const [row] = await database.client`select pg_backend_pid() as pid, pg_sleep(0.01),
        current_setting('application_name') as name`
      return `${row?.['name']} ${row?.['pid']}`
    }),
  )

  expect(new Set(pids).size).toBe(10)
  expect(pids.every((pid) => pid.startsWith('usergraph-patience '))).toBe(true)
})

test.each([
  ['statement_timeout', '5s'],
  ['lock_timeout', '2s'],
  ['idle_in_transaction_session_timeout', '10s'],
])('13.5: %s is %s', async (name, time) => {
  const [row] = await database.client`select current_setting(${name}) as time`

  expect(row?.['time']).toBe(time)
})

test('13.5: a lock that somebody holds is waited for two seconds, and no longer', async () => {
  await database.client`create table held (id int)`
  const startedAt = performance.now()

  const refusal = await database.client.begin(async (holder) => {
    await holder`lock table held`
    return database.client`select * from held`.catch((error: { code: string }) => error.code)
  })

  expect(refusal).toBe('55P03')
  expect(performance.now() - startedAt).toBeGreaterThan(1900)
})
