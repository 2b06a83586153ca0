import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { newToken } from '../../shared/secrets/token.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import { usersSchema } from '../subgraph.js'
import { forgetSpentGrants, spendGrant } from './spend-grant.js'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
})
afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

test('12.5: a spent grant is remembered until no clock finds it good, and no longer', async () => {
  const endedAgo = (ms: number) => ({
    jti: newToken(),
    userId: someUserId(),
    expiresAt: new Date(Date.now() - ms),
  })
  const [good, justOver, longOver] = [endedAgo(-60_000), endedAgo(60_000), endedAgo(2 * 3600_000)]
  const spend = (grant: typeof good) => database.db.transaction((tx) => spendGrant(tx, grant))
  for (const grant of [good, justOver, longOver]) await spend(grant)

  await forgetSpentGrants(database.db)

  expect([await spend(good), await spend(justOver)]).toEqual([
    { refused: 'ALREADY_USED' },
    { refused: 'ALREADY_USED' },
  ])
  expect(await spend(longOver)).toEqual({ userId: longOver.userId })
})
