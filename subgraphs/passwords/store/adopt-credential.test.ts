import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { passwordsSchema } from '../subgraph.js'
import { adoptCredential } from './adopt-credential.js'
import { createCredentialStore } from './credentials.js'

const RACERS = 50

let server: TestDatabase
let database: Database
let credentials: ReturnType<typeof createCredentialStore>

beforeAll(async () => {
  server = await createTestDatabase([passwordsSchema])
  database = connectDatabase({ url: server.urlOf('passwords'), name: 'test' })
  credentials = createCredentialStore(database.db)
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

const someId = () => newId(ID_PREFIXES.user)
const adopt = (credentialId: string, userId: string) =>
  database.db.transaction((tx) => adoptCredential(tx, { credentialId, userId }))

async function someStored(phc: string): Promise<string> {
  const credentialId = someId()
  await credentials.insertUnclaimed(credentialId, { phc, pepperVersion: 1 })
  return credentialId
}

test('a credential becomes the one of the account, in the place of what was there', async () => {
  const [userId, credentialId] = [someId(), await someStored('theirs')]
  await credentials.insertUnclaimed(userId, { phc: 'before', pepperVersion: 1 })

  expect(await adopt(credentialId, userId)).toBe(true)

  expect(await credentials.find(userId)).toMatchObject({ phc: 'theirs', pepperVersion: 1 })
  expect(await credentials.find(credentialId)).toBeNull()
})

test('told late, it does not undo the password that was set meanwhile', async () => {
  const [userId, credentialId, reset] = [someId(), await someStored('theirs'), await someStored('reset')]
  await adopt(reset, userId)

  expect(await adopt(credentialId, userId)).toBe(false)

  expect(await credentials.find(userId)).toMatchObject({ phc: 'reset', pepperVersion: 1 })
  expect(await credentials.find(credentialId)).toBeNull()
})

test('told twice, or by call and event at once, it happens once', async () => {
  const [userId, credentialId] = [someId(), await someStored('theirs')]

  const outcomes = await Promise.all(Array.from({ length: RACERS }, () => adopt(credentialId, userId)))

  expect(outcomes.filter(Boolean)).toHaveLength(1)
  expect(await credentials.find(userId)).toMatchObject({ phc: 'theirs', pepperVersion: 1 })
})

test('13.3: what was adopted is not swept, and what was not is', async () => {
  const [userId, credentialId, loser] = [someId(), await someStored('theirs'), await someStored('lost')]
  await adopt(credentialId, userId)
  await database.client`update passwords.credentials set created_at = created_at - interval '61 seconds'`

  await credentials.settleOverdue({ existing: [], missing: await credentials.listOverdue(10) })

  expect(await credentials.find(userId)).not.toBeNull()
  expect(await credentials.find(loser)).toBeNull()
})
