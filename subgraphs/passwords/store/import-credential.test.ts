import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { NO_PEPPER } from '../domain/ports.js'
import { passwordsSchema } from '../subgraph.js'
import { claimCredential } from './claim-credential.js'
import { createCredentialStore } from './credentials.js'
import { importCredential } from './import-credential.js'

const RACERS = 50
const ROUNDS = 20
const HASH = '$2b$05$abcdefghijklmnopqrstuusQetlFLdHHysqFKlv7K5cjgVeCn4Gd2'
const OTHER_HASH = '{SSHA}8VORXAx4FAOSGGT39M9qn/sKC87E0gS2'
const OURS = { phc: 'ours', pepperVersion: 1 }

let server: TestDatabase
let database: Database
let credentials: ReturnType<typeof createCredentialStore>

beforeAll(async () => {
  server = await createTestDatabase([passwordsSchema])
  database = connectDatabase({ url: server.urlOf('passwords'), name: 'test' })
  credentials = createCredentialStore(database.db)
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.05)`))
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

const someId = () => newId(ID_PREFIXES.user)
const bring = (userId: string, hash: string, existing: 'keep' | 'replace' = 'keep') =>
  importCredential(database.db, { userId, hash, existing })

test('an imported hash is a credential without a pepper, and says its form', async () => {
  const userId = someId()

  expect(await bring(userId, HASH)).toEqual({ kind: 'imported', form: 'bcrypt' })

  expect(await credentials.find(userId)).toMatchObject({ phc: HASH, pepperVersion: NO_PEPPER })
  expect(await credentials.findStates([userId])).toMatchObject([{ isSet: true, mustChange: false }])
})

test.each([
  ['of no known form', '5f4dcc3b5aa765d61d8327deb882cf99', 'UNKNOWN_FORMAT'],
  ['that is damaged', HASH.slice(0, -1), 'MALFORMED'],
  ['that would hold a worker up', HASH.replace('$05$', '$15$'), 'TOO_COSTLY'],
])('a hash %s is refused and stores nothing', async (_, hash, reason) => {
  const userId = someId()

  expect(await bring(userId, hash)).toEqual({ kind: 'refused', reason })

  expect(await credentials.find(userId)).toBeNull()
})

test('a password that is there stays, claimed or not, unless the import is told to replace it', async () => {
  const [claimed, unclaimed] = [someId(), someId()]
  for (const userId of [claimed, unclaimed]) await credentials.insertUnclaimed(userId, OURS)
  await database.db.transaction((tx) => claimCredential(tx, { userId: claimed, replacedUserId: null }))

  for (const userId of [claimed, unclaimed]) {
    expect(await bring(userId, HASH)).toEqual({ kind: 'refused', reason: 'EXISTS' })
    expect(await credentials.find(userId)).toMatchObject(OURS)

    expect(await bring(userId, HASH, 'replace')).toEqual({ kind: 'imported', form: 'bcrypt' })
    expect(await credentials.find(userId)).toMatchObject({ phc: HASH, pepperVersion: NO_PEPPER })
  }
  await expect(credentials.insertUnclaimed(claimed, OURS)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('13.3: an import whose account never comes is swept, one whose account is there is claimed', async () => {
  const [orphan, owned] = [someId(), someId()]
  for (const userId of [orphan, owned]) await bring(userId, HASH)
  await database.client`update passwords.credentials set created_at = created_at - interval '61 seconds'`

  await credentials.settleOverdue({ existing: [owned], missing: [orphan] })

  expect(await credentials.find(orphan)).toBeNull()
  expect(await credentials.find(owned)).not.toBeNull()
})

test('of 50 racing imports for one account one counts (SECURITY 14.4)', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const userId = someId()

    const results = await Promise.all(
      Array.from({ length: RACERS }, (_, racer) => bring(userId, racer % 2 ? HASH : OTHER_HASH)),
    )

    const imported = results.filter(({ kind }) => kind === 'imported')
    expect(imported).toHaveLength(1)
    const form = (await credentials.find(userId))?.phc === HASH ? 'bcrypt' : 'salted-sha1'
    expect(imported).toEqual([{ kind: 'imported', form }])
  }
})
