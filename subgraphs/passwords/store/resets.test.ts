import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import { passwordsSchema } from '../subgraph.js'
import { adoptCredential } from './adopt-credential.js'
import { removeCredential } from './claim-credential.js'
import { createStores, type Stores } from './create-stores.js'
import { importCredential } from './import-credential.js'
import { createPasswordHistory } from './password-history.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const HISTORY = 2

let server: TestDatabase
let database: Database
let owner: postgres.Sql
let stores: Stores
let statements = 0

beforeAll(async () => {
  server = await createTestDatabase([passwordsSchema])
  owner = postgres(server.ownerUrl, { max: 1 })
  database = connectDatabase({
    ...{ url: server.urlOf('passwords'), name: 'test', onStatement: () => (statements += 1) },
  })
  const isReadable = ({ pepperVersion }: { pepperVersion: number }) => pepperVersion > 0
  stores = createStores(
    database.db,
    createOutbox(outbox, () => {}),
    { historySize: HISTORY, isReadable },
  )
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await server.stop()
})

const BY = someActor()
const race = <Outcome>(act: (index: number) => Promise<Outcome>) =>
  Promise.all(Array.from({ length: RACERS }, (_, index) => act(index)))
const password = (phc: string) => ({ phc, pepperVersion: 1 })

function newLink() {
  const digest = new Uint8Array(randomBytes(32))
  return { digest, address: 'address', sealedToken: 'sealed', resetUrl: 'https://id.test/account/reset' }
}

/** Asks for a link; gives its digest. */
async function asked(userId: string | null = someUserId()) {
  const link = newLink()
  await stores.resets.request({ userId, link, by: BY })
  return { userId: userId ?? '', digest: link.digest }
}

const reset = (digest: Uint8Array, phc = 'new', proof: Proof | null = null) =>
  stores.resets.complete({ means: { by: 'LINK', digest }, stored: password(phc), proof, by: BY })
type Proof = { proofId: string; userId: string; address: string }

const timePasses = (userId: string, interval: string) => owner`update passwords.reset_links
  set sent_at = sent_at - ${interval}::interval, hour_started_at = hour_started_at - ${interval}::interval,
    expires_at = expires_at - ${interval}::interval where user_id = ${idToUuid(ID_PREFIXES.user, userId)}`

/** Somebody who has had their password for so long. */
async function someoneSince(interval: string): Promise<string> {
  const userId = someUserId()
  await stores.credentials.insertUnclaimed(userId, password('old'))
  await owner`update passwords.credentials set changed_at = now() - ${interval}::interval
    where user_id = ${idToUuid(ID_PREFIXES.user, userId)}`
  return userId
}

const toldOf = async (userId: string) =>
  (await owner`select name from passwords.outbox where payload->>'userId' = ${userId} order by id`).map(
    ({ name }) => name as string,
  )
const actsOn = async (userId: string) =>
  owner`select payload->>'action' as action, payload->>'outcome' as outcome from passwords.outbox
    where payload->>'subjectId' = ${userId} order by id`

describe('asking for a link', () => {
  test('10.3: one a minute and three an hour, silently; the audit log knows', async () => {
    const { userId } = await asked()
    await asked(userId)
    for (let count = 0; count < 4; count++) {
      await timePasses(userId, '61 seconds')
      await asked(userId)
    }
    expect(await toldOf(userId)).toHaveLength(3)

    await timePasses(userId, '1 hour')
    await asked(userId)

    expect(await toldOf(userId)).toEqual(Array.from({ length: 4 }, () => 'password.reset-requested'))
    const outcomes = (await actsOn(userId)).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'SUCCESS')).toHaveLength(4)
    expect(outcomes).toHaveLength(7)
  })

  test('10.3: of many who ask at once, one link goes out', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const userId = someUserId()
      await race(() => asked(userId))
      await timePasses(userId, '61 seconds')
      await race(() => asked(userId))

      expect(await toldOf(userId)).toHaveLength(2)
    }
  })

  test('7.4: for a stranger the same one statement runs, and no link is kept', async () => {
    const before = statements
    const { digest } = await asked(null)

    expect(statements - before).toBe(1)
    expect(await stores.resets.find(digest)).toMatchObject({ kind: 'refused', reason: 'EXPIRED' })
  })

  test('10.1: a later link takes the place of an earlier one, which is dead', async () => {
    const first = await asked()
    await timePasses(first.userId, '61 seconds')
    const second = await asked(first.userId)

    expect(await stores.resets.find(first.digest)).toMatchObject({ reason: 'EXPIRED' })
    expect(await reset(first.digest)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await stores.resets.find(second.digest)).toMatchObject({
      ...{ kind: 'found', userId: first.userId, address: 'address' },
    })
  })
})

describe('setting a password by a link', () => {
  test('10.1, 10.3: of many callers one spends it, and theirs is the password in force', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { userId, digest } = await asked()
      const outcomes = await race((index) => reset(digest, `password ${index}`))

      const winner = outcomes.findIndex(({ kind }) => kind === 'done')
      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(outcomes.filter((one) => 'reason' in one && one.reason === 'ALREADY_USED')).toHaveLength(
        RACERS - 1,
      )
      expect(await stores.credentials.find(userId)).toMatchObject(password(`password ${winner}`))
      expect(await toldOf(userId)).toEqual(['password.reset-requested', 'password.changed'])
    }
  })

  test('10.1: one that was used says so before a password is looked at, and so does one from before another password', async () => {
    const [used, outlived] = [await asked(), await asked(await someoneSince('1 hour'))]
    await reset(used.digest)
    await owner`update passwords.credentials set changed_at = now()
      where user_id = ${idToUuid(ID_PREFIXES.user, outlived.userId)}`

    expect(await stores.resets.find(used.digest)).toEqual({ kind: 'refused', reason: 'ALREADY_USED' })
    expect(await stores.resets.find(outlived.digest)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
  })

  test('10.1: it works for 30 minutes', async () => {
    const { userId, digest } = await asked()
    await timePasses(userId, '30 minutes')

    expect(await stores.resets.find(digest)).toMatchObject({ reason: 'EXPIRED' })
    expect(await reset(digest)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
  })

  test('a proof of the address is told under its own id, and the change under the id that auth is given', async () => {
    const { userId, digest } = await asked()
    const proof = { proofId: newUuid(), userId, address: 'digest' }
    const done = await reset(digest, 'new', proof)

    const told =
      await owner`select id, name from passwords.outbox where payload->>'userId' = ${userId} order by name`
    expect(told).toMatchObject([
      { id: proof.proofId, name: 'password.address-proved' },
      { id: done.kind === 'done' ? done.change.eventId : '', name: 'password.changed' },
      { name: 'password.reset-requested' },
    ])
    expect(await actsOn(userId)).toMatchObject([
      { action: 'password.request-reset', outcome: 'SUCCESS' },
      { action: 'password.reset', outcome: 'SUCCESS' },
    ])
  })

  test('an account without a password gets one; what was asked of the one before is done with', async () => {
    const userId = someUserId()
    await stores.credentials.insertUnclaimed(userId, password('old'))
    const { digest } = await asked(userId)
    await owner`update passwords.credentials set must_change = true, known_breached_at = now()
      where user_id = ${idToUuid(ID_PREFIXES.user, userId)}`
    const bare = await asked()

    await Promise.all([reset(digest), reset(bare.digest)])

    expect(await stores.credentials.findStates([userId])).toMatchObject([
      { isSet: true, mustChange: false, knownBreachedAt: null },
    ])
    expect(await stores.credentials.find(bare.userId)).toMatchObject(password('new'))
    await expect(stores.credentials.insertUnclaimed(userId, password('x'))).rejects.toMatchObject({
      code: 'CONFLICT',
    })
  })

  test('10.1: a password that becomes another one ends the link', async () => {
    const { userId, digest } = await asked()
    const credentialId = someUserId()
    await stores.credentials.insertUnclaimed(credentialId, password('adopted'))
    await database.db.transaction((tx) => adoptCredential(tx, { credentialId, userId }))

    expect(await reset(digest)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await stores.credentials.find(userId)).toMatchObject(password('adopted'))
  })

  test('10.1: a password that is brought from elsewhere ends it too, and is the one in force whichever comes first', async () => {
    const hash = '{SSHA}8VORXAx4FAOSGGT39M9qn/sKC87E0gS2'
    for (let round = 0; round < ROUNDS; round++) {
      const userId = await someoneSince('1 day')
      const { digest } = await asked(userId)
      await timePasses(userId, '1 minute')
      await Promise.all([
        reset(digest),
        importCredential(database.db, { userId, hash, existing: 'replace' }),
        reset(digest),
      ])

      expect(await stores.credentials.find(userId)).toMatchObject({ phc: hash })
      expect((await stores.resets.find(digest)).kind).toBe('refused')
      expect(await reset(digest)).toMatchObject({ kind: 'refused' })
    }
  })

  test('the passwords before are kept, the latest of them, and the one in force', async () => {
    const userId = someUserId()
    for (const phc of ['one', 'two', 'three', 'four']) {
      const { digest } = await asked(userId)
      await reset(digest, phc)
      await timePasses(userId, '1 hour')
    }

    const used = (await stores.history.listUsed(userId)).map(({ phc }) => phc)
    expect(new Set(used)).toEqual(new Set(['four', 'three', 'two']))
    expect(await stores.history.listUsed(someUserId())).toEqual([])
  })

  test('a hash whose pepper is gone is not compared with', async () => {
    const userId = someUserId()
    await stores.credentials.insertUnclaimed(userId, { phc: 'old', pepperVersion: 0 })
    const { digest } = await asked(userId)
    await reset(digest)

    expect(await stores.history.listUsed(userId)).toEqual([password('new')])
  })
})

describe('setting a password by the grant of a code', () => {
  const someGrant = (userId = someUserId(), secondsAgo = 0) => {
    const [issuedAt, expiresAt] = [new Date(Date.now() - secondsAgo * 1000), new Date(Date.now() + 300_000)]
    return { by: 'OTP', userId, jti: newUuid(), issuedAt, expiresAt } as const
  }
  const spend = (means: ReturnType<typeof someGrant>, phc: string) =>
    stores.resets.complete({ means, stored: password(phc), proof: null, by: BY })

  test('10.1: one from before the password changed is worth nothing, and one from after it is', async () => {
    const userId = someUserId()
    await stores.credentials.insertUnclaimed(userId, password('old'))

    expect(await spend(someGrant(userId, 60), 'late')).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await stores.credentials.find(userId)).toMatchObject(password('old'))
    expect(await spend(someGrant(userId, -1), 'new')).toMatchObject({ kind: 'done' })
  })

  test('10.1: of many that were given out, and a change, one sets the password', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const userId = await someoneSince('1 day')
      const stored = password('changed')
      const change = { userId, sessionId: 'ses_ada', keptTicket: null, stored, from: 'old', by: BY }
      const outcomes = await race(async (index) => {
        if (index === round) return (await stores.changes.change(change)) !== null
        return (await spend(someGrant(userId, 60), `reset ${index}`)).kind === 'done'
      })

      expect(outcomes.filter(Boolean)).toHaveLength(1)
    }
  })

  test.each([
    ['of now', 0],
    // There no password that was set since tells that it was spent.
    ['of a clock that is ahead', -60],
  ])('8.2: of many callers one spends it, %s, and theirs is the password in force', async (_, secondsAgo) => {
    for (let round = 0; round < ROUNDS; round++) {
      const means = someGrant(someUserId(), secondsAgo)
      const outcomes = await race((index) =>
        stores.resets.complete({ means, stored: password(`password ${index}`), proof: null, by: BY }),
      )

      const winner = outcomes.findIndex(({ kind }) => kind === 'done')
      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
      expect(await stores.credentials.find(means.userId)).toMatchObject(password(`password ${winner}`))
    }
  })
})

test('9.7: link, password and history go with their account', async () => {
  const userId = someUserId()
  await stores.credentials.insertUnclaimed(userId, password('old'))
  const { digest } = await asked(userId)
  await reset(digest)

  expect(await database.db.transaction((tx) => removeCredential(tx, userId))).toBe(3)
  expect(await stores.history.listUsed(userId)).toEqual([])
  expect(await stores.resets.find(digest)).toMatchObject({ reason: 'EXPIRED' })
})

test('12.5: links that are long over are forgotten', async () => {
  const [old, young] = [await asked(), await asked()]
  await timePasses(old.userId, '13 hours')
  await stores.forget()

  const left =
    await owner`select user_id from passwords.reset_links where user_id = any(${[old, young].map(({ userId }) => idToUuid(ID_PREFIXES.user, userId))}::uuid[])`
  expect(left).toEqual([{ user_id: idToUuid(ID_PREFIXES.user, young.userId) }])
})

test('where no former password is kept, the one in force may not come back all the same', async () => {
  const userId = someUserId()
  await stores.credentials.insertUnclaimed(userId, password('in force'))
  const none = createPasswordHistory(database.db, { historySize: 0, isReadable: () => true })

  expect(await none.listUsed(userId)).toEqual([password('in force')])
})
