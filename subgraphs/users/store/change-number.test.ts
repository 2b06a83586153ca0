import { randomBytes, randomInt } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { AddressChange } from '../domain/address-ports.js'
import { usersSchema } from '../subgraph.js'
import { createStores, type Stores } from './create-stores.js'
import { outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()
const CODE = {
  ...{ sealedCode: 'sealed', expiresAt: '2030-01-01T00:05:00.000Z' },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}
const PLAIN = { username: null, roles: ['user'], profile: {} }

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
const someNumber = () => `+49151${randomInt(10_000_000, 99_999_999)}`
const link = () => ({
  ...{ digest: digest(), sealedToken: 'sealed', verificationUrl: 'https://id.test/account/verify' },
  invitationUrl: 'https://id.test/account/invite',
})
const undo = () => ({
  ...{ digest: digest(), sealedToken: 'sealed-undo' },
  url: 'https://id.test/account/undo',
})
const mails = () => ({
  ...{ changeId: newId(ID_PREFIXES.contactChange), confirmDigest: digest(), link: link() },
  undo: undo(),
  ofNumber: { changeId: newId(ID_PREFIXES.contactChange), undo: undo() },
})

type Person = { phoneNumber?: string | null; isProved?: boolean; email?: string | null }

async function someone({ phoneNumber = null, isProved = true, email }: Person = {}) {
  const [id, at] = [someUserId(), new Date()]
  const address = email === undefined ? `${id}@acme.test` : email
  await database.db.insert(users).values({
    ...{ id, status: 'ACTIVE' as const, email: address, verifiedAt: at },
    emailVerifiedAt: address === null ? null : at,
    ...{ phoneNumber, phoneNumberVerifiedAt: isProved && phoneNumber ? at : null },
  })
  return { id, phoneNumber, email: address }
}

async function someInvited() {
  const account = { id: someUserId(), email: null, phoneNumber: someNumber(), ...PLAIN }
  const invitation = link()
  await stores.invitations.create(account, invitation, BY)
  return { ...account, invitation }
}

async function someRegistered(phoneNumber = someNumber()) {
  const account = { id: someUserId(), phoneNumber, wantedUsername: null, termsVersion: null, profile: {} }
  await stores.accounts.registerByPhone(account, { code: CODE, invitation: link() }, BY)
  return account
}

const change = (
  userId: string,
  wanted: Partial<AddressChange>,
  { may = true, mailed = mails() }: { may?: boolean; mailed?: ReturnType<typeof mails> } = {},
) =>
  stores.addresses.change(
    { userId, by: BY, may: () => may },
    { email: null, isEmailVerified: null, phoneNumber: null, isNumberVerified: null, ...wanted },
    mailed,
  )

const read = async (id: string) => (await stores.accounts.findMany([id]))[0]
const eventsOf = async (userId: string) => {
  const rows = await owner<{ name: string }[]>`
    select name from users.outbox where payload->>'userId' = ${userId} order by id`
  return rows.map(({ name }) => name)
}
const actsOn = async (id: string) => {
  const rows =
    await owner`select act->>'action' as action, act->>'outcome' as outcome from users.audit_pending
    where act->>'subjectId' = ${id} order by id`
  return rows.map(({ action, outcome }) => `${action} ${outcome}`)
}

async function untilWaiting(count: number): Promise<void> {
  const waiting = await owner`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  if (waiting.length < count) await untilWaiting(count)
}

describe('a number that an administrator changes', () => {
  test('9.4: is in force at once, not proved, and undone from the old one', async () => {
    const [old, phoneNumber, mailed] = [someNumber(), someNumber(), mails()]
    const ada = await someone({ phoneNumber: old })

    const changed = await change(ada.id, { phoneNumber }, { mailed })
    const told = await eventsOf(ada.id)
    const undone = await stores.changes.revert(mailed.ofNumber.undo.digest, BY)

    expect(changed).toMatchObject({
      kind: 'done',
      account: { phoneNumber, phoneNumberVerifiedAt: null, status: 'ACTIVE', email: ada.email },
    })
    expect(told).toEqual(['user.phone-changed'])
    expect(undone).toMatchObject({
      account: { phoneNumber: old, phoneNumberVerifiedAt: expect.any(Date) },
    })
    expect((await actsOn(ada.id))[0]).toBe('user.change-phone SUCCESS')
  })

  test('is told to the proved address where it is the first, and to nobody where there is none', async () => {
    const [ada, bob] = [await someone(), await someone({ email: null })]

    await change(ada.id, { phoneNumber: someNumber() })
    await change(bob.id, { phoneNumber: someNumber() })

    expect(await eventsOf(ada.id)).toEqual(['user.phone-changed'])
    expect(await eventsOf(bob.id)).toEqual([])
  })

  test('9.4: with an address at once, even one that nobody is told of, is undone by either link', async () => {
    const [ada, mailed] = [await someone(), mails()]

    await change(ada.id, { email: `new-${ada.email}`, phoneNumber: someNumber() }, { mailed })
    const undone = await stores.changes.revert(mailed.undo.digest, BY)

    expect(await eventsOf(ada.id)).not.toContain('user.phone-changed')
    expect(undone).toMatchObject({ kind: 'done', account: { email: ada.email, phoneNumber: null } })
  })

  test('counts as proved where the administrator says so; the proof is withdrawn, and given again', async () => {
    const [ada, phoneNumber] = [await someone(), someNumber()]

    const vouched = await change(ada.id, { phoneNumber, isNumberVerified: true })
    const withdrawn = await change(ada.id, { isNumberVerified: false })
    const again = await change(ada.id, { isNumberVerified: false })
    const given = await change(ada.id, { isNumberVerified: true })

    for (const proved of [vouched, given]) {
      expect(proved).toMatchObject({ account: { phoneNumber, phoneNumberVerifiedAt: expect.any(Date) } })
    }
    for (const unproved of [withdrawn, again]) {
      expect(unproved).toMatchObject({ account: { phoneNumber, phoneNumberVerifiedAt: null } })
    }
    expect(await actsOn(ada.id)).toEqual([
      ...['user.change-phone SUCCESS', 'user.verify-phone SUCCESS'],
      ...['user.unverify-phone SUCCESS', 'user.verify-phone SUCCESS'],
    ])
  })

  test('of a registration makes it an account, where the administrator vouches for it', async () => {
    const pending = await someRegistered()

    expect(await change(pending.id, { isNumberVerified: true })).toMatchObject({
      account: { status: 'ACTIVE' },
    })
  })

  test('of somebody who was invited by it has them invited there, and the first invitation is dead', async () => {
    const [bob, phoneNumber, mailed] = [await someInvited(), someNumber(), mails()]

    const changed = await change(bob.id, { phoneNumber, isNumberVerified: true }, { mailed })

    expect(changed).toMatchObject({ account: { phoneNumber, status: 'PENDING_VERIFICATION' } })
    expect(await eventsOf(bob.id)).toEqual(['user.invited', 'user.invited'])
    expect(await stores.invitations.find(bob.invitation.digest)).toMatchObject({ kind: 'refused' })
    expect(await stores.invitations.find(mailed.link.digest)).toMatchObject({ invitee: { phoneNumber } })
  })

  test('of somebody who was invited by it and now has an address: one invitation, which proves that', async () => {
    const [bob, mailed] = [await someInvited(), mails()]
    const email = `${bob.id}@acme.test`

    await change(bob.id, { email, phoneNumber: someNumber() }, { mailed })
    const own = { credentialId: someUserId(), wantedUsername: null, termsVersion: null, profile: {} }
    const accepted = await stores.invitations.accept(mailed.link.digest, own, BY)

    expect((await eventsOf(bob.id)).slice(0, 2)).toEqual(['user.invited', 'user.invited'])
    expect(accepted).toMatchObject({
      account: { email, emailVerifiedAt: expect.any(Date), phoneNumberVerifiedAt: null },
    })
  })

  test('kills a change that the person wanted before', async () => {
    const ada = await someone({ phoneNumber: someNumber() })
    const id = newId(ID_PREFIXES.contactChange)
    const wanted = { id, userId: ada.id, kind: 'PHONE' as const, newValue: someNumber(), code: CODE }
    await stores.changes.request(wanted, BY)

    await change(ada.id, { phoneNumber: someNumber() })

    expect(await stores.changes.listPending([ada.id])).toEqual([])
  })

  test('is refused where it is somebody else’s, kept for them or waiting for them; one that is only claimed gives way', async () => {
    const old = someNumber()
    const [ada, bob, moved] = [
      await someone(),
      await someone({ phoneNumber: someNumber() }),
      await someone({ phoneNumber: old }),
    ]
    const [invited, pending] = [await someInvited(), await someRegistered()]
    const claims = await someone({ phoneNumber: someNumber(), isProved: false })
    await change(moved.id, { phoneNumber: someNumber(), isNumberVerified: true })

    for (const phoneNumber of [bob.phoneNumber, invited.phoneNumber, old]) {
      const refused = await change(ada.id, { email: `new-${ada.email}`, phoneNumber })
      expect(refused).toEqual({ kind: 'refused', reason: 'NUMBER_TAKEN' })
    }
    for (const { phoneNumber } of [pending, claims]) {
      expect(await change(ada.id, { phoneNumber })).toMatchObject({ account: { phoneNumber } })
    }
    expect(await read(ada.id)).toMatchObject({ email: ada.email })
    expect(await read(pending.id)).toBeUndefined()
    expect(await eventsOf(pending.id)).toContain('user.registration-dropped')
    expect(await read(claims.id)).toMatchObject({ phoneNumber: null })
    expect((await actsOn(ada.id))[0]).toBe('user.change-phone FAILURE')
  })

  test('is refused to who may less, and of an account without one', async () => {
    const ada = await someone()

    const phoneNumber = someNumber()
    expect(await change(ada.id, { phoneNumber }, { may: false })).toMatchObject({ reason: 'FORBIDDEN' })
    expect(await change(ada.id, { isNumberVerified: true })).toMatchObject({ reason: 'NO_NUMBER' })
  })

  test('of many accounts to one number at once is one’s', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const people = await Promise.all(Array.from({ length: RACERS }, () => someone()))
      const phoneNumber = someNumber()

      const outcomes = await Promise.all(
        people.map(({ id }) => change(id, { phoneNumber, isNumberVerified: true })),
      )

      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((one) => 'reason' in one && one.reason === 'NUMBER_TAKEN')).toHaveLength(
        RACERS - 1,
      )
    }
  }, 60_000)

  test('that meets registrations of the number takes no account over', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const people = await Promise.all(Array.from({ length: RACERS / 2 }, () => someone()))
      const phoneNumber = someNumber()

      await Promise.all(
        people.flatMap(({ id }): Promise<unknown>[] => [
          change(id, { phoneNumber, isNumberVerified: true }),
          someRegistered(phoneNumber),
        ]),
      )

      const left = await stores.accounts.findMany(people.map(({ id }) => id))
      expect(left).toHaveLength(people.length)
      expect(left.filter((account) => account.phoneNumber === phoneNumber)).toHaveLength(1)
    }
  }, 60_000)

  test('changes that cross do not wait for each other for ever', async () => {
    const [one, two] = [
      await someone({ phoneNumber: someNumber() }),
      await someone({ phoneNumber: someNumber() }),
    ]
    const crossing: Promise<unknown>[] = []

    await owner.begin(async (tx) => {
      await tx`select 1 from users.users where phone_number = ${two.phoneNumber} for update`
      crossing.push(change(two.id, { phoneNumber: one.phoneNumber }))
      await untilWaiting(1)
      crossing.push(change(one.id, { phoneNumber: two.phoneNumber }))
      await untilWaiting(2)
    })

    expect(await Promise.all(crossing)).toEqual(Array(2).fill({ kind: 'refused', reason: 'NUMBER_TAKEN' }))
  })
})
