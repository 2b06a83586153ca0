import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { newToken, tokenDigest } from '../../shared/secrets/token.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { AccountStore } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let accounts: AccountStore
let owner: postgres.Sql

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => {} })
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

let names = 0
const someName = () => `name${++names}`

/** Someone who has registered with this username; verified, they have it. */
async function registered(username: string) {
  const token = newToken()
  const id = newId(ID_PREFIXES.user)
  await accounts.register(
    { id, email: `${id}@acme.test`, wantedUsername: username, termsVersion: null, profile: {} },
    {
      digest: tokenDigest(token),
      sealedToken: `sealed-${token}`,
      verificationUrl: 'http://localhost:4000/account/verify',
      invitationUrl: 'http://localhost:4000/account/invite',
    },
    someActor(),
  )
  return { id, verify: () => accounts.verifyByLink(tokenDigest(token), someActor()) }
}

async function someone(username = someName()) {
  const { id, verify } = await registered(username)
  await verify()
  return { id, username }
}

/** Many people at once; making them is not what is measured. */
async function crowd() {
  return Promise.all(Array.from({ length: RACERS }, () => someone()))
}

const usernameOf = async (id: string) => (await accounts.findMany([id]))[0]?.username
const TAKEN = { kind: 'refused', reason: 'TAKEN' }

describe('usernames in Postgres', () => {
  test('a person has the new name, and the old one finds nobody', async () => {
    const ada = await someone()
    const name = someName()

    const result = await accounts.changeUsername(ada.id, name, someActor())

    expect(result).toMatchObject({ kind: 'changed', account: { id: ada.id, username: name } })
    expect(await accounts.findByIdentifier({ kind: 'username', value: name })).toMatchObject({ id: ada.id })
    expect(await accounts.findByIdentifier({ kind: 'username', value: ada.username })).toBeNull()
  })

  test("somebody's name is taken, one's own changes nothing, and nobody has none to change", async () => {
    const [ada, bob] = [await someone(), await someone()]
    const [before] = await accounts.findMany([ada.id])

    expect(await accounts.changeUsername(ada.id, bob.username, someActor())).toEqual(TAKEN)
    expect(await accounts.changeUsername(ada.id, ada.username, someActor())).toEqual({
      kind: 'changed',
      account: before,
    })
    expect(await accounts.changeUsername(someUserId(), someName(), someActor())).toEqual({
      kind: 'refused',
      reason: 'NOT_FOUND',
    })
    expect(
      await owner`select 1 from users.reserved_usernames where user_id in (
      select id from users.users where username in ${owner([ada.username, bob.username])})`,
    ).toHaveLength(0)
  })

  test('a name given up is kept for 90 days: its owner may return to it, nobody else may have it', async () => {
    const [ada, bob] = [await someone(), await someone()]
    const pending = await registered(ada.username)
    await accounts.changeUsername(ada.id, someName(), someActor())

    expect(await accounts.changeUsername(bob.id, ada.username, someActor())).toEqual(TAKEN)
    expect(await pending.verify()).toMatchObject({ kind: 'verified', usernameTaken: true })
    expect(await accounts.changeUsername(ada.id, ada.username, someActor())).toMatchObject({
      kind: 'changed',
    })

    await accounts.changeUsername(ada.id, someName(), someActor())
    await owner`update users.reserved_usernames set until = now() where username = ${ada.username}`
    expect(await accounts.changeUsername(bob.id, ada.username, someActor())).toMatchObject({
      kind: 'changed',
    })
  })

  test('however many people race for one free name, one has it', async () => {
    const people = await crowd()
    for (let round = 0; round < ROUNDS; round++) {
      const name = someName()
      const outcomes = await Promise.all(
        people.map(({ id }) => accounts.changeUsername(id, name, someActor())),
      )

      expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(1)
    }
  })

  test('a name is never free between being given up and being kept, however many watch for it', async () => {
    const people = await crowd()
    for (let round = 0; round < ROUNDS; round++) {
      const ada = await someone()
      const outcomes = await Promise.all([
        accounts.changeUsername(ada.id, someName(), someActor()),
        ...people.slice(1).map(({ id }) => accounts.changeUsername(id, ada.username, someActor())),
      ])

      expect(outcomes[0]).toMatchObject({ kind: 'changed' })
      expect(outcomes.slice(1).filter(({ kind }) => kind === 'changed')).toEqual([])
    }
  })

  test('of one person who changes in many places at once, every name but the last is kept', async () => {
    const ada = await someone()
    const tried = Array.from({ length: RACERS }, someName)

    await Promise.all(tried.map((name) => accounts.changeUsername(ada.id, name, someActor())))

    const kept = await owner<{ username: string }[]>`
      select username from users.reserved_usernames where user_id = (select id from users.users
        where username = ${(await usernameOf(ada.id)) ?? ''}) and until > now() + interval '89 days'`
    const all = [...kept.map(({ username }) => username), await usernameOf(ada.id)]
    expect(new Set(all)).toEqual(new Set([ada.username, ...tried]))
  })
})
