import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { connectDatabase, type Database } from './connect.js'
import { clocksAgree } from './ready-at.js'

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

describe('13.9: whether the clock here is the database’s', () => {
  /** As a process asks whose clock is so far ahead. */
  async function ask(aheadMs: number) {
    const lines: unknown[] = []
    const off = connectDatabase({
      ...{ url: testDatabase.ownerUrl, name: 'clock', now: () => Date.now() + aheadMs },
      log: { error: (line: unknown) => lines.push(line) },
    })
    const at = await off.readyAt()
    await off.stop()
    return { at, lines }
  }

  test.each([0, 4000, -4000])('%i ms are no matter', async (aheadMs) => {
    const { at, lines } = await ask(aheadMs)

    expect(Math.abs((at ?? 0) - Date.now())).toBeLessThan(2000)
    expect(lines).toEqual([])
  })

  test.each([7000, -7000, 3_600_000])('%i ms are, and are told', async (aheadMs) => {
    const { at, lines } = await ask(aheadMs)

    expect(at).toBeNull()
    expect(lines).toEqual([{ event: 'clock.off', milliseconds: expect.any(Number) }])
    const [{ milliseconds }] = lines as [{ milliseconds: number }]
    expect(Math.sign(milliseconds)).toBe(Math.sign(aheadMs))
  })

  test.each([
    [{ from: 100_000, to: 130_000 }, 115_000, true],
    [{ from: 100_000, to: 130_000 }, 95_000, true],
    [{ from: 100_000, to: 130_000 }, 135_000, true],
    [{ from: 100_000, to: 130_000 }, 94_999, false],
    [{ from: 100_000, to: 130_000 }, 135_001, false],
  ])(
    'asked %j and told %i it agrees: %s; an answer that was slow is not held against it',
    (between, told, so) => {
      expect(clocksAgree(told, between)).toBe(so)
    },
  )

  test('a database that is gone is not ready, and no fault of a clock', async () => {
    const lines: unknown[] = []
    const gone = connectDatabase({
      ...{ url: testDatabase.ownerUrl, name: 'gone', log: { error: (line: unknown) => lines.push(line) } },
    })
    await gone.stop()

    expect(await gone.readyAt()).toBeNull()
    expect(lines).toEqual([])
  })
})
