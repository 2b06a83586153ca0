import { randomBytes } from 'node:crypto'
import { codeArrived } from '../../shared/contracts/otp-proofs.js'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { NewChallenge } from '../domain/ports.js'
import type { Ceilings, Held } from '../domain/text-alarm.js'
import { CHALLENGE } from '../limits.js'
import { otpSchema } from '../subgraph.js'
import { codeStoreContract } from './codes.contract.js'
import { createCodeStore } from './codes.js'
import { CEILINGS, someChallenge, someText } from './codes-kit.js'
import { eraseUser } from './erase.js'
import { createFactorStore } from './factors.js'
import { outbox } from './tables.js'

const SPENT = { action: 'code.spend', outcome: 'SUCCESS', subjectId: null, by: someActor() } as const

const ROUNDS = 20
const RACERS = 100

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase([otpSchema])
  database = connectDatabase({ url: server.urlOf('otp'), name: 'otp-test' })
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

// Also in races: what earlier rounds left would be moved along with each `pass`.
beforeEach(async () => {
  for (const table of ['challenges', 'code_sends', 'wrong_codes', 'outbox']) {
    await database.client`delete from otp.${database.client(table)}`
  }
})

const held: Held[] = []

const makeStore = (max: Ceilings = { perCountry: 1000, all: 1000 }) =>
  createCodeStore(
    database.db,
    createOutbox(outbox, () => {}),
    { max, noteHeld: (text) => held.push(text) },
  )

/** Moves every row back instead of moving the clock, which is the database's. */
async function pass(seconds: number): Promise<void> {
  const { client } = database
  const ago = client`make_interval(secs => ${seconds})`
  await client`update otp.challenges set expires_at = expires_at - ${ago}, ended_at = ended_at - ${ago}`
  for (const table of ['code_sends', 'wrong_codes']) {
    await client`update otp.${client(table)} set moments =
      array(select moment - ${ago} from unnest(moments) with ordinality as m(moment, place) order by place)`
  }
}

/** On a cold pool even a broken store passes a race: its callers come one by one as connections open. */
const warmPool = () =>
  Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))

describe('codes in Postgres', () => {
  beforeAll(warmPool)

  codeStoreContract(async () => ({
    store: makeStore(CEILINGS),
    pass,
    told: async () => {
      const rows = await database.client<
        { payload: { challengeId: string; userId: string; sealedCode: string } }[]
      >`
        select payload - 'purpose' - 'channel' - 'changeId' - 'addressDigest' - 'expiresAt' as payload from otp.outbox`
      return rows.map(({ payload }) => payload)
    },
    arrived: async () => {
      const rows = await database.client<
        { payload: { challengeId: string; channel: string; addressDigest: string } }[]
      >`
        select payload - 'userId' - 'at' as payload from otp.outbox where name = 'otp.code-arrived'`
      return rows.map(({ payload }) => payload)
    },
    size: async () => {
      const [row] = await database.client<{ size: number }[]>`
        select ((select count(*) from otp.challenges) + (select count(*) from otp.code_sends)
          + (select count(*) from otp.wrong_codes))::int as size`
      return row?.size ?? 0
    },
  }))

  test('8.6: a text as second factor is remembered as used', async () => {
    const [userId, enrolled, wanted] = [someUserId(), randomBytes(32), randomBytes(32)]
    const factors = createFactorStore(
      database.db,
      createOutbox(outbox, () => {}),
      { subjectOf: (id) => Buffer.from(id) },
    )
    const codes = { salt: randomBytes(16), digests: [randomBytes(32)] }
    await factors.enrolSms(userId, { digest: enrolled, masked: '+•••78' }, { codes, by: someActor() })
    const spend = async (changes: Partial<NewChallenge>) => {
      const challenge = { ...someText(), userId, ...changes }
      await makeStore().open(challenge)
      await makeStore().countAttempt(challenge.id)
      await makeStore().spend(challenge.id, challenge.digest, SPENT)
    }

    await spend({ purpose: 'PROFILE_CHANGE', destination: wanted })
    const before = await factors.findMany([userId])
    await spend({ purpose: 'MFA', destination: enrolled })

    expect(before).toMatchObject([{ sms: { lastUsedAt: null } }])
    expect(await factors.findMany([userId])).toMatchObject([{ sms: { lastUsedAt: expect.any(Date) } }])
    // A change is not in force with its code.
    expect(await factors.isOtherNumber(userId, wanted)).toBe(true)
    expect(await database.db.transaction((tx) => eraseUser(tx, userId))).toBe(7)
  })

  test('8.6: a code is told with the digest of the address that it is for, and so when it is sent again', async () => {
    const { id } = someChallenge()
    await makeStore().open(someChallenge({ id, addressDigest: 'of id and address' }))
    await pass(60)
    await makeStore().renew(id, { digest: randomBytes(32), sealedCode: 'sealed', network: randomBytes(32) })

    const told = await database.client<{ digest: string }[]>`
      select payload->>'addressDigest' as digest from otp.outbox where payload->>'challengeId' = ${id}`

    expect(told.map(({ digest }) => digest)).toEqual(['of id and address', 'of id and address'])
  })

  test('a code that is entered is told as one that arrived, of when it was made', async () => {
    const challenge = someChallenge({ addressDigest: 'of id and address' })
    const act = { ...SPENT, subjectId: challenge.userId }
    await makeStore().open(challenge)
    await pass(120)
    await makeStore().countAttempt(challenge.id)
    await makeStore().spend(challenge.id, challenge.digest, act)

    const [event] = await database.client<{ told: unknown; age: number }[]>`
      select payload as told, extract(epoch from now() - (payload->>'at')::timestamptz)::float as age
      from otp.outbox where name = 'otp.code-arrived'`
    expect(codeArrived.payload.parse(event?.told)).toMatchObject({
      ...{ userId: challenge.userId, challengeId: challenge.id },
      ...{ channel: 'EMAIL', addressDigest: 'of id and address' },
    })
    expect(event?.age).toBeGreaterThanOrEqual(119)
    expect(event?.age).toBeLessThan(180)
  })

  test('8.8: texts from before it was noted when they were spent are no sign of fraud', async () => {
    const text = someText()
    await makeStore().open(text)
    await database.client`update otp.challenges set country = null where digest = ${Buffer.from(text.digest)}`
    await pass(300)

    expect(await makeStore().textOutcomes(50)).toEqual({ sent: 0, verified: 0, isRecent: false })
  })

  test('the told time is the one stored, by the clock of the database (SECURITY 8.1, 13.9)', async () => {
    const sent = await makeStore().open(someChallenge())

    const [event] = await database.client<{ told: string; left: number }[]>`
      select payload->>'expiresAt' as told, extract(epoch from (payload->>'expiresAt')::timestamptz - now())::float as left
      from otp.outbox`
    expect(sent).toMatchObject({ expiresAt: new Date(event?.told ?? '') })
    expect(event?.left).toBeGreaterThan(290)
    expect(event?.left).toBeLessThanOrEqual(300)
  })
})

describe('races (SECURITY 7.3, 8.2, 8.3, 14.4)', () => {
  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: 8.3: of 100 parallel codes to one mailbox, each named otherwise, one is told and good',
    async () => {
      const store = makeStore()
      const { userId, subject: mailbox } = someChallenge()
      const opened = Array.from({ length: RACERS }, () =>
        someChallenge({ userId, mailbox, purpose: 'LOGIN' }),
      )
      await warmPool()

      const answers = await Promise.all(opened.map((challenge) => store.open(challenge)))

      expect(answers.filter(({ kind }) => kind === 'sent')).toHaveLength(RACERS)
      const [counted] = await database.client`
        select (select count(*) from otp.challenges where user_id is not null and mailbox = ${Buffer.from(mailbox)})::int as good,
          (select count(*) from otp.outbox where payload->>'userId' = ${userId})::int as told`
      expect(counted).toEqual({ good: 1, told: 1 })
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: of 100 parallel tries five are evaluated and one spends',
    async () => {
      const store = makeStore()
      const { id, digest, ...rest } = someChallenge()
      await store.open({ id, digest, ...rest })
      await warmPool()

      const outcomes = await Promise.all(
        Array.from({ length: RACERS }, async () => {
          const attempt = await store.countAttempt(id)
          const spent = attempt.kind === 'counted' ? await store.spend(id, digest, SPENT) : null
          return { evaluated: attempt.kind === 'counted', spent: spent !== null }
        }),
      )

      const evaluated = outcomes.filter((outcome) => outcome.evaluated).length
      expect(evaluated).toBeGreaterThanOrEqual(1)
      expect(evaluated).toBeLessThanOrEqual(CHALLENGE.attempts)
      expect(outcomes.filter(({ spent }) => spent)).toHaveLength(1)
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: 100 parallel tries over eight challenges of one account never pass twenty',
    async () => {
      const store = makeStore()
      const { subject, userId } = someChallenge()
      const opened = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const challenge = someChallenge({ userId }) // opened apart, then given to one subject: opening ends earlier ones
          await store.open(challenge)
          await database.client`update otp.challenges set subject = ${Buffer.from(subject)} where digest = ${Buffer.from(challenge.digest)}`
          return challenge.id
        }),
      )
      await warmPool()

      const outcomes = await Promise.all(
        Array.from({ length: RACERS }, (_, racer) => store.countAttempt(opened[racer % opened.length] ?? '')),
      )

      expect(outcomes.filter(({ kind }) => kind === 'counted')).toHaveLength(20)
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: 8.2: of 100 parallel tries at one account by eight names twenty may be right',
    async () => {
      const store = makeStore()
      const { userId } = someChallenge()
      const opened = Array.from({ length: 8 }, () => someChallenge({ userId }))
      for (const challenge of opened) await store.open(challenge)
      await warmPool()

      const outcomes = await Promise.all(
        Array.from({ length: RACERS }, (_, racer) =>
          store.countAttempt(opened[racer % opened.length]?.id ?? ''),
        ),
      )

      expect(outcomes.filter(({ kind }) => kind === 'counted')).toHaveLength(8 * CHALLENGE.attempts)
      expect(outcomes.filter((one) => one.kind === 'counted' && one.userId === userId)).toHaveLength(20)
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: 8.8: of 100 parallel texts to numbers of one prefix eight are sent, from one network five, and two more for second factors',
    async () => {
      const store = makeStore()
      const [prefix, network] = [someChallenge().subject, someChallenge().subject]
      await warmPool()
      const sendAll = (texts: Partial<NonNullable<NewChallenge['texts']>>, flow: string | null = null) =>
        Promise.all(Array.from({ length: RACERS }, () => store.open({ ...someText(texts), flow })))

      const [ofPrefix, ofNetwork] = [await sendAll({ prefix }), await sendAll({ network })]
      const factors = await sendAll({ prefix, network }, 'flow')

      expect(ofPrefix.filter(({ kind }) => kind === 'sent')).toHaveLength(8)
      expect(ofNetwork.filter(({ kind }) => kind === 'sent')).toHaveLength(5)
      expect(factors.filter(({ kind }) => kind === 'sent')).toHaveLength(2)
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: 8.8: of 100 parallel texts no more go out than the ceilings let, and whoever watches is told',
    async (round) => {
      const store = makeStore({ perCountry: 25, all: 37 }) // four fifths are for these
      await database.client`delete from otp.code_sends where length(key) < 32`
      held.length = 0
      await warmPool()

      const answers = await Promise.all(
        Array.from({ length: RACERS }, (_, racer) =>
          store.open(someText({ country: racer % 2 ? 'DE' : 'FR' })),
        ),
      )

      expect(answers.filter(({ kind }) => kind === 'sent')).toHaveLength(30)
      const told = new Set(held.map(({ ceiling, country }) => `${ceiling} ${country}`))
      expect([
        round,
        [...told].every((one) => ['all null', 'perCountry DE', 'perCountry FR'].includes(one)),
      ]).toEqual([round, true])
      expect(told).toContain('all null')
    },
  )

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'round %i: parallel sends to one destination stay within the limit, with four of five used',
    async () => {
      const store = makeStore()
      const { destination } = someChallenge()
      const send = () => store.open(someChallenge({ destination }))
      for (let sent = 0; sent < 4; sent += 1) {
        await send()
        await pass(60)
      }
      await warmPool()

      const first = await Promise.all(Array.from({ length: RACERS }, send))
      await pass(60)
      const second = await Promise.all(Array.from({ length: RACERS }, send))

      expect(first.filter(({ kind }) => kind === 'sent')).toHaveLength(1)
      expect(second.filter(({ kind }) => kind === 'sent')).toHaveLength(0)
    },
  )
})

test('12.4: a wrong code is one statement more, whoever it was sent to', async () => {
  const before = await database.client`select 1 from otp.outbox where name = 'audit.recorded'`

  await makeStore().fail({ ...SPENT, outcome: 'FAILURE' })

  const after =
    await database.client`select payload->>'outcome' as outcome from otp.outbox where name = 'audit.recorded'`
  expect(after).toHaveLength(before.length + 1)
  expect(after).toContainEqual({ outcome: 'FAILURE' })
})

test('9.7: the codes of a person go with their account, and nobody else’s', async () => {
  const store = makeStore()
  const [ada, bob] = [someChallenge(), someChallenge()]
  await store.open(ada)
  await store.open(bob)
  await Promise.all([ada, bob].map(({ id }) => store.countAttempt(id)))
  const subjects = async () =>
    (await database.client`select id from otp.challenges where user_id is not null`).length
  const before = await subjects()

  const erased = await database.db.transaction((tx) => eraseUser(tx, ada.userId ?? ''))

  expect([before - (await subjects()), erased]).toEqual([1, 2])
  expect(await database.db.transaction((tx) => eraseUser(tx, ada.userId ?? ''))).toBe(0)
})
