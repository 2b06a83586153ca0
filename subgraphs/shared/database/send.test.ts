import { sql } from 'drizzle-orm'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { connectDatabase, type Database } from './connect.js'
import { PREPARED } from './send.js'

let testDatabase: TestDatabase
let database: Database
let sent = 0

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = connectDatabase({ url: testDatabase.ownerUrl, name: 'send', onStatement: () => sent++ })
  sent = 0
})
afterEach(async () => {
  await database.stop()
  await testDatabase.stop()
})

/** What a connection has prepared, which only that connection is told. */
const prepared = sql`select statement from pg_prepared_statements where statement like '%as answer'`

test('only what asks for it is prepared, once for each connection, in a transaction as well as without', async () => {
  await database.db.transaction(async (tx) => {
    for (const number of [1, 2, 3]) await tx.execute(sql`${PREPARED} select ${number}::int as answer`)
    await tx.execute(sql`select ${1}::int as answer`)

    expect(await tx.execute(prepared)).toEqual([
      { statement: expect.stringMatching(/select \$1::int as answer$/) },
    ])
  })

  expect(await database.db.execute(sql`${PREPARED} select ${7}::int as answer`)).toEqual([{ answer: 7 }])
})

test('every statement is counted, and so are both ends of a transaction', async () => {
  await database.db.execute(sql`select ${1}::int`)
  expect(sent).toBe(1)

  await database.db.transaction((tx) => tx.execute(sql`${PREPARED} select ${1}::int`))
  expect(sent).toBe(4)

  await expect(database.db.transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toThrow()
  expect(sent).toBe(7)
})

test('what is refused says where it came from', async () => {
  const refusal = await database.db.execute(sql`select ${'x'}::int`).catch((error: Error) => error)

  expect((refusal as Error).stack).toContain('send.test')
})
