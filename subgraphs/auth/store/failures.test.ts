import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { FailureStore } from '../domain/failure-ports.js'
import type { SessionStore } from '../domain/ports.js'
import { ACCOUNT_FAILURES, DEVICE_FAILURES } from '../limits.js'
import { authSchema } from '../subgraph.js'
import { createFailureStore } from './failures.js'
import { createSessionStore } from './sessions.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let sessions: SessionStore
let failures: FailureStore
let sent = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test', onStatement: () => sent++ })
  const events = createOutbox(outbox, () => {})
  sessions = createSessionStore(database.db, events)
  failures = createFailureStore(database.db, events)
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

const digest = () => new Uint8Array(randomBytes(32))

const race = <Outcome>(act: () => Promise<Outcome>) => Promise.all(Array.from({ length: RACERS }, act))

const allowedOf = (outcomes: { allowed: boolean }[]) => outcomes.filter(({ allowed }) => allowed).length

/** Someone signs in from a device, which is known from then on. */
async function signIn(userId: string, shownDevice: Uint8Array | null = null, newDevice = digest()) {
  await sessions.start({
    ...{ id: newId(ID_PREFIXES.session), userId, life: 'LONG', clientId: 'web', methods: ['PASSWORD'] },
    device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' },
    ...{ ip: '198.51.100.7', userAgent: null, refreshDigest: digest(), shownDevice, newDevice },
    subject: userId,
    assurance: 'AAL1',
    ticket: null,
    trustsDevice: false,
    grant: null,
    passwordTriedAt: null,
    factorVersion: 0,
  })
  return newDevice
}

const attempt = { action: 'session.start', outcome: 'FAILURE', subjectId: null, by: someActor() } as const
const failed = (subject: string) => failures.fail({ attempt, subject, unverifiedUserId: null })

/** As if the time in which attempts are counted together had passed. */
async function passWindow(userId: string) {
  await owner`update auth.sign_in_failures set window_started_at = now() - interval '16 minutes' where subject = ${userId}`
  await owner`update auth.devices set window_started_at = now() - interval '16 minutes'`
}

test('7.3: however many callers race, exactly ten attempts are allowed', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const subject = someUserId()
    const outcomes = await race(() => failures.reserve(subject, null))

    expect(outcomes.filter(({ allowed }) => allowed)).toHaveLength(ACCOUNT_FAILURES.max)
  }
})

test('7.1: a new window allows ten more, until a hundred in a row have failed', async () => {
  const subject = someUserId()
  let allowed = 0
  for (let window = 0; window < 12; window++) {
    const outcomes = await race(() => failures.reserve(subject, null))
    allowed += outcomes.filter((outcome) => outcome.allowed).length
    await owner`update auth.sign_in_failures set window_started_at = now() - interval '16 minutes' where subject = ${subject}`
  }

  expect(allowed).toBe(ACCOUNT_FAILURES.hardStop)
})

test('7.4: a failure is one statement whether or not there is something to tell', async () => {
  const attempt = { action: 'session.start', outcome: 'FAILURE', subjectId: null, by: someActor() } as const
  const count = async (userId: string | null) => {
    const before = sent
    await failures.fail({ attempt, subject: 'nobody', unverifiedUserId: userId })
    return sent - before
  }
  const unverified = someUserId()

  expect([await count(null), await count(unverified)]).toEqual([1, 1])
  expect(
    await owner`select 1 from auth.outbox where name = 'audit.recorded' and payload->>'action' = 'session.start' and payload->>'outcome' = 'FAILURE'`,
  ).toHaveLength(2)
  expect(await owner`select 1 from auth.outbox where name = 'sign-in.unverified'`).toHaveLength(1)
})

test('7.1: a known device has five attempts of its own where the account has none left, however many race', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = someUserId()
    const device = await signIn(userId)
    await race(() => failures.reserve(userId, null))

    const outcomes = await race(() => failures.reserve(userId, device))

    expect(allowedOf(outcomes)).toBe(DEVICE_FAILURES.max)
    expect(await failures.reserve(userId, null)).toMatchObject({ allowed: false })
  }
})

test("7.1: a device that is not known, or is somebody else's, has no attempts of its own", async () => {
  const [ada, bob] = [someUserId(), someUserId()]
  const adas = await signIn(ada)
  for (const subject of [bob, 'a stranger']) {
    await race(() => failures.reserve(subject, null))

    expect(await failures.reserve(subject, adas)).toMatchObject({ allowed: false })
    expect(await failures.reserve(subject, digest())).toMatchObject({ allowed: false })
  }
})

test('7.1: a known device has five more in the next window, and after a success', async () => {
  const userId = someUserId()
  const device = await signIn(userId)
  const exhaust = async () => {
    await race(() => failures.reserve(userId, null))
    return allowedOf(await race(() => failures.reserve(userId, device)))
  }

  expect(await exhaust()).toBe(5)
  await passWindow(userId)
  expect(await exhaust()).toBe(5)
  await signIn(userId, device)
  expect(await exhaust()).toBe(5)
})

test('13.1: sign-ins from a known device and tries from it take their locks in one order, so none waits for ever', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = someUserId()
    const device = await signIn(userId)
    await race(() => failures.reserve(userId, null))

    const outcomes = await Promise.allSettled(
      Array.from({ length: RACERS }, (_, n) =>
        n % 2 ? signIn(userId, device) : failures.reserve(userId, device),
      ),
    )

    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  }
})

test('7.1: a hundred in a row is the end for known devices too', async () => {
  const userId = someUserId()
  const device = await signIn(userId)
  let allowed = 0
  for (let window = 0; window < 12; window++) {
    allowed += allowedOf(await race(() => failures.reserve(userId, device)))
    await passWindow(userId)
  }

  expect(allowed).toBe(ACCOUNT_FAILURES.hardStop)
})

test('7.4: an attempt from a device costs as many statements whether or not there is such an account', async () => {
  const [userId, stranger] = [someUserId(), 'a stranger']
  const device = await signIn(userId)
  const count = async (subject: string) => {
    await race(() => failures.reserve(subject, null))
    const before = sent
    await failures.reserve(subject, device)
    return sent - before
  }

  expect([await count(userId), await count(stranger)]).toEqual([2, 2])
})

test('7.5: of many sign-ins at once after failures one tells of them, and attempts that did not fail are none', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = someUserId()
    const device = await signIn(userId)
    for (let count = 0; count < 4; count++) {
      await failures.reserve(userId, null)
      await failed(userId)
    }
    await race(async () => {
      await failures.reserve(userId, device)
      await signIn(userId, device)
    })

    const told = await owner`select payload->'failuresBefore' as failures from auth.outbox
      where name = 'session.started' and payload->>'userId' = ${userId}`
    expect(told.map((row) => row['failures']).filter((count) => count !== 0)).toEqual([4])
  }
})

describe('an attempt that nobody could judge', () => {
  const countOf = async (subject: string) =>
    (await owner`select attempts, consecutive from auth.sign_in_failures where subject = ${subject}`)[0]

  test('13.1: is given back, however many at once, and the account has all of its own left', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const subject = someUserId()

      await race(async () => {
        const { allowed } = await failures.reserve(subject, null)
        await failures.giveBack({ subject, shownDevice: null, allowed })
      })

      expect(await countOf(subject)).toEqual({ attempts: 0, consecutive: 0 })
      expect(allowedOf(await race(() => failures.reserve(subject, null)))).toBe(ACCOUNT_FAILURES.max)
    }
  })

  test('7.1: gives nobody more than they had: a wrong one stays counted, and one refused unseen was none in a row', async () => {
    const subject = someUserId()
    for (let count = 0; count <= ACCOUNT_FAILURES.max; count++) await failures.reserve(subject, null)

    await failures.giveBack({ subject, shownDevice: null, allowed: false })

    expect(await countOf(subject)).toEqual({
      attempts: ACCOUNT_FAILURES.max,
      consecutive: ACCOUNT_FAILURES.max,
    })
    expect(await failures.reserve(subject, null)).toMatchObject({ allowed: false })
  })

  test('7.1: of a device that is known goes back to the device', async () => {
    const [subject, device] = [someUserId(), digest()]
    await signIn(subject, null, device)
    for (let count = 0; count < ACCOUNT_FAILURES.max; count++) await failures.reserve(subject, null)

    for (let count = 0; count <= DEVICE_FAILURES.max; count++) {
      const { allowed } = await failures.reserve(subject, device)
      expect(allowed).toBe(true)
      await failures.giveBack({ subject, shownDevice: device, allowed })
    }
  })
})
