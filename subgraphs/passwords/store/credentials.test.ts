import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { passwordsSchema } from '../subgraph.js'
import { claimCredential, removeCredential } from './claim-credential.js'
import { credentialsContract } from './credentials.contract.js'
import { createCredentialStore } from './credentials.js'

const CONNECTIONS = 10

let server: TestDatabase
let database: Database
let credentials: ReturnType<typeof createCredentialStore>
let statements = 0

beforeAll(async () => {
  server = await createTestDatabase([passwordsSchema])
  database = connectDatabase({
    url: server.urlOf('passwords'),
    name: 'test',
    onStatement: () => (statements += 1),
  })
  credentials = createCredentialStore(database.db)
  // On a cold pool the racers would come in one after the other.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => database.client`select pg_sleep(0.1)`))
  await Promise.all(Array.from({ length: CONNECTIONS }, () => credentials.find(null)))
})
beforeEach(async () => {
  await database.client`delete from passwords.credentials`
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

async function letTimePass() {
  await database.client`update passwords.credentials set created_at = created_at - interval '61 seconds'`
}

describe('credentials in PostgreSQL', () => {
  credentialsContract(() => ({
    credentials,
    claim: (registered) => database.db.transaction((tx) => claimCredential(tx, registered)),
    letTimePass,
  }))
})

test('a sweep neither deletes nor waits for a credential that is being claimed at this moment (SECURITY 13.3)', async () => {
  const userId = newId(ID_PREFIXES.user)
  await credentials.insertUnclaimed(userId, { phc: 'phc', pepperVersion: 1 })
  await letTimePass()

  await database.db.transaction(async (tx) => {
    await claimCredential(tx, { userId, replacedUserId: null })
    expect(await credentials.settleOverdue({ existing: [], missing: [userId] })).toEqual({ settled: 0 })
  })

  expect(await credentials.find(userId)).not.toBeNull()
})

test('one statement finds a credential, and the same one finds none (SECURITY 7.4)', async () => {
  const userId = newId(ID_PREFIXES.user)
  await credentials.insertUnclaimed(userId, { phc: 'phc', pepperVersion: 1 })
  await claimCredential(database.db, { userId, replacedUserId: null })

  for (const asked of [userId, newId(ID_PREFIXES.user), null, 'usr_none']) {
    const before = statements
    await credentials.find(asked)
    expect(statements - before).toBe(1)
  }
})

test('one statement shows the states of many', async () => {
  const userIds = Array.from({ length: 100 }, () => newId(ID_PREFIXES.user))
  const before = statements

  await credentials.findStates(userIds)

  expect(statements - before).toBe(1)
})

test('the role of the subgraph changes rows and no tables (SECURITY 3.4)', async () => {
  await expect(database.client`drop table passwords.credentials`).rejects.toMatchObject({ code: '42501' })
  await expect(database.client`create table passwords.other ()`).rejects.toMatchObject({ code: '42501' })
})

test('9.7: a credential goes with its account, once', async () => {
  const userId = newId(ID_PREFIXES.user)
  await credentials.insertUnclaimed(userId, { phc: 'phc', pepperVersion: 1 })
  const remove = () => database.db.transaction((tx) => removeCredential(tx, userId))

  expect([await remove(), await remove()]).toEqual([1, 0])
  expect(await credentials.find(userId)).toBeNull()
})
