import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { AccountStore } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let accounts: AccountStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 1 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  accounts = createAccountStore(
    database.db,
    createOutbox(outbox, () => {}),
  )
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

async function someone(changes: Partial<typeof users.$inferInsert> = {}) {
  const id = someUserId()
  const name = `p${randomBytes(6).toString('hex')}`
  const email = `${name}@acme.test`
  await database.db
    .insert(users)
    .values({ id, status: 'PENDING_VERIFICATION', email, wantedUsername: name, ...changes })
  const proofId = newUuid()
  const proof = { proofId, userId: id, address: addressDigest(proofId, email) }
  return { id, email, name, proof }
}

const accountOf = async (id: string) => (await accounts.findMany([id]))[0]
const toldOf = async (id: string) =>
  (
    await owner`select payload->>'channel' as channel from users.outbox
      where name = 'user.address-proved' and payload->>'userId' = ${id}`
  ).map(({ channel }) => channel as string)
const actsOn = async (id: string) =>
  (await owner`select act->>'action' as action from users.audit_pending where act->>'subjectId' = ${id}`).map(
    ({ action }) => action as string,
  )

test('a never-verified account whose address was proved is verified, and has the username it wanted', async () => {
  const { id, name, proof } = await someone()

  await accounts.proveAddress(proof, BY)

  expect(await accountOf(id)).toMatchObject({
    ...{ status: 'ACTIVE', username: name, verifiedAt: expect.any(Date), emailVerifiedAt: expect.any(Date) },
  })
})

test('9.4: the proof of an address says nothing of the next', async () => {
  const { id, email, proof } = await someone()
  await database.db
    .update(users)
    .set({ email: `new-${email}` })
    .where(eq(users.id, id))

  await accounts.proveAddress(proof, BY)

  expect(await accountOf(id)).toMatchObject({ status: 'PENDING_VERIFICATION', emailVerifiedAt: null })
})

test('what was verified before, and who is gone, are left as they are', async () => {
  const before = new Date('2030-01-01T00:00:00Z')
  const ada = await someone({ status: 'ACTIVE', emailVerifiedAt: before, verifiedAt: before })

  await accounts.proveAddress(ada.proof, BY)
  await accounts.proveAddress({ ...ada.proof, proofId: newUuid(), userId: someUserId() }, BY)

  expect(await accountOf(ada.id)).toMatchObject({ emailVerifiedAt: before })
  expect(await actsOn(ada.id)).toEqual([])
})

test('it is told that something arrived there, also where it was proved before', async () => {
  const before = new Date('2030-01-01T00:00:00Z')
  const [first, again] = [
    await someone(),
    await someone({ status: 'ACTIVE', emailVerifiedAt: before, verifiedAt: before }),
  ]

  await accounts.proveAddress(first.proof, BY)
  await accounts.proveAddress(again.proof, BY)
  await accounts.proveAddress({ ...again.proof, proofId: newUuid() }, BY)

  expect([await toldOf(first.id), await toldOf(again.id)]).toEqual([['EMAIL'], ['EMAIL']])
})

test('a disabled account stays so', async () => {
  const { id, proof } = await someone({ status: 'DISABLED' })

  await accounts.proveAddress(proof, BY)

  expect(await accountOf(id)).toMatchObject({ status: 'DISABLED' })
})

test('13.1: of many who tell of one proof at once, one verifies', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { id, proof } = await someone()
    await Promise.all(Array.from({ length: RACERS }, () => accounts.proveAddress(proof, BY)))

    expect(await actsOn(id)).toEqual(['user.verify-email'])
  }
})
