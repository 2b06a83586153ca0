import { randomInt } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { newToken, tokenDigest } from '../../shared/secrets/token.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { InvitationStore, PreparedAccount } from '../domain/invitation-ports.js'
import type { AccountStore } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
import { createInvitationStore } from './invitations.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let store: InvitationStore
let accounts: AccountStore
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => sent++ })
  const events = createOutbox(outbox, () => {})
  store = createInvitationStore(database.db, events)
  accounts = createAccountStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

let people = 0
const someEmail = () => `guest-${++people}@acme.test`
const someUsername = () => `guest${++people}`
const race = <Outcome>(act: (index: number) => Promise<Outcome>) =>
  Promise.all(Array.from({ length: RACERS }, (_, index) => act(index)))

const invitation = (token = newToken()) => ({
  ...{ digest: tokenDigest(token), sealedToken: `sealed-${token}` },
  invitationUrl: 'https://id.test/account/invite',
})
const link = () => ({ ...invitation(), verificationUrl: 'https://id.test/account/verify' })

type Changes = Partial<Omit<PreparedAccount, 'email'>> & { email?: string }

const prepared = (changes: Changes = {}) => ({
  ...{
    id: someUserId(),
    email: someEmail(),
    phoneNumber: null,
    username: null,
    roles: ['user'],
    profile: {},
  },
  ...changes,
})

async function someInvited(changes: Changes = {}) {
  const account = prepared(changes)
  const sentOut = invitation()
  await store.create(account, sentOut, BY)
  return { ...account, digest: sentOut.digest }
}

const someNumber = () => `+49151${randomInt(10_000_000, 99_999_999)}`

/** An account that is reached by its number alone. */
const preparedByNumber = (phoneNumber = someNumber()) => ({ ...prepared(), email: null, phoneNumber })

async function someInvitedByNumber() {
  const account = preparedByNumber()
  const sentOut = invitation()
  await store.create(account, sentOut, BY)
  return { ...account, digest: sentOut.digest }
}

async function someRegisteredByNumber(phoneNumber = someNumber()) {
  const account = { ...draft(''), email: undefined, phoneNumber }
  const code = { sealedCode: 'sealed', expiresAt: '2030-01-01T00:05:00.000Z' }
  const bound = { challengeId: 'chl_1', addressDigest: 'digest' }
  const texts = { code: { ...code, ...bound }, invitation: link() }
  await accounts.registerByPhone(account, texts, BY)
  return { ...account, invitation: texts.invitation }
}

const codeGrant = ({ id, phoneNumber }: { id: string; phoneNumber: string }) => ({
  ...{ userId: id, jti: newToken(), expiresAt: new Date(Date.now() + 60_000), challengeId: 'chl_1' },
  addressDigest: addressDigest('chl_1', phoneNumber),
})

const draft = (email: string) => ({
  ...{ id: newId(ID_PREFIXES.user), email, wantedUsername: null, termsVersion: null, profile: {} },
})

async function someRegistered(email = someEmail()) {
  const account = draft(email)
  const mailed = link()
  await accounts.register(account, mailed, BY)
  return { ...account, digest: mailed.digest }
}

const acceptance = (changes: object = {}) => ({
  ...{ credentialId: someUserId(), wantedUsername: null, termsVersion: null, profile: {} },
  ...changes,
})

const read = async (id: string) => (await accounts.findMany([id]))[0]
const eventsOf = async (userId: string) => {
  const rows = await owner<{ name: string }[]>`
    select name from users.outbox where payload->>'userId' = ${userId} order by id`
  return rows.map(({ name }) => name)
}
const actsOn = (id: string) =>
  owner`select act->>'action' as action, act->>'outcome' as outcome, act->'detail' as detail from users.audit_pending
    where act->>'subjectId' = ${id} order by id`

describe('invitations in Postgres', () => {
  test('12.4: an account that is made waits, has its mail sent, and is in the audit log', async () => {
    const bob = await someInvited({ roles: ['user', 'support'], username: someUsername() })

    expect(await read(bob.id)).toMatchObject({
      ...{ email: bob.email, username: bob.username, status: 'PENDING_VERIFICATION', verifiedAt: null },
      roles: ['user', 'support'],
    })
    expect(await eventsOf(bob.id)).toEqual(['user.invited'])
    expect([...(await actsOn(bob.id))]).toEqual([
      { action: 'user.create', outcome: 'SUCCESS', detail: { roles: 'user support' } },
    ])
  })

  test('of many racing callers one spends an invitation, and it is their password that counts', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const bob = await someInvited()
      const tries = await race(async () => {
        const own = acceptance()
        return { own, outcome: await store.accept(bob.digest, own, BY) }
      })

      const winners = tries.filter(({ outcome }) => outcome.kind === 'verified')
      const adopted = await owner`select payload->>'credentialId' as id from users.outbox
        where name = 'user.invitation-accepted' and payload->>'userId' = ${bob.id}`
      expect(winners).toHaveLength(1)
      const credentialId = winners[0]?.own.credentialId
      expect([...adopted]).toEqual([{ id: credentialId }])
      expect(await store.findAcceptances(tries.map(({ own }) => own.credentialId).concat('nobody'))).toEqual([
        { credentialId, userId: bob.id },
      ])
      for (const { outcome } of tries) {
        if (outcome.kind === 'refused') expect(outcome.reason).toBe('ALREADY_USED')
      }
    }
  }, 60_000)

  test('accepting verifies the address and takes what the person says', async () => {
    const bob = await someInvited()
    const wantedUsername = someUsername()
    const own = acceptance({ wantedUsername, termsVersion: '2030-01', profile: { displayName: 'Bob' } })

    const accepted = await store.accept(bob.digest, own, BY)

    expect(accepted).toMatchObject({
      kind: 'verified',
      usernameTaken: false,
      account: { id: bob.id, status: 'ACTIVE', displayName: 'Bob', username: wantedUsername },
    })
    expect((await read(bob.id))?.emailVerifiedAt).toBeInstanceOf(Date)
    expect(await actsOn(bob.id)).toMatchObject([
      { action: 'user.create' },
      { action: 'user.accept-invitation', outcome: 'SUCCESS' },
      { action: 'user.verify-email' },
    ])
  })

  test('an invitation is over after its seven days, and once the address was proved in another way', async () => {
    const [late, proved] = [await someInvited(), await someInvited()]
    await owner`update users.invitations set expires_at = now() where digest = ${Buffer.from(late.digest)}`
    const grant = {
      ...{ userId: proved.id, jti: newToken(), expiresAt: new Date(Date.now() + 60_000) },
      ...{ challengeId: 'chl_1', addressDigest: addressDigest('chl_1', proved.email) },
    }
    await accounts.verifyByGrant(grant, BY)

    for (const [{ digest }, reason] of [
      [late, 'EXPIRED'],
      [proved, 'ALREADY_USED'],
    ] as const) {
      expect(await store.find(digest)).toEqual({ kind: 'refused', reason })
      expect(await store.accept(digest, acceptance(), BY)).toEqual({ kind: 'refused', reason })
    }
    expect(await store.find(tokenDigest(newToken()))).toEqual({ kind: 'refused', reason: 'EXPIRED' })
  })

  test('4.3: an invitation verifies nothing as a link, and a link is no invitation', async () => {
    const [bob, ada] = [await someInvited(), await someRegistered()]

    expect(await accounts.verifyByLink(bob.digest, BY)).toMatchObject({ kind: 'refused' })
    expect(await store.accept(ada.digest, acceptance(), BY)).toMatchObject({ kind: 'refused' })
  })

  test('whoever registers with the address of a prepared account takes nothing over: its mailbox gets the invitation again', async () => {
    const bob = await someInvited({ roles: ['user', 'admin'] })
    const count = async (email: string) => {
      const before = sent
      await accounts.register(draft(email), link(), BY)
      return sent - before
    }

    const forPrepared = await count(bob.email)
    const forFree = await count(someEmail())

    expect(forPrepared).toBe(forFree)
    expect(await read(bob.id)).toMatchObject({ email: bob.email, roles: ['user', 'admin'] })
    expect(await eventsOf(bob.id)).toEqual(['user.invited', 'user.invited'])
    expect(await store.find(bob.digest)).toMatchObject({ kind: 'refused' })
  })

  test('8.3: however often it is asked for, an address gets five invitations an hour', async () => {
    const bob = await someInvited()
    for (let again = 0; again < 8; again++) await accounts.register(draft(bob.email), link(), BY)

    expect(await eventsOf(bob.id)).toHaveLength(5)
  })

  test('an account that was made without an invitation is invited when its link is asked for, once a minute', async () => {
    const bob = prepared()
    await store.create(bob, null, BY)
    const before = await eventsOf(bob.id)
    const first = link()
    await race((index) => accounts.renewLink(bob.id, index === 0 ? first : link()))
    const after = await eventsOf(bob.id)

    expect(before).toEqual([])
    expect(after).toEqual(['user.invited'])
  })

  test('asking for the link of an account that was taken over sends no invitation', async () => {
    const bob = await someInvited()
    await store.accept(bob.digest, acceptance(), BY)
    await owner`update users.invitations set sent_at = now() - interval '2 hours'`
    await accounts.renewLink(bob.id, link())

    expect(await eventsOf(bob.id)).toEqual([
      ...['user.invited', 'user.invitation-accepted', 'user.address-proved', 'user.verified'],
    ])
  })

  test('a taken address or username is told, a registration that nobody verified gives way', async () => {
    const ada = await someRegistered()
    await accounts.verifyByLink(ada.digest, BY)
    const username = someUsername()
    const bob = await someInvited({ username })
    const pending = await someRegistered()

    const taken = await store.create(prepared({ email: ada.email, username }), invitation(), BY)
    const invitedBefore = await store.create(prepared({ email: bob.email }), invitation(), BY)
    const replacing = await store.create(prepared({ email: pending.email }), invitation(), BY)

    expect(taken).toEqual({ kind: 'refused', taken: ['email', 'username'] })
    expect(invitedBefore).toEqual({ kind: 'refused', taken: ['email'] })
    expect(replacing).toMatchObject({ kind: 'created' })
    expect(await read(pending.id)).toBeUndefined()
    expect(await eventsOf(pending.id)).toEqual(['user.registered', 'user.registration-dropped'])
    expect(await accounts.verifyByLink(pending.digest, BY)).toMatchObject({ kind: 'refused' })
  })

  test('of many who make one account, or register with its address, one has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const email = someEmail()
      const outcomes = await race(async (index) => {
        if (index % 2 === 0) return store.create(prepared({ email }), invitation(), BY)
        await accounts.register(draft(email), link(), BY)
        return null
      })

      expect(outcomes.filter((outcome) => outcome?.kind === 'created')).toHaveLength(1)
      const [row] =
        await owner`select roles, (select count(*)::int from users.invitations i where i.user_id = u.id) as waiting
        from users.users u where email = ${email}`
      expect(row).toEqual({ roles: ['user'], waiting: 1 })
    }
  }, 60_000)

  test('of many who make accounts with one username, one has it', async () => {
    const username = someUsername()

    const outcomes = await race(() => store.create(prepared({ username }), invitation(), BY))

    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1)
    expect(outcomes.filter((outcome) => 'taken' in outcome && outcome.taken[0] === 'username')).toHaveLength(
      RACERS - 1,
    )
  })

  test('nobody waits for another for ever: accepting meets registering and asking for the link', async () => {
    const guests = await Promise.all(Array.from({ length: RACERS }, () => someInvited()))

    const outcomes = await Promise.all(
      guests.map(async ({ id, email, digest }) => {
        const others = [accounts.register(draft(email), link(), BY), accounts.renewLink(id, link())]
        const accepted = await store.accept(digest, acceptance(), BY)
        await Promise.all(others)
        return accepted.kind
      }),
    )

    const active = await accounts.findMany(guests.map(({ id }) => id))
    expect(active.filter(({ status }) => status === 'ACTIVE')).toHaveLength(
      outcomes.filter((kind) => kind === 'verified').length,
    )
  })
})

describe('invitations of a number alone', () => {
  test('accepting one verifies the number', async () => {
    const bob = await someInvitedByNumber()
    const found = await store.find(bob.digest)

    const accepted = await store.accept(bob.digest, acceptance(), BY)

    expect(found).toMatchObject({ kind: 'found', invitee: { email: null, phoneNumber: bob.phoneNumber } })
    expect(accepted).toMatchObject({
      kind: 'verified',
      account: {
        id: bob.id,
        status: 'ACTIVE',
        phoneNumberVerifiedAt: expect.any(Date),
        emailVerifiedAt: null,
      },
    })
    expect(await actsOn(bob.id)).toMatchObject([
      { action: 'user.create' },
      { action: 'user.accept-invitation' },
      { action: 'user.verify-phone' },
    ])
  })

  test('beside an address the number is not proved by the mail', async () => {
    const phoneNumber = someNumber()
    const bob = await someInvited({ phoneNumber })

    expect(await store.accept(bob.digest, acceptance(), BY)).toMatchObject({
      account: { email: bob.email, phoneNumber, phoneNumberVerifiedAt: null, status: 'ACTIVE' },
    })
  })

  test('whoever registers with the number takes nothing over: it is sent the invitation again, at the same cost', async () => {
    const bob = await someInvitedByNumber()
    const count = async (phoneNumber: string) => {
      const before = sent
      const registered = await someRegisteredByNumber(phoneNumber)
      return { ...registered, cost: sent - before }
    }

    const again = await count(bob.phoneNumber)
    const free = await count(someNumber())

    expect(again.cost).toBe(free.cost)
    expect(await read(again.id)).toBeUndefined()
    expect(await eventsOf(bob.id)).toEqual(['user.invited', 'user.invited'])
    expect(await store.find(bob.digest)).toMatchObject({ kind: 'refused' })
    expect(await store.accept(again.invitation.digest, acceptance(), BY)).toMatchObject({ kind: 'verified' })
  })

  test('a code proves the number, and leaves the account to who accepts', async () => {
    const bob = await someInvitedByNumber()

    const proved = await accounts.verifyPhone(codeGrant(bob), BY)
    const accepted = await store.accept(bob.digest, acceptance(), BY)

    expect(proved).toMatchObject({
      account: { status: 'PENDING_VERIFICATION', verifiedAt: null, phoneNumberVerifiedAt: expect.any(Date) },
    })
    expect(accepted).toMatchObject({ kind: 'verified', account: { status: 'ACTIVE' } })
  })

  test('a number that was proved or invited is told as taken; one that is only claimed gives way', async () => {
    const [proved, pending] = [await someRegisteredByNumber(), await someRegisteredByNumber()]
    await accounts.verifyPhone(codeGrant(proved), BY)
    const invited = await someInvitedByNumber()
    const beside = await someInvited({ phoneNumber: someNumber() })

    for (const { phoneNumber } of [proved, invited]) {
      expect(await store.create(preparedByNumber(phoneNumber), invitation(), BY)).toEqual({
        kind: 'refused',
        taken: ['phoneNumber'],
      })
    }
    for (const phoneNumber of [pending.phoneNumber, beside.phoneNumber ?? '']) {
      expect(await store.create(preparedByNumber(phoneNumber), invitation(), BY)).toMatchObject({
        account: { phoneNumber },
      })
    }
    expect(await read(pending.id)).toBeUndefined()
    expect(await eventsOf(pending.id)).toContain('user.registration-dropped')
    expect(await read(beside.id)).toMatchObject({ email: beside.email, phoneNumber: null })
  })

  test('9.4: a number that somebody may go back to is theirs', async () => {
    const [ada, number] = [await someRegisteredByNumber(), someNumber()]
    await owner`insert into users.contact_changes (id, user_id, kind, state, old_value, new_value, expires_at, undo_until)
      select gen_random_uuid(), id, 'PHONE', 'CONFIRMED', ${number}, phone_number, now(), now() + interval '7 days'
      from users.users where phone_number = ${ada.phoneNumber}`

    expect(await store.create(preparedByNumber(number), invitation(), BY)).toEqual({
      kind: 'refused',
      taken: ['phoneNumber'],
    })
  })

  test('of many who make accounts with one number, or register with it, one has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const phoneNumber = someNumber()
      const outcomes = await race(async (index) => {
        if (index % 2 === 0) return store.create(preparedByNumber(phoneNumber), invitation(), BY)
        await someRegisteredByNumber(phoneNumber)
        return null
      })

      expect(outcomes.filter((outcome) => outcome?.kind === 'created')).toHaveLength(1)
      const refused = outcomes.filter((outcome) => outcome?.kind === 'refused')
      expect(refused).toHaveLength(RACERS / 2 - 1)
      const rows =
        await owner`select (select count(*)::int from users.invitations i where i.user_id = u.id) as waiting
        from users.users u where phone_number = ${phoneNumber}`
      expect([...rows]).toEqual([{ waiting: 1 }])
    }
  }, 60_000)

  test('nobody waits for another for ever: accepting meets registering', async () => {
    const guests = await Promise.all(Array.from({ length: RACERS }, () => someInvitedByNumber()))

    const outcomes = await Promise.all(
      guests.map(async ({ phoneNumber, digest }) => {
        const other = someRegisteredByNumber(phoneNumber)
        const accepted = await store.accept(digest, acceptance(), BY)
        await other
        return accepted.kind
      }),
    )

    const active = await accounts.findMany(guests.map(({ id }) => id))
    expect(active.filter(({ status }) => status === 'ACTIVE')).toHaveLength(
      outcomes.filter((kind) => kind === 'verified').length,
    )
  })
})
