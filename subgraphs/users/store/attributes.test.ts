import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { newToken, tokenDigest } from '../../shared/secrets/token.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { AttributeChange } from '../domain/attributes.js'
import { usersSchema } from '../subgraph.js'
import { createStores, type Stores } from './create-stores.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()

let testDatabase: TestDatabase
let database: Database
let stores: Stores
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => sent++ })
  stores = createStores(
    database.db,
    createOutbox(outbox, () => {}),
  )
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await database.stop()
  await testDatabase.stop()
})

let people = 0
const link = () => ({
  ...{ digest: tokenDigest(newToken()), sealedToken: 'sealed' },
  ...{ verificationUrl: 'https://id.test/account/verify', invitationUrl: 'https://id.test/account/invite' },
})

async function someRegistered(set: AttributeChange['set'] = {}, email = `kept-${++people}@acme.test`) {
  const id = someUserId()
  const profile = { attributes: { set, removed: [] } }
  await stores.accounts.register({ id, email, wantedUsername: null, termsVersion: null, profile }, link(), BY)
  return { id, email }
}

const change = (id: string, attributes: Partial<AttributeChange>) =>
  stores.accounts.updateProfile(
    id,
    { attributes: { set: {}, removed: [], ...attributes } },
    { ifUpdatedAt: null, by: BY },
  )
const read = async (id: string) => (await stores.attributeValues.findMany([id]))[0]?.attributes

describe('attributes in Postgres', () => {
  test('are set, replaced and removed by their key, and the rest stays', async () => {
    const { id } = await someRegistered({ 'a:x': { deep: [1, null] }, 'a:y': 'old' })

    await change(id, { set: { 'a:y': ['new'], 'b:z': false } })
    const changed = await read(id)
    await change(id, { removed: ['a:x', 'a:none'] })

    expect(changed).toEqual({ 'a:x': { deep: [1, null] }, 'a:y': ['new'], 'b:z': false })
    expect(await read(id)).toEqual({ 'a:y': ['new'], 'b:z': false })
  })

  test('are fetched at some places alone, for many people in one statement', async () => {
    const ada = await someRegistered({ 'a:x': { deep: [1] }, 'a:y': 'old', 'b:z': false })
    const bob = await someRegistered({ 'a:y': 2 })
    const before = sent

    const found = await stores.attributeValues.findSome([ada.id, bob.id, someUserId()], ['a:x', 'b:z'])

    expect(sent - before).toBe(1)
    expect(new Map(found.map(({ id, attributes }) => [id, attributes]))).toEqual(
      new Map([
        [ada.id, { 'a:x': { deep: [1] }, 'b:z': false }],
        [bob.id, {}],
      ]),
    )
  })

  test('of many who change one account at once, each keeps what they set', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await someRegistered()

      await Promise.all(Array.from({ length: RACERS }, (_, n) => change(id, { set: { [`a:k${n}`]: n } })))

      expect(Object.keys((await read(id)) ?? {})).toHaveLength(RACERS)
    }
  }, 60_000)

  test('9.8: are not those of whoever registers over a pending account', async () => {
    const first = await someRegistered({ 'a:x': 1 })
    const second = await someRegistered({ 'a:y': 2 }, first.email)

    expect(await read(second.id)).toEqual({ 'a:y': 2 })
  })

  test('staff set some when they make an account, and its owner more when they take it over', async () => {
    const email = `kept-${++people}@acme.test`
    const account = { id: someUserId(), email, phoneNumber: null, username: null, roles: ['user'] }
    const [invitation, attributes] = [link(), { set: { 'crm:no': 7 }, removed: [] }]
    await stores.invitations.create({ ...account, profile: { attributes } }, invitation, BY)

    const own = { attributes: { set: { 'a:x': 1 }, removed: [] } }
    const acceptance = { credentialId: someUserId(), wantedUsername: null, termsVersion: null, profile: own }
    await stores.invitations.accept(invitation.digest, acceptance, BY)

    expect(await read(account.id)).toEqual({ 'crm:no': 7, 'a:x': 1 })
  })

  test('of many people are read with one statement', async () => {
    const ids = (await Promise.all([someRegistered({ 'a:x': 1 }), someRegistered()])).map(({ id }) => id)
    const before = sent

    const rows = await stores.attributeValues.findMany([...ids, someUserId(), 'nobody'])

    expect(sent - before).toBe(1)
    expect(rows).toHaveLength(2)
  })

  test('9.7: go with the account, also where an id stays', async () => {
    const { id } = await someRegistered({ 'a:x': 1 })

    const how = { mode: 'ANONYMIZE' as const, sealContact: async () => null }
    await stores.deletions.deleteNow({ userId: id, by: BY, may: () => true }, how)

    expect(await read(id)).toEqual({})
  })
})
