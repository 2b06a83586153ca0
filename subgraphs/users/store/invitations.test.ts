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

const prepared = (changes: Partial<PreparedAccount> = {}): PreparedAccount => ({
  ...{ id: someUserId(), email: someEmail(), username: null, roles: ['user'], profile: {} },
  ...changes,
})

async function someInvited(changes: Partial<PreparedAccount> = {}) {
  const account = prepared(changes)
  const sentOut = invitation()
  await store.create(account, sentOut, BY)
  return { ...account, digest: sentOut.digest }
}

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

    expect(await eventsOf(bob.id)).toEqual(['user.invited', 'user.invitation-accepted'])
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
