import { randomBytes } from 'node:crypto'
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
const someAddress = () => `p${randomBytes(6).toString('hex')}@acme.test`
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

async function someone(verified = true) {
  const id = someUserId()
  const email = someAddress()
  const at = verified ? new Date() : null
  const status = verified ? ('ACTIVE' as const) : ('PENDING_VERIFICATION' as const)
  await database.db.insert(users).values({ id, status, email, emailVerifiedAt: at, verifiedAt: at })
  return { id, email }
}

async function someInvited() {
  const account = { id: someUserId(), email: someAddress(), phoneNumber: null, ...PLAIN }
  const invitation = link()
  await stores.invitations.create(account, invitation, BY)
  return { ...account, invitation }
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

describe('an address that an administrator changes', () => {
  test('9.4: is in force at once, asks for its proof, and is undone from the old one', async () => {
    const [ada, email, mailed] = [await someone(), someAddress(), mails()]

    const changed = await change(ada.id, { email }, { mailed })
    const told = await eventsOf(ada.id)
    const proved = await stores.accounts.verifyByLink(mailed.link.digest, BY)
    const undone = await stores.changes.revert(mailed.undo.digest, BY)

    expect(changed).toMatchObject({
      kind: 'done',
      account: { email, emailVerifiedAt: null, status: 'ACTIVE' },
    })
    expect(told).toEqual(['user.email-changed', 'user.verification-requested'])
    expect(proved).toMatchObject({ kind: 'verified', account: { email } })
    expect(undone).toMatchObject({ kind: 'done', account: { email: ada.email } })
    expect((await actsOn(ada.id))[0]).toBe('user.change-email SUCCESS')
  })

  test('counts as proved where the administrator says so, and no link is sent', async () => {
    const [ada, email] = [await someone(), someAddress()]

    const changed = await change(ada.id, { email, isEmailVerified: true })

    expect(changed).toMatchObject({ account: { email, emailVerifiedAt: expect.any(Date) } })
    expect(await eventsOf(ada.id)).toEqual(['user.email-changed'])
  })

  test('proof is withdrawn, with a link to give it again, and given without one', async () => {
    const ada = await someone()

    const withdrawn = await change(ada.id, { isEmailVerified: false })
    const again = await change(ada.id, { isEmailVerified: false })
    const given = await change(ada.id, { isEmailVerified: true })

    expect(withdrawn).toMatchObject({ account: { emailVerifiedAt: null, status: 'ACTIVE' } })
    expect(again).toMatchObject({ kind: 'done' })
    expect(given).toMatchObject({ account: { emailVerifiedAt: expect.any(Date) } })
    expect(await eventsOf(ada.id)).toEqual(['user.verification-requested'])
    expect(await actsOn(ada.id)).toEqual(['user.unverify-email SUCCESS', 'user.verify-email SUCCESS'])
  })

  test('of a pending account makes it an account, where the administrator vouches for it', async () => {
    const pending = await someone(false)

    expect(await change(pending.id, { isEmailVerified: true })).toMatchObject({
      account: { status: 'ACTIVE' },
    })
  })

  test('that nobody had proved gets no undo link: with a typing mistake it is somebody else’s', async () => {
    const [pending, email] = [await someone(false), someAddress()]

    await change(pending.id, { email })

    expect(await eventsOf(pending.id)).toEqual(['user.verification-requested'])
  })

  test('of somebody who was invited has them invited there, and the first invitation is dead', async () => {
    const [bob, email, mailed] = [await someInvited(), someAddress(), mails()]

    await change(bob.id, { email }, { mailed })

    expect(await eventsOf(bob.id)).toEqual(['user.invited', 'user.invited'])
    expect(await stores.invitations.find(bob.invitation.digest)).toMatchObject({ kind: 'refused' })
    expect(await stores.invitations.find(mailed.link.digest)).toMatchObject({ invitee: { email } })
  })

  test('is refused where it is somebody else’s, kept for them or waiting for them; a registration nobody verified gives way', async () => {
    const [ada, bob, invited, pending] = [
      await someone(),
      await someone(),
      await someInvited(),
      await someone(false),
    ]
    const moved = await someone()
    await change(moved.id, { email: someAddress(), isEmailVerified: true })

    for (const email of [bob.email, invited.email, moved.email]) {
      expect(await change(ada.id, { email })).toEqual({ kind: 'refused', reason: 'TAKEN' })
    }
    expect(await change(ada.id, { email: pending.email })).toMatchObject({ kind: 'done' })
    expect(await read(pending.id)).toBeUndefined()
    expect((await actsOn(ada.id)).slice(0, 2)).toEqual([
      'user.change-email FAILURE',
      'user.change-email FAILURE',
    ])
  })

  test('is refused to who may less, of nobody, and of an account without one', async () => {
    const ada = await someone()
    await owner`update users.users set email = null where id = (select id from users.users where email = ${ada.email})`

    expect(await change(ada.id, { email: someAddress() }, { may: false })).toMatchObject({
      reason: 'FORBIDDEN',
    })
    expect(await change(someUserId(), { email: someAddress() })).toMatchObject({ reason: 'NOT_FOUND' })
    expect(await change(ada.id, { isEmailVerified: true })).toMatchObject({ reason: 'NO_ADDRESS' })
  })

  test('of many accounts to one address at once is one’s', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const people = await Promise.all(Array.from({ length: RACERS }, () => someone()))
      const email = someAddress()

      const outcomes = await Promise.all(people.map(({ id }) => change(id, { email, isEmailVerified: true })))

      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((outcome) => 'reason' in outcome && outcome.reason === 'TAKEN')).toHaveLength(
        RACERS - 1,
      )
    }
  }, 60_000)

  test('changes that cross do not wait for each other for ever', async () => {
    const [one, two] = [await someone(), await someone()]
    const crossing: Promise<unknown>[] = []

    await owner.begin(async (tx) => {
      await tx`select 1 from users.users where email = ${two.email} for update`
      crossing.push(change(two.id, { email: one.email }))
      await untilWaiting(1)
      crossing.push(change(one.id, { email: two.email }))
      await untilWaiting(2)
    })

    expect(await Promise.all(crossing)).toEqual(Array(2).fill({ kind: 'refused', reason: 'TAKEN' }))
  })

  test('9.8: a registration that meets the change takes no account over', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const people = await Promise.all(Array.from({ length: RACERS / 2 }, () => someone()))
      const email = someAddress()
      const register = () => {
        const profile = { wantedUsername: null, termsVersion: null, profile: {} }
        return stores.accounts.register({ id: someUserId(), email, ...profile }, link(), BY)
      }

      await Promise.all(
        people.flatMap(({ id }) => [change(id, { email, isEmailVerified: true }), register()]),
      )

      const left = await stores.accounts.findMany(people.map(({ id }) => id))
      expect(left).toHaveLength(people.length)
      expect(left.filter((account) => account.email === email)).toHaveLength(1)
    }
  }, 60_000)
})
