import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { DeletionStore } from '../domain/deletion-ports.js'
import type { AccountStore } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { createAdministrationStore } from './administration.js'
import { keepReceipt } from './deletion-receipts.js'
import { createDeletionStore } from './deletions.js'
import { outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const OTHERS = ['auth', 'passwords', 'otp', 'notifications'] as const

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let store: DeletionStore
let accounts: AccountStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  store = createDeletionStore(database.db, events)
  accounts = createAccountStore(database.db, events)
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

// Nobody is left who could be due, or an administrator, in the next test.
afterEach(() => owner`delete from users.users`)

async function someone(roles = ['user']) {
  const id = someUserId()
  const [verifiedAt, name] = [new Date(), `n${id.slice(-10)}`]
  await database.db.insert(users).values({
    ...{ id, status: 'ACTIVE', email: `${id}@acme.test`, verifiedAt, emailVerifiedAt: verifiedAt, roles },
    ...{
      username: name,
      displayName: 'Ada',
      givenName: 'Augusta',
      familyName: 'King',
      birthdate: '1915-12-10',
    },
  })
  return { id, email: `${id}@acme.test`, username: name }
}

const by = someActor()
const on = (userId: string, may = true) => ({ userId, by, may: () => may })
const asks = (userId: string, graceDays = 30) => store.request({ userId, reason: 'too loud', graceDays }, by)
const sealContact = async ({ email }: { email: string | null }) => `sealed ${email}`
const erase = (userId: string) => store.deleteNow(on(userId), { mode: 'ERASE', sealContact })
const statusOf = async (id: string) => (await accounts.findMany([id]))[0]?.status
const uuidOf = async (id: string) =>
  (await owner`select id from users.users where email = ${`${id}@acme.test`}`)[0]?.['id']
const toldOf = (id: string, name = 'user.deleted') =>
  owner`select payload from users.outbox where name = ${name} and payload->>'userId' = ${id} order by id`
const actsOn = async (id: string) =>
  (
    await owner`select act->>'action' as action, act->>'outcome' as outcome from users.audit_pending
    where act->>'subjectId' = ${id} order by id`
  ).map(({ action, outcome }) => [action, outcome])

describe('leaving, in Postgres', () => {
  test('9.8: who asked is pending until the time they may change their mind is over, and can be disabled meanwhile', async () => {
    const ada = await someone()
    const administration = createAdministrationStore(
      database.db,
      createOutbox(outbox, () => {}),
    )

    const asked = await Promise.all(Array.from({ length: RACERS }, () => asks(ada.id)))
    const pending = await statusOf(ada.id)
    await administration.disable(on(ada.id), { reason: 'spam', until: null })
    const disabled = await statusOf(ada.id)
    await administration.enable(on(ada.id))
    const enabled = await statusOf(ada.id)
    const [deletion] = await store.findMany([ada.id])
    await Promise.all(Array.from({ length: RACERS }, () => store.cancel(ada.id, by)))

    expect(asked.every(({ kind }) => kind === 'pending')).toBe(true)
    expect([pending, disabled, enabled]).toEqual(['PENDING_DELETION', 'DISABLED', 'PENDING_DELETION'])
    expect(deletion).toMatchObject({ reason: 'too loud', deletedAt: null })
    expect(Number(deletion?.effectiveAt) - Number(deletion?.requestedAt)).toBe(30 * 86_400_000)
    expect(await statusOf(ada.id)).toBe('ACTIVE')
    expect(await store.findMany([ada.id])).toEqual([])
    expect(await toldOf(ada.id, 'user.deletion-requested')).toHaveLength(1)
    expect(await toldOf(ada.id, 'user.deletion-cancelled')).toHaveLength(1)
    expect(await store.deleteDue(sealContact)).toBeNull()
  })

  test('of two administrators who leave, are deleted or disabled at the same time, one stays', async () => {
    const administration = createAdministrationStore(
      database.db,
      createOutbox(outbox, () => {}),
    )
    const ways = [
      (id: string) => asks(id),
      erase,
      (id: string) => administration.disable(on(id), { reason: 'spam', until: null }),
    ]
    for (let round = 0; round < ROUNDS; round++) {
      await owner`delete from users.users`
      const admins = [await someone(['user', 'admin']), await someone(['user', 'admin'])]

      const outcomes = await Promise.all(
        Array.from({ length: RACERS }, (_, index) =>
          ways[(index + round) % 3]?.(admins[index % 2]?.id ?? ''),
        ),
      )

      const left =
        await owner`select 1 from users.users where 'admin' = any(roles) and status = 'ACTIVE' and deletion_at is null`
      expect(left).toHaveLength(1)
      expect(outcomes).toContainEqual({ kind: 'refused', reason: 'LAST_ADMIN' })
    }
  }, 60_000)

  test('9.8: a person who cancels in the last moment either stays or is gone, and is told which', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const ada = await someone()
      await asks(ada.id)
      await owner`update users.users set deletion_at = now() where email = ${ada.email}`
      const racers = Array.from({ length: RACERS }, (_, index) =>
        index % 2 === 0 ? store.deleteDue(sealContact) : store.cancel(ada.id, by),
      )

      const outcomes = await Promise.all(racers)

      expect(outcomes.filter((outcome) => outcome && 'version' in outcome)).toHaveLength(1)
      expect(await statusOf(ada.id)).toBeUndefined()
      expect(await toldOf(ada.id)).toHaveLength(1)
    }
  }, 60_000)
})

describe('an account that goes, in Postgres', () => {
  test('9.7: leaves nothing but its id, counts, and a username that is nobody else’s for a while', async () => {
    const ada = await someone()
    const uuid = await uuidOf(ada.id)

    const gone = await Promise.all(Array.from({ length: RACERS }, () => erase(ada.id)))

    expect(gone.every(({ kind }) => kind === 'deleted')).toBe(true)
    expect(await statusOf(ada.id)).toBeUndefined()
    expect(await store.findMany([ada.id])).toMatchObject([
      { reason: null, receipts: [{ subgraph: 'users', records: 1 }] },
    ])
    expect(await owner`select username from users.reserved_usernames where user_id = ${uuid}`).toMatchObject([
      { username: ada.username },
    ])
    expect((await toldOf(ada.id)).map(({ payload }) => payload)).toEqual([
      { userId: ada.id, round: 1, sealedContact: `sealed ${ada.email}` },
    ])
    expect((await toldOf(ada.id, 'user.access-changed')).map(({ payload }) => payload)).toEqual([
      { userId: ada.id, version: 1, endsSessions: true, cause: null, until: null },
    ])
    expect(await actsOn(ada.id)).toEqual([['user.delete', 'SUCCESS']])
    expect(await erase(someUserId())).toEqual({ kind: 'refused', reason: 'NOT_FOUND' })
  })

  test('anonymised is a user of whom nothing is known, to whom nothing is done any more', async () => {
    const ada = await someone(['user', 'support'])
    const administration = createAdministrationStore(
      database.db,
      createOutbox(outbox, () => {}),
    )

    await store.deleteNow(on(ada.id), { mode: 'ANONYMIZE', sealContact })

    const [left] = await accounts.findMany([ada.id])
    const { id, status, locale, roles, accessVersion, createdAt, updatedAt, ...facts } = left ?? {}
    expect({ id, status, roles }).toEqual({ id: ada.id, status: 'DISABLED', roles: ['user'] })
    expect(Object.values(facts).every((fact) => fact === null)).toBe(true)
    expect(await administration.enable(on(ada.id))).toEqual({ kind: 'refused', reason: 'NOT_FOUND' })
    expect(await accounts.updateProfile(ada.id, { displayName: 'x' }, { ifUpdatedAt: null, by })).toBeNull()
    expect(await accounts.changeUsername(ada.id, 'xyz', by)).toEqual({ kind: 'refused', reason: 'NOT_FOUND' })
    expect(await asks(ada.id)).toEqual({ kind: 'refused', reason: 'NOT_FOUND' })
    expect(await erase(ada.id)).toMatchObject({ kind: 'deleted' })
    expect(await statusOf(ada.id)).toBeUndefined()
  })

  test('is not for who may do less than the one it is about', async () => {
    const ada = await someone()

    expect(await store.deleteNow(on(ada.id, false), { mode: 'ERASE', sealContact })).toEqual({
      kind: 'refused',
      reason: 'FORBIDDEN',
    })
    expect(await actsOn(ada.id)).toEqual([['user.delete', 'FAILURE']])
    expect(await statusOf(ada.id)).toBe('ACTIVE')
  })

  const receipt = (userId: string, subgraph: (typeof OTHERS)[number], round: number) =>
    database.db.transaction((tx) => keepReceipt(tx, { userId, subgraph, round, records: 2 }))
  const later = (seconds: number) =>
    owner`update users.deletions set told_at = now() - make_interval(secs => ${seconds})`
  const roundsOf = async (id: string) => (await toldOf(id)).map(({ payload }) => payload.round)
  const completed = async () =>
    (await owner`select 1 from users.deletions where completed_at is not null`).length

  test('13.3: everyone is told twice, and again where a receipt is missing; then it is done, once', async () => {
    await owner`delete from users.deletions`
    const ada = await someone()
    await erase(ada.id)

    const early = await store.tellAgain()
    await later(16)
    const second = (await Promise.all([store.tellAgain(), store.tellAgain()])).flat()
    for (const one of OTHERS.slice(1)) await receipt(ada.id, one, 2)
    await receipt(ada.id, 'auth', 1)
    await later(601)
    const third = await store.tellAgain()
    const before = await completed()
    await receipt(ada.id, 'auth', 3)
    await Promise.all([store.tellAgain(), store.tellAgain()])

    expect([early, second, third]).toEqual([[], [], [ada.id]])
    expect(await roundsOf(ada.id)).toEqual([1, 2, 3])
    expect([before, await completed()]).toEqual([0, 1])
    expect(
      (await store.findMany([ada.id]))[0]?.receipts.find(({ subgraph }) => subgraph === 'auth'),
    ).toMatchObject({
      records: 4,
    })
    expect(await actsOn(ada.id)).toEqual([
      ['user.delete', 'SUCCESS'],
      ['user.erase', 'SUCCESS'],
    ])
  })
})
