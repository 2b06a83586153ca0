import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { InvitationStore } from '../domain/invitation-ports.js'
import type { AccountStore, ContactChangeStore, NewContactChange } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { createContactChangeStore } from './contact-changes.js'
import { createInvitationStore } from './invitations.js'
import { outbox, users } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let changes: ContactChangeStore
let accounts: AccountStore
let invitations: InvitationStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  changes = createContactChangeStore(database.db, events)
  accounts = createAccountStore(database.db, events)
  invitations = createInvitationStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

const BY = someActor()
const digest = () => new Uint8Array(randomBytes(32))
const someAddress = () => `p${randomBytes(6).toString('hex')}@acme.test`
const undo = () => ({ digest: digest(), sealedToken: 'sealed-undo', url: 'https://id.test/account/undo' })
const race = <Outcome>(act: () => Promise<Outcome>) => Promise.all(Array.from({ length: RACERS }, act))

async function someone(verified = true) {
  const id = someUserId()
  const email = someAddress()
  const at = verified ? new Date() : null
  const status = verified ? ('ACTIVE' as const) : ('PENDING_VERIFICATION' as const)
  await database.db.insert(users).values({ id, status, email, emailVerifiedAt: at, verifiedAt: at })
  return { id, email }
}

const byLink = (digest: Uint8Array) => ({ kind: 'EMAIL' as const, digest })

function wantedBy(userId: string, newValue = someAddress()): NewContactChange & { kind: 'EMAIL' } {
  const link = { digest: digest(), sealedToken: 'sealed-confirm', url: 'https://id.test/account/confirm' }
  return { id: newId(ID_PREFIXES.contactChange), userId, kind: 'EMAIL', newValue, link }
}

/** Somebody who has asked for another address. */
async function asked(newValue?: string) {
  const person = await someone()
  const wanted = wantedBy(person.id, newValue)
  const requested = await changes.request(wanted, BY)
  return {
    ...person,
    wanted,
    requested,
    confirm: () => changes.confirm(byLink(wanted.link.digest), undo(), BY),
  }
}

/** Somebody whose address was changed, and the link that undoes it. */
async function changed() {
  const person = await asked()
  const link = undo()
  await changes.confirm(byLink(person.wanted.link.digest), link, BY)
  return { ...person, revert: () => changes.revert(link.digest, BY) }
}

const emailOf = async (id: string) => (await accounts.findMany([id]))[0]?.email
const toldOf = async (userId: string) =>
  (await owner`select name from users.outbox where payload->>'userId' = ${userId} order by id`).map(
    ({ name }) => name as string,
  )

describe('asking for another address', () => {
  test('9.4: the old one stays in force; the link goes to the new one', async () => {
    const { id, email, wanted, requested } = await asked()

    expect(requested).toMatchObject({
      kind: 'pending',
      change: { id: wanted.id, oldValue: email, newValue: wanted.newValue, undoUntil: null },
    })
    expect(await emailOf(id)).toBe(email)
    expect(await changes.listPending([id])).toMatchObject([{ id: wanted.id }])
    expect(await toldOf(id)).toEqual(['user.email-change-requested'])
  })

  test("somebody else's address is answered alike; they are told, and no link goes anywhere", async () => {
    const holder = await someone()
    const { id, requested } = await asked(holder.email)

    expect(requested).toMatchObject({ kind: 'pending', change: { newValue: holder.email } })
    expect(await toldOf(id)).toEqual([])
    expect(await toldOf(holder.id)).toEqual(['user.taken-address-wanted'])
  })

  test('a proof may go to the new address while it waits for one and nobody else has it', async () => {
    const [holder, free, replaced] = [await someone(), await asked(), await asked()]
    const taken = await asked(holder.email)
    const unproved = await asked((await someone(false)).email)
    await changes.request(wantedBy(replaced.id), BY)
    const kept = await asked((await changed()).email)
    const provable = async ({ wanted }: typeof free) => (await changes.findProvable(wanted.id))?.provable

    expect(await Promise.all([free, unproved, taken, replaced, kept].map(provable))).toEqual([
      ...[true, true, false, false, false],
    ])
    expect(await changes.findProvable(newId(ID_PREFIXES.contactChange))).toBeNull()
  })

  test('a later request takes the place of an earlier one, whose link is dead', async () => {
    const first = await asked()
    const second = wantedBy(first.id)
    await changes.request(second, BY)

    expect(await first.confirm()).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await changes.listPending([first.id])).toMatchObject([{ id: second.id }])
  })

  test('8.3: five an hour, however many are asked for at once', async () => {
    const { id } = await someone()

    const outcomes = await race(() => changes.request(wantedBy(id), BY))

    expect(outcomes.filter(({ kind }) => kind === 'pending')).toHaveLength(5)
    expect(outcomes.find(({ kind }) => kind === 'limited')).toEqual({
      kind: 'limited',
      retryAfter: expect.any(Number),
    })
    expect(await changes.listPending([id])).toHaveLength(1)
  })

  test('8.3: one address gets five mails an hour, from however many accounts it is named', async () => {
    const address = someAddress()
    const all = []
    for (let count = 0; count < 7; count++) all.push(await asked(address))

    const told = await Promise.all(all.map(({ id }) => toldOf(id)))
    expect(told.filter((names) => names.length > 0)).toHaveLength(5)
    expect(all.at(-1)?.requested).toMatchObject({ kind: 'pending' })
  })

  test('the address one has, and an account that there is not', async () => {
    const { id, email } = await someone()

    expect(await changes.request(wantedBy(id, email), BY)).toEqual({ kind: 'refused', reason: 'SAME' })
    expect(await changes.request(wantedBy(someUserId()), BY)).toEqual({
      kind: 'refused',
      reason: 'NOT_FOUND',
    })
  })
})

describe('proving it', () => {
  test('9.4: of many racing callers with one link exactly one puts the address in force', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, wanted, confirm } = await asked()
      const outcomes = await race(confirm)

      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(await emailOf(id)).toBe(wanted.newValue)
      expect(await toldOf(id)).toEqual([
        ...['user.email-change-requested', 'user.address-proved', 'user.email-changed'],
      ])
    }
  })

  test('9.4: of many people who prove one address at once exactly one has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const address = someAddress()
      const people = await Promise.all(Array.from({ length: 5 }, () => asked(address)))
      const outcomes = await Promise.all(people.map(({ confirm }) => confirm()))

      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((one) => one.kind === 'refused' && one.reason === 'TAKEN')).toHaveLength(4)
      expect(await owner`select 1 from users.users where email = ${address}`).toHaveLength(1)
    }
  })

  test('9.8: a never-verified account gives way, and passwords is told', async () => {
    const pending = await someone(false)
    const { id, confirm } = await asked(pending.email)

    expect(await confirm()).toMatchObject({ kind: 'done' })
    expect(await emailOf(id)).toBe(pending.email)
    expect(await accounts.findMany([pending.id])).toEqual([])
    expect(await toldOf(pending.id)).toEqual(['user.registration-dropped'])
  })

  test('9.8: an account that staff prepared does not give way: it is theirs whose address it names', async () => {
    const email = someAddress()
    const before = await asked(email)
    const invitation = {
      ...{ digest: digest(), sealedToken: 'sealed', verificationUrl: 'https://id.test/account/verify' },
      invitationUrl: 'https://id.test/account/invite',
    }
    const prepared = {
      id: someUserId(),
      email,
      phoneNumber: null,
      username: null,
      roles: ['support'],
      profile: {},
    }
    await invitations.create(prepared, invitation, BY)
    const after = await asked(email)

    expect(await changes.findProvable(after.wanted.id)).toMatchObject({ provable: false })
    expect(await toldOf(after.id)).toEqual([])
    for (const { confirm } of [before, after]) {
      expect(await confirm()).toEqual({ kind: 'refused', reason: 'TAKEN' })
    }
    expect(await accounts.findMany([prepared.id])).toMatchObject([{ email, roles: ['support'] }])
  })

  test('an address that somebody else has proved meanwhile is theirs', async () => {
    const { id, email, wanted, confirm } = await asked()
    const other = someUserId()
    const at = new Date()
    await database.db
      .insert(users)
      .values({ id: other, status: 'ACTIVE', email: wanted.newValue, emailVerifiedAt: at, verifiedAt: at })

    expect(await confirm()).toEqual({ kind: 'refused', reason: 'TAKEN' })
    expect(await emailOf(id)).toBe(email)
  })

  test.each([
    ['before it is asked for', true],
    ['while it waits for its proof', false],
  ])('9.4: an address whose proof staff withdrew %s gets no link that undoes it', async (_, isBefore) => {
    const { id, email } = await someone()
    const withdraw = () => owner`update users.users set email_verified_at = null where email = ${email}`
    const [wanted, link] = [wantedBy(id), undo()]
    if (isBefore) await withdraw()
    const same = await changes.request(wantedBy(id, email), BY)
    await changes.request(wanted, BY)
    if (!isBefore) await withdraw()

    const confirmed = await changes.confirm(byLink(wanted.link.digest), link, BY)

    expect(same).toEqual({ kind: 'refused', reason: 'SAME' })
    expect(confirmed).toMatchObject({ kind: 'done', change: { oldValue: null, undoUntil: null } })
    expect(await toldOf(id)).toEqual(['user.email-change-requested', 'user.address-proved'])
    expect(await changes.revert(link.digest, BY)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await emailOf(id)).toBe(wanted.newValue)
  })

  test('10.1: a link is good for a day and dies with use', async () => {
    const { id, confirm } = await asked()
    await owner`update users.contact_changes set expires_at = now() where user_id = (select id from users.users where email = ${(await emailOf(id)) ?? ''})`
    expect(await confirm()).toEqual({ kind: 'refused', reason: 'EXPIRED' })

    const used = await asked()
    await used.confirm()
    expect(await used.confirm()).toEqual({ kind: 'refused', reason: 'ALREADY_USED' })
    expect(await changes.confirm(byLink(digest()), undo(), BY)).toEqual({
      kind: 'refused',
      reason: 'EXPIRED',
    })
  })
})

describe('undoing it', () => {
  test('9.4: the old address is back in force, once, and sessions are to end', async () => {
    const { id, email, revert } = await changed()
    const before = (await accounts.findMany([id]))[0]?.accessVersion ?? 0

    const outcomes = await race(revert)

    const done = outcomes.filter(({ kind }) => kind === 'done')
    expect(done).toMatchObject([{ account: { id, email, accessVersion: before + 1 } }])
    expect(await toldOf(id)).toContain('user.access-changed')
    expect(outcomes.filter((one) => one.kind === 'refused' && one.reason === 'ALREADY_USED')).toHaveLength(
      RACERS - 1,
    )
  })

  test('9.4: for seven days the old address is nobody else’s: not to register with, nor to change to', async () => {
    const { id, email } = await changed()
    const { requested, confirm, id: stranger } = await asked(email)
    const link = {
      digest: digest(),
      sealedToken: 'sealed',
      verificationUrl: 'https://id.test/account/verify',
      invitationUrl: 'http://localhost:4000/account/invite',
    }
    const registered = someUserId()
    await accounts.register(
      { id: registered, email, wantedUsername: null, termsVersion: null, profile: {} },
      link,
      BY,
    )

    expect(requested).toMatchObject({ kind: 'pending' })
    expect(await toldOf(stranger)).toEqual([])
    expect(await confirm()).toEqual({ kind: 'refused', reason: 'TAKEN' })
    expect(await accounts.findMany([registered])).toEqual([])
    expect(await toldOf(id)).toContain('user.taken-address-registered')
  })

  test('after seven days the link is dead and the address free', async () => {
    const { email, wanted, revert } = await changed()
    await owner`update users.contact_changes set undo_until = now() where new_value = ${wanted.newValue}`
    const { confirm } = await asked(email)

    expect(await revert()).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await confirm()).toMatchObject({ kind: 'done' })
  })

  test('a second change is undone with the first, and its own link undoes nothing any more', async () => {
    const { id, email, revert } = await changed()
    const second = wantedBy(id)
    const secondUndo = undo()
    await changes.request(second, BY)
    await changes.confirm(byLink(second.link.digest), secondUndo, BY)
    const third = wantedBy(id)
    await changes.request(third, BY)

    expect(await revert()).toMatchObject({ kind: 'done' })
    expect(await emailOf(id)).toBe(email)
    expect(await changes.revert(secondUndo.digest, BY)).toEqual({ kind: 'refused', reason: 'ALREADY_USED' })
    expect((await changes.confirm(byLink(third.link.digest), undo(), BY)).kind).toBe('refused')
    expect(await changes.listPending([id])).toEqual([])
  })

  test('confirming and undoing at once, in any order, leaves one address in force', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, email, revert } = await changed()
      const next = wantedBy(id)
      await changes.request(next, BY)
      await Promise.all([
        revert(),
        ...Array.from({ length: 10 }, () => changes.confirm(byLink(next.link.digest), undo(), BY)),
      ])

      expect(await emailOf(id)).toBe(email)
    }
  })
})
