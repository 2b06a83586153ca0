import { randomBytes, randomInt } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor } from '../../shared/test/requests.js'
import type { AccountStore, AddressGrant, NewPhoneAccount } from '../domain/ports.js'
import { usersSchema } from '../subgraph.js'
import { createAccountStore } from './accounts.js'
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
let accounts: AccountStore
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => sent++ })
  accounts = createAccountStore(
    database.db,
    createOutbox(outbox, () => {}),
  )
  await warm()
})
afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

/** Opens every pooled connection: a cold pool lets racers through one by one and hides the race. */
const warm = () => Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))
const race = <Outcome>(act: () => Promise<Outcome>) => Promise.all(Array.from({ length: RACERS }, act))

const someNumber = () => `+49151${randomInt(10_000_000, 99_999_999)}`

const invitation = (digest = new Uint8Array(randomBytes(32))) => ({
  ...{ digest, sealedToken: 'sealed-invitation', invitationUrl: 'https://id.test/account/invite' },
})

const draft = (changes: Partial<NewPhoneAccount> = {}): NewPhoneAccount => ({
  ...{ id: newId(ID_PREFIXES.user), phoneNumber: someNumber(), wantedUsername: null, termsVersion: null },
  profile: {},
  ...changes,
})

async function registered(changes: Partial<NewPhoneAccount> = {}) {
  const account = draft(changes)
  await accounts.registerByPhone(account, { code: CODE, invitation: invitation() }, BY)
  return account
}

let grants = 0
const grantFor = ({ id, phoneNumber }: Pick<NewPhoneAccount, 'id' | 'phoneNumber'>): AddressGrant => ({
  ...{ userId: id, jti: `jti-${++grants}`, expiresAt: new Date(Date.now() + 300_000), challengeId: 'chl_1' },
  addressDigest: addressDigest('chl_1', phoneNumber),
})

async function verified(changes: Partial<NewPhoneAccount> = {}) {
  const account = await registered(changes)
  await accounts.verifyPhone(grantFor(account), BY)
  return account
}

const find = (phoneNumber: string) => accounts.findByIdentifier({ kind: 'phoneNumber', value: phoneNumber })
const toldOf = async (userId: string) =>
  (await owner`select name from users.outbox where payload->>'userId' = ${userId} order by id`).map(
    ({ name }) => name as string,
  )

describe('registering by telephone number', () => {
  test('makes an account that waits for proof, and has its code sent', async () => {
    const ada = await registered()

    expect(await find(ada.phoneNumber)).toMatchObject({
      ...{ id: ada.id, status: 'PENDING_VERIFICATION', email: null, verifiedAt: null },
      phoneNumberVerifiedAt: null,
    })
    expect(await toldOf(ada.id)).toEqual(['user.registered-by-phone', 'user.phone-code-requested'])
  })

  test('9.8: over a never-verified account it replaces it, whose code is worth nothing', async () => {
    const first = await registered()
    const second = await registered({ phoneNumber: first.phoneNumber })

    expect(await accounts.findMany([first.id])).toEqual([])
    expect(await accounts.verifyPhone(grantFor(first), BY)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await accounts.verifyPhone(grantFor(second), BY)).toMatchObject({ kind: 'verified' })
    const [event] = await owner`select payload from users.outbox
      where payload->>'userId' = ${second.id} and name = 'user.registered-by-phone'`
    expect(event?.['payload']).toMatchObject({ replacedUserId: first.id })
  })

  test('7.4: a taken number costs the same statements, and only its owner is told', async () => {
    const [ada, pending] = [await verified(), await registered()]
    const count = async (phoneNumber: string) => {
      const before = sent
      await registered({ phoneNumber })
      return sent - before
    }

    const costs = [await count(ada.phoneNumber), await count(someNumber()), await count(pending.phoneNumber)]

    expect(new Set(costs).size).toBe(1)
    expect((await toldOf(ada.id)).at(-1)).toBe('user.taken-number-registered')
    expect(await find(ada.phoneNumber)).toMatchObject({ id: ada.id, status: 'ACTIVE' })
  })

  test('9.4: a number that somebody may go back to is theirs', async () => {
    const [ada, number] = [await verified(), someNumber()]
    await owner`insert into users.contact_changes (id, user_id, kind, state, old_value, new_value, confirm_digest, expires_at, undo_until)
      select gen_random_uuid(), id, 'PHONE', 'CONFIRMED', ${number}, phone_number, '\\x01', now(), now() + interval '7 days'
      from users.users where phone_number = ${ada.phoneNumber}`

    const bob = await registered({ phoneNumber: number })

    expect(await accounts.findMany([bob.id])).toEqual([])
    expect((await toldOf(ada.id)).at(-1)).toBe('user.taken-number-registered')
  })

  test('somebody with an address, who entered a number and never proved it, goes on without it', async () => {
    const [id, phoneNumber] = [newId(ID_PREFIXES.user), someNumber()]
    const at = new Date()
    await database.db.insert(users).values({
      ...{ id, phoneNumber, status: 'ACTIVE', email: `${id}@acme.test`, emailVerifiedAt: at, verifiedAt: at },
    })

    const ada = await registered({ phoneNumber })

    expect(await accounts.findMany([id])).toMatchObject([{ status: 'ACTIVE', phoneNumber: null }])
    expect(await find(phoneNumber)).toMatchObject({ id: ada.id })
  })

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: of many who register with one number at once one holds it, and nobody fails',
    async () => {
      const phoneNumber = someNumber()

      await race(() => registered({ phoneNumber }))

      const [row] =
        await owner`select count(*)::int as held from users.users where phone_number = ${phoneNumber}`
      expect(row).toEqual({ held: 1 })
    },
  )
})

describe('a number beside an address', () => {
  const link = () => ({
    ...{ digest: new Uint8Array(randomBytes(32)), sealedToken: 'sealed' },
    verificationUrl: 'https://id.test/account/verify',
    invitationUrl: 'https://id.test/account/invite',
  })

  async function registeredWithBoth({
    email,
    phoneNumber = someNumber(),
  }: {
    email?: string
    phoneNumber?: string
  } = {}) {
    const { phoneNumber: _none, ...account } = draft({ wantedUsername: `ada${randomInt(1_000_000)}` })
    const [address, mailed] = [email ?? `${account.id}@acme.test`, link()]
    await accounts.register({ ...account, email: address }, mailed, BY)
    const before = sent
    await accounts.attachNumber({ userId: account.id, phoneNumber, code: CODE })
    return { ...account, email: address, phoneNumber, digest: mailed.digest, cost: sent - before }
  }

  test('waits for its own proof; only the address makes the account', async () => {
    const ada = await registeredWithBoth()

    const byPhone = await accounts.verifyPhone(grantFor(ada), BY)
    const byLink = await accounts.verifyByLink(ada.digest, BY)

    expect(await toldOf(ada.id)).toEqual([
      ...['user.registered', 'user.phone-code-requested'],
      ...['user.address-proved', 'user.verified', 'user.address-proved'],
    ])
    expect(byPhone).toMatchObject({
      ...{ kind: 'verified', usernameTaken: false },
      account: { status: 'PENDING_VERIFICATION', verifiedAt: null, phoneNumberVerifiedAt: expect.any(Date) },
    })
    expect(byLink).toMatchObject({
      account: { status: 'ACTIVE', username: ada.wantedUsername, phoneNumberVerifiedAt: expect.any(Date) },
    })
  })

  test('is proved as well after the address', async () => {
    const ada = await registeredWithBoth()
    await accounts.verifyByLink(ada.digest, BY)

    expect(await accounts.verifyPhone(grantFor(ada), BY)).toMatchObject({
      account: { status: 'ACTIVE', phoneNumberVerifiedAt: expect.any(Date) },
    })
  })

  test('7.4: costs the same statements where it is taken, where the address is, and where a pending account gives way', async () => {
    const [owner, pending, other] = [await verified(), await registered(), await registeredWithBoth()]
    await accounts.verifyByLink(other.digest, BY)

    const free = await registeredWithBoth()
    const taken = await registeredWithBoth({ phoneNumber: owner.phoneNumber })
    const replaced = await registeredWithBoth({ phoneNumber: pending.phoneNumber })
    const elsewhere = await registeredWithBoth({ email: other.email })

    expect(new Set([free, taken, replaced, elsewhere].map(({ cost }) => cost)).size).toBe(1)
    expect((await accounts.findMany([taken.id]))[0]).toMatchObject({ phoneNumber: null })
    expect((await toldOf(owner.id)).at(-1)).toBe('user.taken-number-registered')
    expect(await accounts.findMany([pending.id, elsewhere.id])).toEqual([])
    expect(await toldOf(elsewhere.id)).toEqual([])
    expect(await toldOf(pending.id)).toContain('user.registration-dropped')
  })

  test('9.8: registering over the address forgets it', async () => {
    const first = await registeredWithBoth()
    const second = await registeredWithBoth({ email: first.email })

    expect(await find(first.phoneNumber)).toBeNull()
    expect(await find(second.phoneNumber)).toMatchObject({ id: second.id })
  })

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: of many who claim one number beside their address one has it',
    async () => {
      const phoneNumber = someNumber()

      const all = await race(() => registeredWithBoth({ phoneNumber }))

      const held = (await accounts.findMany(all.map(({ id }) => id))).filter(
        (one) => one.phoneNumber !== null,
      )
      expect(held).toHaveLength(1)
    },
  )
})

describe('proving a number', () => {
  test('verifies the account and claims the username it wanted', async () => {
    const wantedUsername = `ada${randomInt(1_000_000)}`
    const ada = await registered({ wantedUsername })

    expect(await accounts.verifyPhone(grantFor(ada), BY)).toMatchObject({
      kind: 'verified',
      account: {
        ...{ status: 'ACTIVE', username: wantedUsername, emailVerifiedAt: null },
        ...{ phoneNumberVerifiedAt: expect.any(Date), verifiedAt: expect.any(Date) },
      },
    })
  })

  test.each([
    [
      'another number',
      (grant: AddressGrant) => ({ ...grant, addressDigest: addressDigest('chl_1', '+4915100000000') }),
    ],
    ['another challenge', (grant: AddressGrant) => ({ ...grant, challengeId: 'chl_2' })],
    ['no number at all', (grant: AddressGrant) => ({ ...grant, addressDigest: null })],
  ])('9.4: a grant for %s proves nothing', async (_, change) => {
    const ada = await registered()

    expect(await accounts.verifyPhone(change(grantFor(ada)), BY)).toEqual({
      kind: 'refused',
      reason: 'EXPIRED',
    })
    expect(await find(ada.phoneNumber)).toMatchObject({ phoneNumberVerifiedAt: null })
  })

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: of many who spend one grant at once one does',
    async () => {
      const grant = grantFor(await registered())

      const outcomes = await race(() => accounts.verifyPhone(grant, BY))

      expect(outcomes.filter(({ kind }) => kind === 'verified')).toHaveLength(1)
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: a number that is proved while others register with it stays with who proved it, or goes to one of them whole',
    async () => {
      const ada = await registered()
      const register = () => registered({ phoneNumber: ada.phoneNumber })

      const [proved] = await Promise.all([
        accounts.verifyPhone(grantFor(ada), BY),
        ...Array.from({ length: RACERS }, register),
      ])

      const holder = await find(ada.phoneNumber)
      expect(holder?.id === ada.id).toBe(proved.kind === 'verified')
      expect(holder?.phoneNumberVerifiedAt !== null).toBe(proved.kind === 'verified')
    },
  )
})
