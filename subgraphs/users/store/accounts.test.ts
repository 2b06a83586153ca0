import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { newToken, tokenDigest } from '../../shared/secrets/token.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor } from '../../shared/test/requests.js'
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
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => sent++ })
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

let people = 0
const someEmail = () => `person-${++people}@acme.test`
const someUsername = () => `person${++people}`

const link = (token = newToken()) => ({
  digest: tokenDigest(token),
  sealedToken: `sealed-${token}`,
  verificationUrl: 'http://localhost:4000/account/verify',
  invitationUrl: 'http://localhost:4000/account/invite',
})

type Changes = { email?: string; wantedUsername?: string | null; termsVersion?: string | null }

const draft = (changes: Changes = {}) => ({
  id: newId(ID_PREFIXES.user),
  email: someEmail(),
  wantedUsername: null,
  termsVersion: null,
  profile: {},
  ...changes,
})

async function registered(changes: Parameters<typeof draft>[0] = {}) {
  const account = draft(changes)
  const token = newToken()
  await accounts.register(account, link(token), someActor())
  return { ...account, token, digest: tokenDigest(token) }
}

const grantFor = (userId: string, email: string) => ({
  ...{ userId, jti: newToken(), expiresAt: new Date(Date.now() + 60_000) },
  ...{ challengeId: 'chl_1', addressDigest: addressDigest('chl_1', email) },
})

const eventsOf = (userId: string) =>
  owner<{ name: string }[]>`select name from users.outbox where payload->>'userId' = ${userId} order by id`

const waitAMinute = (email: string) =>
  owner`update users.email_links set sent_at = now() - interval '61 seconds'
    where user_id = (select id from users.users where email = ${email})`

async function untilOneWaitsForALock(): Promise<void> {
  const [waiting] = await owner`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  if (!waiting) await untilOneWaitsForALock()
}

describe('accounts in Postgres', () => {
  test('a registration is an unverified account with a link and an event', async () => {
    const ada = await registered()

    const [account] = await accounts.findMany([ada.id])

    expect(account).toMatchObject({
      id: ada.id,
      email: ada.email,
      status: 'PENDING_VERIFICATION',
      verifiedAt: null,
    })
    expect(await eventsOf(ada.id)).toEqual([{ name: 'user.registered' }])
  })

  test('the version of the terms that was accepted is kept with its time', async () => {
    const [agreed, silent] = [await registered({ termsVersion: '2030-01' }), await registered()]

    const rows = await owner`
      select terms_version, terms_accepted_at > now() - interval '1 minute' as just_now
      from users.users where email in ${owner([agreed.email, silent.email])} order by id`

    expect([...rows]).toEqual([
      { terms_version: '2030-01', just_now: true },
      { terms_version: null, just_now: null },
    ])
  })

  test('9.8: registering over a never-verified account replaces it, and its link is dead', async () => {
    const first = await registered()
    const second = await registered({ email: first.email })

    expect(await accounts.findMany([first.id])).toEqual([])
    expect(await accounts.verifyByLink(first.digest, someActor())).toEqual({
      kind: 'refused',
      reason: 'EXPIRED',
    })
    expect(await accounts.verifyByLink(second.digest, someActor())).toMatchObject({
      kind: 'verified',
      account: { id: second.id },
    })
  })

  test('9.8: roles that a pending account was given are not those of whoever registers over it', async () => {
    const first = await registered()
    await owner`update users.users set roles = '{user,admin}' where email = ${first.email}`
    const second = await registered({ email: first.email })

    expect(await accounts.findMany([second.id])).toMatchObject([{ roles: ['user'] }])
  })

  test('7.4: a taken address costs the same statements and only its owner is told', async () => {
    const ada = await registered()
    await accounts.verifyByLink(ada.digest, someActor())
    const count = async (email: string) => {
      const before = sent
      await accounts.register(draft({ email }), link(), someActor())
      return sent - before
    }

    const forTaken = await count(ada.email)
    const forFree = await count(someEmail())

    expect(forTaken).toBe(forFree)
    expect(await eventsOf(ada.id)).toEqual([
      { name: 'user.registered' },
      { name: 'user.verified' },
      { name: 'user.address-proved' },
      { name: 'user.taken-address-registered' },
    ])
    expect(await accounts.findMany([ada.id])).toMatchObject([{ email: ada.email, status: 'ACTIVE' }])
  })

  test('8.3: registering one address again and again mails it five times an hour, taken or not', async () => {
    const [pending, taken] = [await registered(), await registered()]
    await accounts.verifyByLink(taken.digest, someActor())
    const before = sent
    await accounts.register(draft({ email: someEmail() }), link(), someActor())
    const statementsForFree = sent - before

    for (const { email } of [pending, taken]) {
      for (let again = 0; again < 6; again++) await accounts.register(draft({ email }), link(), someActor())
    }
    const beforeRefused = sent
    await accounts.register(draft({ email: pending.email }), link(), someActor())

    expect(sent - beforeRefused).toBe(statementsForFree)
    const told = await owner<{ name: string }[]>`select name from users.outbox
      where payload->>'userId' in (select ${taken.id}) and name = 'user.taken-address-registered'`
    expect(told).toHaveLength(4)
    const account = await accounts.findByIdentifier({ kind: 'email', value: pending.email })
    const links = await owner`select sent_in_hour from users.email_links where user_id =
      (select id from users.users where email = ${pending.email})`
    expect([account?.status, links[0]?.['sent_in_hour']]).toEqual(['PENDING_VERIFICATION', 5])
  })

  test('8.3: an account that has had no link is mailed five times an hour as well', async () => {
    const ada = await registered()
    await accounts.verifyByLink(ada.digest, someActor())
    await owner`delete from users.email_links where user_id = (select id from users.users where email = ${ada.email})`

    for (let again = 0; again < 8; again++) {
      await accounts.register(draft({ email: ada.email }), link(), someActor())
    }

    const told = await owner`select 1 from users.outbox
      where payload->>'userId' = ${ada.id} and name = 'user.taken-address-registered'`
    expect(told).toHaveLength(5)
  })

  test('13.1: many racing registrations of one address leave one account, and its link works', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const email = someEmail()
      const all = await Promise.all(Array.from({ length: RACERS }, () => registered({ email })))

      const left = await accounts.findMany(all.map(({ id }) => id))
      const verified = await Promise.all(all.map(({ digest }) => accounts.verifyByLink(digest, someActor())))

      expect(left).toHaveLength(1)
      expect(verified.filter(({ kind }) => kind === 'verified')).toHaveLength(1)
    }
  }, 60_000)

  test('9.8: a registration that meets a verification under way takes nothing over', async () => {
    const ada = await registered()
    const mallory = draft({ email: ada.email })
    let racing: Promise<void> | undefined

    await owner.begin(async (tx) => {
      await tx`update users.users set status = 'ACTIVE', verified_at = now() where email = ${ada.email}`
      racing = accounts.register(mallory, link(), someActor())
      await untilOneWaitsForALock()
    })
    await racing

    expect(await accounts.findMany([mallory.id])).toEqual([])
    expect(await accounts.findMany([ada.id])).toMatchObject([{ status: 'ACTIVE' }])
  })

  test('9.8: of a verification and a registration that race, one wins whole, and neither waits for the other for ever', async () => {
    const first = await Promise.all(Array.from({ length: RACERS }, () => registered()))
    const second = first.map(({ email }) => draft({ email }))

    const outcomes = await Promise.all(
      first.map(async ({ digest }, index) => {
        const registering = accounts.register(second[index] ?? draft(), link(), someActor())
        const verified = await accounts.verifyByLink(digest, someActor())
        await registering
        return verified.kind
      }),
    )

    const replaced = await accounts.findMany(second.map(({ id }) => id))
    expect(replaced.filter(({ verifiedAt }) => verifiedAt !== null)).toEqual([])
    expect(replaced).toHaveLength(outcomes.filter((kind) => kind === 'refused').length)
  })

  test('10.1: of many racing callers one spends a link', async () => {
    const ada = await registered()

    const outcomes = await Promise.all(
      Array.from({ length: RACERS }, () => accounts.verifyByLink(ada.digest, someActor())),
    )

    expect(outcomes.filter(({ kind }) => kind === 'verified')).toHaveLength(1)
    expect(
      outcomes.filter((outcome) => 'reason' in outcome && outcome.reason === 'ALREADY_USED'),
    ).toHaveLength(RACERS - 1)
  })

  test('10.1: a link dies with its day', async () => {
    const ada = await registered()
    await owner`update users.email_links set expires_at = now() where digest = ${Buffer.from(ada.digest)}`

    expect(await accounts.verifyByLink(ada.digest, someActor())).toEqual({
      kind: 'refused',
      reason: 'EXPIRED',
    })
  })

  test('a grant verifies once, however many bring it', async () => {
    const ada = await registered()
    const grant = grantFor(ada.id, ada.email)

    const outcomes = await Promise.all(
      Array.from({ length: RACERS }, () => accounts.verifyByGrant(grant, someActor())),
    )

    expect(outcomes.filter(({ kind }) => kind === 'verified')).toHaveLength(1)
  })

  test('that an account is verified is told once, in however many ways it is proved at once', async () => {
    for (let round = 0; round < 20; round++) {
      const ada = await registered()
      const grants = Array.from({ length: RACERS }, () => grantFor(ada.id, ada.email))

      const outcomes = await Promise.all(grants.map((grant) => accounts.verifyByGrant(grant, someActor())))

      expect(outcomes.every(({ kind }) => kind === 'verified')).toBe(true)
      const told = (await eventsOf(ada.id)).filter(({ name }) => name !== 'user.address-proved')
      expect(told).toEqual([{ name: 'user.registered' }, { name: 'user.verified' }])
    }
  }, 120_000)

  test('9.4: a grant is for the address that its code went to, and for no other', async () => {
    const ada = await registered()

    for (const grant of [
      grantFor(ada.id, someEmail()),
      { ...grantFor(ada.id, ada.email), challengeId: 'chl_2' },
      { ...grantFor(ada.id, ada.email), addressDigest: null },
    ]) {
      const outcome = await accounts.verifyByGrant(grant, someActor())
      expect(outcome).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    }
    expect(await accounts.verifyByGrant(grantFor(ada.id, ada.email), someActor())).toMatchObject({
      kind: 'verified',
    })
  })

  test('9.8: of many who want one username the first to verify has it, and all are verified', async () => {
    const wantedUsername = someUsername()
    const people = await Promise.all(Array.from({ length: 20 }, () => registered({ wantedUsername })))

    const outcomes = await Promise.all(people.map(({ digest }) => accounts.verifyByLink(digest, someActor())))

    expect(outcomes.every(({ kind }) => kind === 'verified')).toBe(true)
    expect(
      outcomes.filter((outcome) => 'account' in outcome && outcome.account.username === wantedUsername),
    ).toHaveLength(1)
    expect(outcomes.filter((outcome) => 'usernameTaken' in outcome && outcome.usernameTaken)).toHaveLength(19)
  })

  test("a wanted username is nobody's until it is verified", async () => {
    const wantedUsername = someUsername()
    const ada = await registered({ wantedUsername })

    expect(await accounts.findByIdentifier({ kind: 'username', value: wantedUsername })).toBeNull()
    await accounts.verifyByLink(ada.digest, someActor())
    expect(await accounts.findByIdentifier({ kind: 'username', value: wantedUsername })).toMatchObject({
      id: ada.id,
    })
  })

  test('a link is renewed once a minute and five times an hour, and costs one statement for anyone', async () => {
    const ada = await registered()
    const renew = async (userId: string) => {
      const before = sent
      await accounts.renewLink(userId, link())
      return sent - before
    }

    expect(await renew(ada.id)).toBe(1)
    expect(await renew(newId(ID_PREFIXES.user))).toBe(1)
    expect(await eventsOf(ada.id)).toHaveLength(1)
    for (let sends = 1; sends <= 6; sends++) {
      await waitAMinute(ada.email)
      await renew(ada.id)
    }
    expect(await eventsOf(ada.id)).toHaveLength(5)
  })

  test('a renewed link works and the one before it does not', async () => {
    const ada = await registered()
    const token = newToken()
    await waitAMinute(ada.email)
    await accounts.renewLink(ada.id, link(token))

    expect(await accounts.verifyByLink(ada.digest, someActor())).toMatchObject({ kind: 'refused' })
    expect(await accounts.verifyByLink(tokenDigest(token), someActor())).toMatchObject({ kind: 'verified' })
  })

  test('a profile changes only where nobody changed it since it was read', async () => {
    const ada = await registered()
    const [read] = await accounts.findMany([ada.id])
    const first = await accounts.updateProfile(
      ada.id,
      { displayName: 'Ada' },
      { ifUpdatedAt: read?.updatedAt ?? null, by: someActor() },
    )
    const late = await accounts.updateProfile(
      ada.id,
      { displayName: 'Eve' },
      { ifUpdatedAt: new Date(0), by: someActor() },
    )

    expect(first).toMatchObject({ displayName: 'Ada' })
    expect(late).toBeNull()
  })

  test('many accounts are read with one statement', async () => {
    const people = [await registered(), await registered(), await registered()]
    const before = sent

    const rows = await accounts.findMany([
      ...people.map(({ id }) => id),
      'not-an-id',
      newId(ID_PREFIXES.user),
    ])

    expect(rows).toHaveLength(3)
    expect(sent - before).toBe(1)
  })

  test('3.4: the role of the subgraph can change rows and nothing else', async () => {
    await expect(database.client.unsafe('create table users.mine (id int)')).rejects.toThrow(
      /permission denied/,
    )
    await expect(database.client.unsafe('drop table users.users')).rejects.toThrow(/must be owner/)
  })
})
