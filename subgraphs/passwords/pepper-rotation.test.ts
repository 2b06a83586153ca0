import { createInProcessCalls } from '../shared/calls/in-process.js'
import { callClient } from '../shared/calls/transport.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { createLogger } from '../shared/log/logger.js'
import { prepareQueue } from '../shared/queue/prepare.js'
import { createTestDatabase, type TestDatabase } from '../shared/test/database.js'
import { readPasswordsEnv } from './env.js'
import { createCredentialStore } from './store/credentials.js'
import { createPasswordsSubgraph, passwordsSchema } from './subgraph.js'

const PASSWORD = 'correct horse battery'
const [OLD, NEW] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64url'))
/** Nothing is sealed to it here. */
const SEALING_KEY = JSON.stringify({
  ...{ kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32, 9).toString('base64url') },
})
const log = createLogger({ level: 'silent' })

let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await createTestDatabase([passwordsSchema])
  await prepareQueue(server.ownerUrl, server.urlOf('queue'))
  database = connectDatabase({ url: server.urlOf('passwords'), name: 'test' })
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

type Peppers = { PASSWORD_PEPPERS: string; PASSWORD_PEPPER_CURRENT?: string }

/** What one release of the subgraph answers, from its start to its end. Ending it waits for the rehashes it began. */
async function withPeppers<Answer>(
  peppers: Peppers,
  use: (
    verify: (userId: string) => Promise<boolean>,
    add: (userId: string) => Promise<unknown>,
  ) => Promise<Answer>,
): Promise<Answer> {
  const calls = createInProcessCalls()
  const env = readPasswordsEnv({
    INTERNAL_JWKS: '{"keys":[]}',
    QUEUE_DATABASE_URL: server.urlOf('queue'),
    PASSWORDS_DATABASE_URL: server.urlOf('passwords'),
    PASSWORDS_PRIVATE_KEY: '{"kty":"OKP"}',
    NOTIFICATIONS_PUBLIC_KEY: SEALING_KEY,
    HASH_PROCESSES: '1',
    ...peppers,
  })
  const subgraph = await createPasswordsSubgraph(env, { transport: calls.transports('passwords'), log })
  calls.register(subgraph.calls)
  const auth = callClient(passwordsCalls, calls.transports('auth'))
  const users = callClient(passwordsCalls, calls.transports('users'))

  try {
    return await use(
      async (userId) => (await auth.verify({ userId, password: PASSWORD })).matches,
      (userId) => users.setForNewUser({ userId, password: PASSWORD, identity: [] }),
    )
  } finally {
    await subgraph.stop()
  }
}

const versionOf = async (userId: string) =>
  (await createCredentialStore(database.db).find(userId))?.pepperVersion

test('12.1: a pepper is replaced while two releases run side by side, and nobody is locked out', async () => {
  const [ada, bob] = [newId(ID_PREFIXES.user), newId(ID_PREFIXES.user)]
  const before = { PASSWORD_PEPPERS: `1:${OLD}` }
  const known = { PASSWORD_PEPPERS: `1:${OLD},2:${NEW}`, PASSWORD_PEPPER_CURRENT: '1' }
  const used = { PASSWORD_PEPPERS: `1:${OLD},2:${NEW}` }
  const after = { PASSWORD_PEPPERS: `2:${NEW}` }
  await withPeppers(before, (_, add) => add(ada))

  // First every process learns the new one and goes on using the old, which those still to be restarted understand.
  await withPeppers(known, async (verify, add) => {
    await add(bob)
    expect(await verify(ada)).toBe(true)
  })
  expect([await versionOf(ada), await versionOf(bob)]).toEqual([1, 1])
  expect(await withPeppers(before, (verify) => verify(bob))).toBe(true)

  // Then it is used, and each sign-in moves one password over; a process that only knows it follows.
  expect(await withPeppers(used, (verify) => verify(ada))).toBe(true)
  expect([await versionOf(ada), await versionOf(bob)]).toEqual([2, 1])
  expect(await withPeppers(known, (verify) => verify(bob))).toBe(true)

  // Last the old one goes, when no row has it.
  expect(await withPeppers(used, (verify) => verify(bob))).toBe(true)
  for (const userId of [ada, bob]) {
    expect(await versionOf(userId)).toBe(2)
    expect(await withPeppers(after, (verify) => verify(userId))).toBe(true)
  }
})

test('12.1: a current pepper that is not among the others stops the start', async () => {
  const wrong = { PASSWORD_PEPPERS: `1:${OLD}`, PASSWORD_PEPPER_CURRENT: '2' }

  await expect(withPeppers(wrong, async () => true)).rejects.toThrow('pepper version 2')
})
