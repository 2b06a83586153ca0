import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { createInProcessCalls } from '../shared/calls/in-process.js'
import { answerCalls, callClient } from '../shared/calls/transport.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { userRegistered, usersCalls } from '../shared/contracts/users.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import { eventQueue } from '../shared/events/event-queue.js'
import { createExecutor } from '../shared/graphql/executor.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { newUuid } from '../shared/ids/uuid.js'
import { createLogger } from '../shared/log/logger.js'
import { passwordHashes, statements } from '../shared/metrics/registry.js'
import { prepareQueue } from '../shared/queue/prepare.js'
import { createQueues, type Queues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { createTestDatabase, type TestDatabase } from '../shared/test/database.js'
import { someCaller, someViewer } from '../shared/test/requests.js'
import { NO_PEPPER } from './domain/ports.js'
import { readPasswordsEnv } from './env.js'
import { HASH_SAMPLES } from './hashing/legacy/hash-samples.js'
import { createCredentialStore } from './store/credentials.js'
import { importCredential } from './store/import-credential.js'
import { createPasswordsSubgraph, passwordsSchema } from './subgraph.js'

const PASSWORD = 'correct horse battery'
const PEPPER = Buffer.alloc(32, 7).toString('base64url')
const log = createLogger({ level: 'silent' })

let database: TestDatabase
let queues: Queues
let subgraph: Subgraph
const calls = createInProcessCalls()
const auth = callClient(passwordsCalls, calls.transports('auth'))
const users = callClient(passwordsCalls, calls.transports('users'))

beforeAll(async () => {
  database = await createTestDatabase([passwordsSchema])
  const queueUrl = database.urlOf('queue')
  await prepareQueue(database.ownerUrl, queueUrl)
  queues = createQueues({ kind: 'postgres', url: queueUrl }, log)

  const { privateKey } = await promisify(generateKeyPair)('ed25519')
  const sealing = await promisify(generateKeyPair)('x25519')
  const env = readPasswordsEnv({
    INTERNAL_JWKS: '{"keys":[]}',
    QUEUE_DATABASE_URL: queueUrl,
    PASSWORDS_DATABASE_URL: database.urlOf('passwords'),
    PASSWORDS_PRIVATE_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    NOTIFICATIONS_PUBLIC_KEY: JSON.stringify(sealing.publicKey.export({ format: 'jwk' })),
    PASSWORD_PEPPERS: `1:${PEPPER}`,
    HASH_PROCESSES: '1',
  })
  subgraph = await createPasswordsSubgraph(env, { transport: calls.transports('passwords'), log })
  calls.register(subgraph.calls)
  calls.register(
    answerCalls(usersCalls, {
      findByIdentifier: async () => null,
      getMany: async () => [],
      findContactChange: async () => null,
      findAcceptances: async () => [],
      proveAddress: async () => ({}),
      recordRefusals: async () => ({}),
    }),
  )
  await subgraph.start()
})
afterAll(async () => {
  await subgraph.stop()
  await queues.stop()
  await database.stop()
})

const tell = (payload: { userId: string; replacedUserId: string | null }) =>
  queues
    .queue(eventQueue('passwords'))
    .add(
      userRegistered.name,
      { ...payload, sealedToken: 'sealed', verificationUrl: 'https://app.test/verify' },
      { jobId: newUuid() },
    )

/** Asks until the password of an account that was replaced is worth nothing; the test's time limit ends a wait in vain. */
async function untilItIsGone(userId: string) {
  while ((await auth.verify({ userId, password: PASSWORD })).matches);
}

const hashesSoFar = async () => (await passwordHashes.get()).values[0]?.value ?? 0
const statementsSoFar = async () =>
  (await statements.get()).values.find(({ labels }) => labels.part === 'passwords')?.value ?? 0

test('a password counts at once, and the one whose account was replaced no longer', async () => {
  const [ada, earlier] = [newId(ID_PREFIXES.user), newId(ID_PREFIXES.user)]
  for (const userId of [earlier, ada]) {
    expect(await users.setForNewUser({ userId, password: PASSWORD, identity: [] })).toEqual({ kind: 'set' })
  }
  expect(await auth.verify({ userId: ada, password: PASSWORD })).toMatchObject({ matches: true })

  await tell({ userId: ada, replacedUserId: earlier })
  await untilItIsGone(earlier)

  expect(await auth.verify({ userId: ada, password: PASSWORD })).toMatchObject({ matches: true })
  expect(await auth.verify({ userId: ada, password: 'wrong horse battery' })).toMatchObject({
    matches: false,
  })

  const execute = createExecutor(subgraph.schema, log)
  const caller = someCaller({ viewer: someViewer({ userId: ada }) })
  const context = subgraph.context({ caller })
  expect(await execute({ query: '{ me { password { isSet mustChange } } }' }, context)).toEqual({
    data: { me: { password: { isSet: true, mustChange: false } } },
  })
})

test('one hash and one statement whoever is asked about (SECURITY 6.4, 7.4)', async () => {
  const userId = newId(ID_PREFIXES.user)
  await users.setForNewUser({ userId, password: PASSWORD, identity: [] })

  for (const claim of [
    { userId, password: PASSWORD },
    { userId, password: 'wrong horse battery' },
    { userId: newId(ID_PREFIXES.user), password: PASSWORD },
    { userId: null, password: PASSWORD },
  ]) {
    const costs: number[] = []
    for (let call = 0; call < 3; call += 1) {
      const [hashes, sent] = [await hashesSoFar(), await statementsSoFar()]
      await auth.verify(claim)
      expect(await hashesSoFar()).toBe(hashes + 1)
      costs.push((await statementsSoFar()) - sent)
    }
    expect(Math.min(...costs)).toBe(1) // the relay sends some of its own now and then
  }
})

describe('people brought from another system', () => {
  let connection: Database
  beforeAll(() => {
    connection = connectDatabase({ url: database.urlOf('passwords'), name: 'test' })
  })
  afterAll(() => connection.stop())

  /** Asks until the hash is ours; the test's time limit ends a wait in vain. */
  async function untilItIsUpgraded(userId: string) {
    const credentials = createCredentialStore(connection.db)
    while ((await credentials.find(userId))?.pepperVersion === NO_PEPPER);
    return credentials.find(userId)
  }

  const oneOfEachForm = new Map(HASH_SAMPLES.map((sample) => [sample[0], sample]))

  test.each([...oneOfEachForm.values()])(
    'sign in with the password that %s by %s was made of, and are hashed anew (SECURITY 6.3, 6.4)',
    async (form, _, password, hash) => {
      const userId = newId(ID_PREFIXES.user)
      const outcome = await importCredential(connection.db, { userId, hash, existing: 'keep' })
      expect(outcome).toEqual({ kind: 'imported', form })

      expect(await auth.verify({ userId, password: 'wrong horse' })).toMatchObject({ matches: false })
      expect(await auth.verify({ userId, password })).toMatchObject({ matches: true })

      expect(await untilItIsUpgraded(userId)).toMatchObject({
        phc: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
        pepperVersion: 1,
      })
      expect(await auth.verify({ userId, password })).toMatchObject({ matches: true })
      expect(await auth.verify({ userId, password: 'wrong horse' })).toMatchObject({ matches: false })
    },
  )

  test('cost one hash before they are upgraded, like everyone: a wrong password upgrades nothing', async () => {
    const userId = newId(ID_PREFIXES.user)
    const [, , , hash] = oneOfEachForm.get('bcrypt') ?? HASH_SAMPLES[0] ?? ['', '', '', '']
    await importCredential(connection.db, { userId, hash, existing: 'keep' })
    const hashes = await hashesSoFar()

    await auth.verify({ userId, password: 'wrong horse' })

    expect(await hashesSoFar()).toBe(hashes + 1)
    expect(await createCredentialStore(connection.db).find(userId)).toMatchObject({
      phc: hash,
      pepperVersion: 0,
    })
  })
})

test('only users may set a password, only auth may verify one (SECURITY 3.1)', async () => {
  const credential = { userId: newId(ID_PREFIXES.user), password: PASSWORD, identity: [] }

  await expect(
    callClient(passwordsCalls, calls.transports('auth')).setForNewUser(credential),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(
    callClient(passwordsCalls, calls.transports('otp')).verify({ userId: null, password: PASSWORD }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
