import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { createSigningKeys } from '../grants/signing-key.js'
import { otpSchema } from '../subgraph.js'
import { createGrantKeyStore } from './grant-keys.js'

const PROCESSES = 50
const SEALING_KEY = new Uint8Array(32).fill(1)

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase([otpSchema])
  database = connectDatabase({ url: server.urlOf('otp'), name: 'otp-test' })
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

const createKeys = () =>
  createSigningKeys({ store: createGrantKeyStore(database.db), sealingKey: SEALING_KEY })

describe('grant keys', () => {
  test('processes that start at once agree on one key (SECURITY 14.4)', async () => {
    await Promise.all(Array.from({ length: 20 }, () => database.client`select pg_sleep(0.01)`)) // opens the pool

    const keys = await Promise.all(Array.from({ length: PROCESSES }, () => createKeys().current()))

    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1)
    expect((await createKeys().publicKeys()).keys).toHaveLength(1)
  })

  test('the private half is sealed in the database and never published (SECURITY 12.1)', async () => {
    const { keys } = await createKeys().publicKeys()
    const rows = await database.client<{ row: string }[]>`select grant_keys::text as row from otp.grant_keys`

    expect(keys).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.any(String),
        kid: expect.any(String),
        alg: 'EdDSA',
        use: 'sig',
      },
    ])
    expect(rows.map(({ row }) => row).join()).not.toContain('"d"')
    const stranger = createSigningKeys({
      store: createGrantKeyStore(database.db),
      sealingKey: new Uint8Array(32).fill(2),
    })
    await expect(stranger.current()).rejects.toThrow()
  })
})
