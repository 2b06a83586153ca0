import { randomBytes, randomInt } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { ContactChange } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createStores, type Stores } from './create-stores.js'
import { outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let stores: Stores

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  stores = createStores(
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

const digest = () => new Uint8Array(randomBytes(32))
const someAddress = () => `p${randomBytes(6).toString('hex')}@acme.test`
const someNumber = () => `+49151${randomInt(10_000_000, 99_999_999)}`
const CODE = {
  ...{ sealedCode: 'sealed', expiresAt: '2030-01-01T00:05:00.000Z' },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}

type Person = { email?: string | null; phoneNumber?: string | null }

/** Somebody whose addresses are proved. */
async function someone({ email = someAddress(), phoneNumber = someNumber() }: Person = {}) {
  const [id, at] = [someUserId(), new Date()]
  await database.db.insert(users).values({
    ...{ id, status: 'ACTIVE' as const, email, phoneNumber, verifiedAt: at },
    ...{
      emailVerifiedAt: email === null ? null : at,
      phoneNumberVerifiedAt: phoneNumber === null ? null : at,
    },
  })
  return { id, email, phoneNumber }
}

/** Asks for another address, and tells how to confirm and undo it. */
async function request(userId: string, kind: ContactChange['kind']) {
  const id = newId(ID_PREFIXES.contactChange)
  const link = { digest: digest(), sealedToken: 'sealed', url: 'https://id.test/account/confirm' }
  const newValue = kind === 'EMAIL' ? someAddress() : someNumber()
  await stores.changes.request(
    kind === 'EMAIL' ? { id, userId, kind, newValue, link } : { id, userId, kind, newValue, code: CODE },
    BY,
  )
  const expiresAt = new Date(Date.now() + 300_000)
  const bound = { challengeId: 'chl_1', changeId: id, addressDigest: addressDigest('chl_1', newValue) }
  const undo = { digest: digest(), sealedToken: 'sealed-undo', url: 'https://id.test/account/undo' }
  return {
    newValue,
    confirm: () =>
      stores.changes.confirm(
        { kind, changeId: id, grant: { userId, jti: id, expiresAt, ...bound } },
        undo,
        BY,
      ),
    undo: () => stores.changes.revert(undo.digest, BY),
  }
}

/** Changes an address, and tells how to undo it. */
async function change(userId: string, kind: ContactChange['kind']) {
  const wanted = await request(userId, kind)
  await wanted.confirm()
  return wanted
}

const leave = (userId: string) => stores.deletions.request({ userId, reason: null, graceDays: 30 }, BY)
const read = async (id: string) => (await stores.accounts.findMany([id]))[0]
const toldOf = async (userId: string) =>
  (await owner`select name from users.outbox where payload->>'userId' = ${userId} order by id`).map(
    ({ name }) => name as string,
  )

describe('a first e-mail address', () => {
  const tellsOf = async (userId: string) =>
    (
      await owner`select payload->>'tells' as tells from users.outbox
        where name = 'user.email-changed' and payload->>'userId' = ${userId}`
    ).map(({ tells }) => tells)

  test('9.4: is told to the proved number, which may undo it', async () => {
    const { id, phoneNumber } = await someone({ email: null })
    const { undo } = await change(id, 'EMAIL')

    expect(await tellsOf(id)).toEqual(['NUMBER'])
    expect(await undo()).toMatchObject({ account: { email: null, phoneNumber } })
  })

  test('9.4: so it is where the one before was not proved, and staff set another', async () => {
    const { id, email, phoneNumber } = await someone()
    await owner`update users.users set email_verified_at = null where email = ${email}`
    const undo = { digest: digest(), sealedToken: 'sealed-undo', url: 'https://id.test/account/undo' }
    const link = { digest: digest(), sealedToken: 'sealed', verificationUrl: 'https://id.test/verify' }
    await stores.addresses.change(
      { userId: id, by: BY, may: () => true },
      { email: someAddress(), isEmailVerified: true, phoneNumber: null, isNumberVerified: null },
      {
        ...{ changeId: newId(ID_PREFIXES.contactChange), confirmDigest: digest(), undo },
        link: { ...link, invitationUrl: 'https://id.test/account/invite' },
        ofNumber: { changeId: newId(ID_PREFIXES.contactChange), undo: { ...undo, digest: digest() } },
      },
    )

    expect(await tellsOf(id)).toEqual(['NUMBER'])
    expect(await stores.changes.revert(undo.digest, BY)).toMatchObject({
      account: { email: null, phoneNumber },
    })
  })

  test('is told to nobody where there is no proved number either', async () => {
    const { id } = await someone({ email: null, phoneNumber: null })
    const { undo } = await change(id, 'EMAIL')

    expect(await tellsOf(id)).toEqual([])
    expect(await undo()).toEqual({ kind: 'refused', reason: 'EXPIRED' })
  })
})

describe('undoing one change', () => {
  test('9.4: undoes all since, of both kinds, and takes back the deletion', async () => {
    const { id, email, phoneNumber } = await someone()
    const { undo } = await change(id, 'EMAIL')
    const others = [await change(id, 'PHONE'), await change(id, 'PHONE'), await change(id, 'EMAIL')]
    const waiting = await request(id, 'PHONE')
    await leave(id)

    const undone = await undo()

    expect(undone).toMatchObject({ kind: 'done', account: { email, phoneNumber, status: 'ACTIVE' } })
    expect(await stores.deletions.findMany([id])).toEqual([])
    expect((await toldOf(id)).slice(-2)).toEqual(['user.deletion-cancelled', 'user.access-changed'])
    expect(await waiting.confirm()).toMatchObject({ kind: 'refused' })
    for (const other of others) {
      expect(await other.undo()).toEqual({ kind: 'refused', reason: 'ALREADY_USED' })
    }
  })

  test('9.4: and what was asked for before it, where its proof came later', async () => {
    const { id, email, phoneNumber } = await someone()
    const number = await request(id, 'PHONE')
    const { undo } = await change(id, 'EMAIL')
    await number.confirm()

    expect(await undo()).toMatchObject({ account: { email, phoneNumber } })
  })

  test('leaves what was before it: a change, and the wish to go', async () => {
    const { id, email } = await someone()
    const number = await change(id, 'PHONE')
    await leave(id)
    const { undo } = await change(id, 'EMAIL')

    expect(await undo()).toMatchObject({
      account: { email, phoneNumber: number.newValue, status: 'PENDING_DELETION' },
    })
    expect(await number.undo()).toMatchObject({ kind: 'done' })
  })

  test('leaves nobody without any address', async () => {
    const { id, email } = await someone({ phoneNumber: null })
    const number = await change(id, 'PHONE')
    await owner`update users.users set email_verified_at = null where email = ${email}`
    const { newValue } = await change(id, 'EMAIL')

    expect(await number.undo()).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await read(id)).toMatchObject({ email: newValue, phoneNumber: number.newValue })
  })

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: whatever is confirmed or asked for at the same moment, the addresses from before are in force',
    async () => {
      const { id, email, phoneNumber } = await someone()
      const { undo } = await change(id, 'EMAIL')
      const [number, address] = [await request(id, 'PHONE'), await request(id, 'EMAIL')]

      const outcomes = await Promise.all(
        Array.from({ length: RACERS }, (_, racer) =>
          [undo, number.confirm, address.confirm, () => leave(id)][racer % 4]?.(),
        ),
      )

      expect(outcomes.filter((one) => one?.kind === 'done').length).toBeGreaterThan(0)
      expect(await read(id)).toMatchObject({ email, phoneNumber })
    },
  )
})
