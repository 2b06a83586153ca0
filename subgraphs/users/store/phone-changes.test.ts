import { randomBytes, randomInt } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { AccountStore, ContactChangeStore, NewContactChange } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { createContactChangeStore } from './contact-changes.js'
import { outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()
const CODE = {
  ...{ sealedCode: 'sealed', expiresAt: '2030-01-01T00:05:00.000Z' },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let changes: ContactChangeStore
let accounts: AccountStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  changes = createContactChangeStore(database.db, events)
  accounts = createAccountStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))
})
afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

const race = <Outcome>(act: () => Promise<Outcome>) => Promise.all(Array.from({ length: RACERS }, act))
const someNumber = () => `+49151${randomInt(10_000_000, 99_999_999)}`
const undo = () => ({
  ...{ digest: new Uint8Array(randomBytes(32)), sealedToken: 'sealed-undo' },
  url: 'https://id.test/account/undo',
})

type Person = { email?: string | null; phoneNumber?: string | null; isProved?: boolean }

async function someone({ email, phoneNumber = null, isProved = true }: Person = {}) {
  const [id, at] = [someUserId(), new Date()]
  const address = email === undefined ? `${id}@acme.test` : email
  await database.db.insert(users).values({
    ...{ id, status: 'ACTIVE' as const, email: address, verifiedAt: at },
    emailVerifiedAt: address === null ? null : at,
    ...{ phoneNumber, phoneNumberVerifiedAt: isProved && phoneNumber ? at : null },
  })
  return { id, email: address, phoneNumber }
}

let grants = 0
const grantFor = ({ id, userId, newValue }: Pick<NewContactChange, 'id' | 'userId' | 'newValue'>) => ({
  ...{ userId, jti: `jti-${++grants}`, expiresAt: new Date(Date.now() + 300_000), challengeId: 'chl_1' },
  ...{ changeId: id, addressDigest: addressDigest('chl_1', newValue) },
})

type Grant = ReturnType<typeof grantFor>

/** Somebody who has asked for another number. */
async function asked({ newValue = someNumber(), ...person }: Person & { newValue?: string } = {}) {
  const who = await someone(person)
  const wanted = {
    id: newId(ID_PREFIXES.contactChange),
    userId: who.id,
    kind: 'PHONE' as const,
    newValue,
    code: CODE,
  }
  const requested = await changes.request(wanted, BY)
  const link = undo()
  const confirm = (grant: Grant = grantFor(wanted)) =>
    changes.confirm({ kind: 'PHONE', changeId: wanted.id, grant }, link, BY)
  return { ...who, wanted, requested, confirm, revert: () => changes.revert(link.digest, BY) }
}

const find = async (id: string) => (await accounts.findMany([id]))[0]
const toldOf = async (userId: string) =>
  (await owner`select name from users.outbox where payload->>'userId' = ${userId} order by id`).map(
    ({ name }) => name as string,
  )

describe('asking for another number', () => {
  test('9.4: the old one stays in force; the code goes to the new one', async () => {
    const old = someNumber()
    const { id, wanted, requested } = await asked({ phoneNumber: old })

    expect(requested).toMatchObject({
      change: { id: wanted.id, kind: 'PHONE', oldValue: old, newValue: wanted.newValue },
    })
    expect(await find(id)).toMatchObject({ phoneNumber: old })
    expect(await toldOf(id)).toEqual(['user.phone-code-requested'])
    expect(await changes.findProvable(wanted.id)).toMatchObject({ provable: true })
  })

  test('a number that is somebody else’s is answered alike; they are told, and no code goes anywhere', async () => {
    const holder = await someone({ phoneNumber: someNumber() })
    const { id, wanted, requested } = await asked({ newValue: holder.phoneNumber ?? '' })

    expect(requested).toMatchObject({ kind: 'pending', change: { newValue: holder.phoneNumber } })
    expect(await toldOf(id)).toEqual([])
    expect(await toldOf(holder.id)).toEqual(['user.taken-number-wanted'])
    expect(await changes.findProvable(wanted.id)).toMatchObject({ provable: false })
  })

  test('the number one has is none to change to, unless it was never proved', async () => {
    const number = someNumber()
    const unproved = someNumber()

    expect((await asked({ phoneNumber: number, newValue: number })).requested).toEqual({
      kind: 'refused',
      reason: 'SAME',
    })
    expect(
      (await asked({ phoneNumber: unproved, isProved: false, newValue: unproved })).requested,
    ).toMatchObject({ kind: 'pending', change: { oldValue: null } })
  })
})

describe('proving it', () => {
  test('9.4: the new one is in force; old number and address get what undoes it', async () => {
    const { id, wanted, confirm } = await asked({ phoneNumber: someNumber() })

    expect(await confirm()).toMatchObject({
      kind: 'done',
      account: { phoneNumber: wanted.newValue, phoneNumberVerifiedAt: expect.any(Date) },
      change: { undoUntil: expect.any(Date) },
    })
    expect(await toldOf(id)).toEqual([
      ...['user.phone-code-requested', 'user.own-number-changed'],
      ...['user.address-proved', 'user.phone-changed'],
    ])
  })

  test('a first number is told to the proved address; without one there is nobody to tell', async () => {
    const [withAddress, without] = [await asked(), await asked({ email: null })]

    expect(await withAddress.confirm()).toMatchObject({ change: { undoUntil: expect.any(Date) } })
    expect(await without.confirm()).toMatchObject({ change: { undoUntil: null } })
    expect(await toldOf(withAddress.id)).toContain('user.phone-changed')
    expect(await toldOf(without.id)).toEqual([
      ...['user.phone-code-requested', 'user.own-number-changed', 'user.address-proved'],
    ])
  })

  test.each([
    ['of somebody else', (grant: Grant) => ({ ...grant, userId: someUserId() })],
    ['of another change', (grant: Grant) => ({ ...grant, changeId: newId(ID_PREFIXES.contactChange) })],
    [
      'of another number',
      (grant: Grant) => ({ ...grant, addressDigest: addressDigest('chl_1', someNumber()) }),
    ],
    ['of another challenge', (grant: Grant) => ({ ...grant, challengeId: 'chl_2' })],
  ])('9.4: a grant %s proves nothing, and is not spent', async (_, change) => {
    const { id, wanted, confirm } = await asked()
    const grant = grantFor(wanted)

    expect(await confirm(change(grant) as Grant)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await find(id)).toMatchObject({ phoneNumber: null })
    expect(await confirm(grant)).toMatchObject({ kind: 'done' })
  })

  test('a link’s way does not lead to a number, nor a number’s way to an address', async () => {
    const { wanted } = await asked()
    const grant = grantFor(wanted)

    expect(await changes.confirm({ kind: 'EMAIL', changeId: wanted.id, grant }, undo(), BY)).toEqual({
      kind: 'refused',
      reason: 'EXPIRED',
    })
  })

  test('an e-mail address is proved by a grant as by its link', async () => {
    const { id } = await someone()
    const link = { digest: new Uint8Array(randomBytes(32)), sealedToken: 's', url: 'https://id.test/confirm' }
    const wanted = {
      ...{ id: newId(ID_PREFIXES.contactChange), userId: id, kind: 'EMAIL' as const, link },
      newValue: `${someUserId()}@acme.test`,
    }
    await changes.request(wanted, BY)
    const grant = grantFor(wanted)
    const confirm = () => changes.confirm({ kind: 'EMAIL', changeId: wanted.id, grant }, undo(), BY)

    expect(await confirm()).toMatchObject({ kind: 'done', account: { email: wanted.newValue } })
    expect(await confirm()).toEqual({ kind: 'refused', reason: 'ALREADY_USED' })
  })

  test('a pending account gives way to the proof of its number; its credential goes', async () => {
    const number = someNumber()
    const pending = newId(ID_PREFIXES.user)
    const invitation = {
      digest: new Uint8Array(randomBytes(32)),
      sealedToken: 's',
      invitationUrl: 'https://id.test',
    }
    const draft = { id: pending, phoneNumber: number, wantedUsername: null, termsVersion: null, profile: {} }
    await accounts.registerByPhone(draft, { code: CODE, invitation }, BY)
    const { confirm } = await asked({ newValue: number })

    expect(await confirm()).toMatchObject({ kind: 'done', account: { phoneNumber: number } })
    expect(await find(pending)).toBeUndefined()
    expect(await toldOf(pending)).toContain('user.registration-dropped')
  })

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: of many who prove one number at once one has it',
    async () => {
      const newValue = someNumber()
      const all = await Promise.all(Array.from({ length: RACERS }, () => asked({ newValue, email: null })))

      const outcomes = await Promise.all(all.map(({ confirm }) => confirm()))

      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((one) => one.kind === 'refused' && one.reason === 'TAKEN')).toHaveLength(
        RACERS - 1,
      )
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: of many who spend one grant at once one does',
    async () => {
      const { wanted, confirm } = await asked()
      const grant = grantFor(wanted)

      const outcomes = await race(() => confirm(grant))

      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
    },
  )
})

describe('undoing it', () => {
  test('9.4: the old number is back in force, once, and sessions are to end', async () => {
    const old = someNumber()
    const { id, confirm, revert } = await asked({ phoneNumber: old })
    await confirm()

    const outcomes = await race(revert)

    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
    expect(await find(id)).toMatchObject({ phoneNumber: old, phoneNumberVerifiedAt: expect.any(Date) })
    expect(await toldOf(id)).toContain('user.access-changed')
  })

  test('puts back the number that was proved while the change waited', async () => {
    const first = someNumber()
    const { id, confirm, revert } = await asked({ phoneNumber: first, isProved: false })
    await owner`update users.users set phone_number_verified_at = now() where phone_number = ${first}`
    const confirmed = await confirm()

    expect(confirmed).toMatchObject({ change: { oldValue: first } })
    expect(await revert()).toMatchObject({ kind: 'done' })
    expect(await find(id)).toMatchObject({ phoneNumber: first, phoneNumberVerifiedAt: expect.any(Date) })
  })

  test('of a first number leaves none', async () => {
    const { id, email, confirm, revert } = await asked()
    await confirm()

    expect(await revert()).toMatchObject({ kind: 'done' })
    expect(await find(id)).toMatchObject({ phoneNumber: null, phoneNumberVerifiedAt: null, email })
  })

  test('9.4: for seven days the old number is nobody else’s', async () => {
    const old = someNumber()
    const { confirm } = await asked({ phoneNumber: old })
    await confirm()

    const stranger = await asked({ newValue: old })

    expect(await toldOf(stranger.id)).toEqual([])
    expect(await stranger.confirm()).toEqual({ kind: 'refused', reason: 'TAKEN' })
  })
})
