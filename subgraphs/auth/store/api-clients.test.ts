import { randomBytes } from 'node:crypto'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor } from '../../shared/test/requests.js'
import type { ApiClientStore, NewClientSecret } from '../domain/api-client-ports.js'
import type { SessionStore } from '../domain/ports.js'
import { authSchema } from '../subgraph.js'
import { createApiClientStore } from './api-clients.js'
import { createSessionStore } from './sessions.js'
import { outbox } from './tables.js'

const BY = someActor()
const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let clients: ApiClientStore
let sessions: SessionStore
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test', onStatement: () => sent++ })
  const events = createOutbox(outbox, () => {})
  clients = createApiClientStore(database.db, events)
  sessions = createSessionStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

const someSecret = (): NewClientSecret => ({
  id: newId(ID_PREFIXES.clientSecret),
  digest: new Uint8Array(randomBytes(32)),
})

async function made() {
  const secret = someSecret()
  const given = { id: newId(ID_PREFIXES.apiClient), name: 'Mailer', scopes: ['notifications:send'] }
  return { client: await clients.create(given, secret, BY), secret }
}

const race = <Outcome>(act: () => Promise<Outcome>) => Promise.all(Array.from({ length: RACERS }, act))

test('a client is known by its secret, in one statement, which says when it was last used', async () => {
  const { client, secret } = await made()
  const before = sent

  const known = await clients.authenticate(client.id, secret.digest)

  expect(sent - before).toBe(1)
  expect(known).toEqual({ secretId: secret.id, scopes: ['notifications:send'] })
  expect(client.lastUsedAt).toBeNull()
  expect((await clients.find(client.id))?.lastUsedAt).toBeInstanceOf(Date)
})

test("a client is not known by another's secret, and nobody by a secret of their own", async () => {
  const [{ client }, other] = [await made(), await made()]

  expect(await clients.authenticate(client.id, other.secret.digest)).toBeNull()
  expect(await clients.authenticate(newId(ID_PREFIXES.apiClient), other.secret.digest)).toBeNull()
})

test('4.5: an old secret is worth nothing once there is another, and routers are told', async () => {
  const { client, secret } = await made()
  const { cursor } = await sessions.endedSince(null)
  const next = someSecret()

  const rotated = await clients.rotateSecret(client.id, next, BY)

  expect(rotated?.secretRotatedAt.getTime()).toBeGreaterThan(client.secretRotatedAt.getTime())
  expect(await clients.authenticate(client.id, secret.digest)).toBeNull()
  expect(await clients.authenticate(client.id, next.digest)).toMatchObject({ secretId: next.id })
  expect([await clients.isSecretActive(secret.id), await clients.isSecretActive(next.id)]).toEqual([
    false,
    true,
  ])
  expect((await sessions.endedSince(cursor)).sessionIds).toContain(secret.id)
  expect((await sessions.endedSince(cursor)).sessionIds).not.toContain(next.id)
})

test('4.5: a client that is deleted is gone with its secret, once, and routers are told', async () => {
  const { client, secret } = await made()

  const outcomes = await race(() => clients.delete(client.id, BY))

  expect(outcomes.filter(Boolean)).toHaveLength(1)
  expect(await clients.find(client.id)).toBeNull()
  expect(await clients.authenticate(client.id, secret.digest)).toBeNull()
  expect(await clients.rotateSecret(client.id, someSecret(), BY)).toBeNull()
  expect((await sessions.endedSince(null)).sessionIds).toContain(secret.id)
})

test('of many secrets that are made at once, one is in force', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { client } = await made()
    const secrets: NewClientSecret[] = []
    await race(() => {
      const secret = someSecret()
      secrets.push(secret)
      return clients.rotateSecret(client.id, secret, BY)
    })

    const known = await Promise.all(secrets.map(({ digest }) => clients.authenticate(client.id, digest)))
    expect(known.filter(Boolean)).toHaveLength(1)
  }
})

test('clients are paged newest first', async () => {
  const [first, second, third] = [await made(), await made(), await made()]

  const page = await clients.list({ first: 1, after: null })
  const next = await clients.list({ first: 1, after: third.client.id })

  expect(page.map(({ id }) => id)).toEqual([third.client.id, second.client.id])
  expect(next.map(({ id }) => id)).toEqual([second.client.id, first.client.id])
})

test('12.4: what is done to a client is told once, and what was not done is not', async () => {
  const { client } = await made()
  await clients.rotateSecret(client.id, someSecret(), BY)
  await race(() => clients.delete(client.id, BY))
  await clients.rotateSecret(client.id, someSecret(), BY)

  const told = await database.client`
    select payload->>'action' as action from auth.outbox where payload->'detail'->>'client' = ${client.id} order by id`
  expect(told.map(({ action }) => action)).toEqual([
    'api-client.create',
    'api-client.rotate-secret',
    'api-client.delete',
  ])
})
