import { randomBytes } from 'node:crypto'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import { type FactorStore, NO_FACTORS } from '../domain/factor-ports.js'
import { WRONG_CODES } from '../limits.js'
import { otpSchema } from '../subgraph.js'
import { followNumber } from './change-factors.js'
import { smsNumbers } from './factor-tables.js'
import { createFactorStore } from './factors.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const MAX_WRONG = WRONG_CODES[0]?.max ?? 0

let server: TestDatabase
let database: Database
let store: FactorStore

beforeAll(async () => {
  server = await createTestDatabase([otpSchema])
  database = connectDatabase({ url: server.urlOf('otp'), name: 'otp-test' })
  store = createFactorStore(
    database.db,
    createOutbox(outbox, () => {}),
    { subjectOf: (userId) => Buffer.from(userId) },
  )
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select pg_sleep(0.01)`))
})
afterAll(async () => {
  await database.stop()
  await server.stop()
})

const by = someActor()
const uuidOf = (userId: string) => idToUuid(ID_PREFIXES.user, userId)
const race = <Result>(act: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: RACERS }, (_, index) => act(index)))
const someCodes = (count = 10) => ({
  salt: randomBytes(16),
  digests: Array.from({ length: count }, () => randomBytes(32)),
})

async function begun() {
  const enrollment = { id: newId(ID_PREFIXES.enrollment), userId: someUserId() }
  await store.beginEnrollment({ ...enrollment, sealedSecret: 'sealed' })
  return enrollment
}

/** Somebody with an app that spent its code of step 100, and recovery codes. */
async function someone() {
  const enrollment = await begun()
  const codes = someCodes()
  await store.confirmEnrollment({ ...enrollment, step: 100, isFirst: false }, codes, by)
  return { userId: enrollment.userId, codes }
}

const told = async (userId: string) =>
  (
    await database.client`select name, payload from otp.outbox
      where payload->>'userId' = ${userId} or payload->>'subjectId' = ${userId} order by id`
  ).map(({ payload }) => payload.change ?? payload.action)

const wrongOf = async (userId: string) =>
  (
    await database.client`select cardinality(moments) as count from otp.wrong_codes where key = ${Buffer.from(userId)}`
  )[0]?.['count'] ?? 0

const removing = { by, keepsLast: false }

test('8.6: of somebody who has to have one, the last stays, however many are taken away at once', async () => {
  const keeping = { by, keepsLast: true }
  for (let round = 0; round < ROUNDS; round++) {
    const { userId } = await someone()
    await store.enrolSms(
      userId,
      { digest: new Uint8Array(32), masked: '+49 *** 78' },
      { codes: someCodes(), by },
    )
    let index = 0
    const outcomes = await race(() =>
      index++ % 2 === 0 ? store.removeTotp(userId, keeping) : store.removeSms(userId, keeping),
    )

    expect(outcomes.filter((one) => one === 'REMOVED')).toHaveLength(1)
    expect(outcomes).toContain('LAST')
    const [left] = await store.findMany([userId])
    expect([left?.totp, left?.sms].filter(Boolean)).toHaveLength(1)
    expect(left?.recoveryCodes).toBe(10)
  }
})

test('8.6: taking a factor away is remembered by its version; enrolling one, or another in its place, is none', async () => {
  const { userId } = await someone()
  const versions = async () => {
    const [{ version, removedAtVersion } = NO_FACTORS] = await store.findMany([userId])
    return [version, removedAtVersion]
  }
  const enrol = async () => {
    const enrollment = { id: newId(ID_PREFIXES.enrollment), userId }
    await store.beginEnrollment({ ...enrollment, sealedSecret: 'sealed' })
    await store.confirmEnrollment({ ...enrollment, step: 200, isFirst: false }, someCodes(), by)
  }

  expect(await versions()).toEqual([1, 0])
  await store.enrolSms(userId, { digest: randomBytes(32), masked: '+•••78' }, { codes: someCodes(), by })
  await enrol()
  await store.renewRecoveryCodes(userId, someCodes(), by)
  expect(await versions()).toEqual([4, 0])
  await store.removeSms(userId, removing)
  expect(await versions()).toEqual([5, 5])
  await enrol()
  expect(await versions()).toEqual([6, 5])
  await store.reset(userId, { by, reason: 'lost' })
  expect(await versions()).toEqual([7, 7])
  await enrol()
  await store.removeTotp(userId, removing)
  expect(await versions()).toEqual([9, 9])
})

describe('enrolling an app, in Postgres', () => {
  test('8.4, 8.5: one of many who confirm does, and the first app brings recovery codes', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const enrollment = await begun()

      const confirmed = await race(() =>
        store.confirmEnrollment({ ...enrollment, step: 1, isFirst: true }, someCodes(), by),
      )

      expect(confirmed.filter(Boolean)).toEqual([{ codesGiven: true, at: expect.any(Date) }])
      expect(await store.findMany([enrollment.userId])).toMatchObject([{ recoveryCodes: 10 }])
      expect(await told(enrollment.userId)).toEqual(['TOTP_ENROLLED', 'mfa.enroll'])
    }
  })

  test('8.4: nothing is confirmed of an enrolment that another took the place of, nor once it is over', async () => {
    const [replaced, over] = [await begun(), await begun()]
    const newer = { id: newId(ID_PREFIXES.enrollment), userId: replaced.userId }
    await store.beginEnrollment({ ...newer, sealedSecret: 'sealed' })
    await database.client`update otp.totp_enrollments set expires_at = now() where user_id = ${uuidOf(over.userId)}`
    const confirm = (enrollment: typeof newer) =>
      store.confirmEnrollment({ ...enrollment, step: 1, isFirst: true }, someCodes(), by)

    expect([await confirm(replaced), await confirm(over)]).toEqual([null, null])
    expect(await confirm(newer)).toMatchObject({ codesGiven: true })
  })

  test('a second app takes the place of the first, and recovery codes stay as they are', async () => {
    const { userId, codes } = await someone()
    const id = newId(ID_PREFIXES.enrollment)
    await store.beginEnrollment({ id, userId, sealedSecret: 'other' })

    expect(
      await store.confirmEnrollment({ id, userId, step: 7, isFirst: false }, someCodes(), by),
    ).toMatchObject({
      codesGiven: false,
    })
    expect(await store.tryTotp(userId)).toMatchObject({ kind: 'counted', sealedSecret: 'other' })
    expect(await store.spendRecovery(userId, codes.digests[3] ?? codes.salt)).toBe(true)
  })

  test('8.6: one that must be the first never comes after another factor, however many there are at once', async () => {
    const number = { digest: new Uint8Array(32), masked: '+49 *** 78' }
    const { userId } = await someone()
    const late = { id: newId(ID_PREFIXES.enrollment), userId }
    await store.beginEnrollment({ ...late, sealedSecret: 'theirs' })
    const second = await store.confirmEnrollment({ ...late, step: 7, isFirst: true }, someCodes(), by)

    expect(second).toBeNull()
    expect(await store.tryTotp(userId)).toMatchObject({ sealedSecret: 'sealed' })
    for (let round = 0; round < ROUNDS; round++) {
      const enrollment = await begun()
      let index = 0
      await race<unknown>(() =>
        index++ % 2 === 0
          ? store.confirmEnrollment({ ...enrollment, step: 1, isFirst: true }, someCodes(), by)
          : store.enrolSms(enrollment.userId, number, { codes: someCodes(), by }),
      )
      const changes = (await told(enrollment.userId)).filter((change) => /^[A-Z]/.test(change))
      expect([['SMS_ENROLLED'], ['TOTP_ENROLLED', 'SMS_ENROLLED']]).toContainEqual(changes)
    }
  })

  test('is tried five times, within ten minutes, and by nobody else', async () => {
    const enrollment = await begun()
    const tries = await race(() => store.tryEnrollment(enrollment))
    const late = await begun()
    await database.client`update otp.totp_enrollments set expires_at = now() where user_id =
      (select user_id from otp.totp_enrollments order by expires_at desc limit 1)`

    expect(tries.filter(({ kind }) => kind === 'counted')).toHaveLength(5)
    expect(tries).toContainEqual({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' })
    expect(await store.tryEnrollment(late)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    expect(await store.tryEnrollment({ ...(await begun()), userId: someUserId() })).toEqual({
      kind: 'refused',
      reason: 'EXPIRED',
    })
  })
})

describe('a code of an app, in Postgres', () => {
  test('8.4: is spent once, by one of many, and no step before it is good any more', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { userId } = await someone()

      const spent = await race(() => store.spendStep(userId, 101))

      expect(spent.filter(Boolean)).toHaveLength(1)
      expect(await store.spendStep(userId, 100)).toBe(false)
      expect(await store.spendStep(userId, 102)).toBe(true)
    }
  })

  test('8.4: the one that confirmed the app is spent with it', async () => {
    const { userId } = await someone()

    expect([await store.spendStep(userId, 99), await store.spendStep(userId, 100)]).toEqual([false, false])
    expect(await store.spendStep(userId, 101)).toBe(true)
  })

  test('8.2: twenty wrong ones in a day, of whatever kind, and no more is looked at', async () => {
    const { userId } = await someone()

    const tries: { kind: string }[] = await race<{ kind: string }>((index) =>
      index % 2 === 0 ? store.tryTotp(userId) : store.tryRecovery(userId),
    )

    expect(tries.filter(({ kind }) => kind === 'counted')).toHaveLength(MAX_WRONG)
    expect(tries).toContainEqual({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' })
    expect(await wrongOf(userId)).toBe(MAX_WRONG)
  })

  test('a right one is not counted as a wrong one', async () => {
    const { userId, codes } = await someone()
    await store.tryTotp(userId)
    await store.tryTotp(userId)
    await store.spendStep(userId, 101)
    await store.tryRecovery(userId)
    await store.spendRecovery(userId, codes.digests[0] ?? codes.salt)

    expect(await wrongOf(userId)).toBe(1)
  })
})

const someNumber = () => ({ digest: randomBytes(32), masked: '+•••78' })

describe('texts as second factor, in Postgres', () => {
  test('8.5: one of many who enrol them is told of, and the first factor brings recovery codes', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [userId, number] = [someUserId(), someNumber()]

      const enrolled = await race(() => store.enrolSms(userId, number, { codes: someCodes(), by }))

      expect(enrolled.filter(({ codesGiven }) => codesGiven)).toHaveLength(1)
      expect(await store.findMany([userId])).toMatchObject([
        { totp: null, sms: { destinationMasked: '+•••78', lastUsedAt: null }, recoveryCodes: 10, version: 1 },
      ])
      expect(await told(userId)).toEqual(['SMS_ENROLLED', 'mfa.enroll-sms'])
    }
  }, 60_000)

  test('8.6: go to the number that they were enrolled for, until they are enrolled for another', async () => {
    const [userId, one, other] = [someUserId(), someNumber(), someNumber()]
    await store.enrolSms(userId, one, { codes: someCodes(), by })
    const before = [
      await store.isOtherNumber(userId, one.digest),
      await store.isOtherNumber(userId, other.digest),
    ]

    await store.enrolSms(userId, { ...other, masked: '+•••99' }, { codes: someCodes(), by })

    expect(before).toEqual([false, true])
    expect(await store.isOtherNumber(userId, one.digest)).toBe(true)
    expect(await store.isOtherNumber(userId, other.digest)).toBe(false)
    expect(await store.isOtherNumber(someUserId(), one.digest)).toBe(false)
    expect(await store.findMany([userId])).toMatchObject([
      { sms: { destinationMasked: '+•••99' }, recoveryCodes: 10, version: 2 },
    ])
  })

  test('8.6: follow their owner to another number, and leave the old one; nothing is followed where they are no factor', async () => {
    const [userId, one, other] = [someUserId(), someNumber(), { ...someNumber(), masked: '+•••99' }]
    const follow = (id: string) => database.db.transaction((tx) => followNumber(tx, id, other))
    const stranger = someUserId()
    await store.enrolSms(userId, one, { codes: someCodes(), by })

    await follow(userId)
    await follow(stranger)
    await store.enrolSms(userId, other, { codes: someCodes(), by })

    expect(await store.isOtherNumber(userId, one.digest)).toBe(true)
    expect(await store.isOtherNumber(userId, other.digest)).toBe(false)
    expect(await store.findMany([userId])).toMatchObject([
      { sms: { destinationMasked: '+•••99' }, version: 1 },
    ])
    expect(await store.findMany([stranger])).toMatchObject([{ sms: null }])
    expect(
      await database.client`select 1 from otp.sms_numbers where digest = ${Buffer.from(other.digest)}`,
    ).toHaveLength(1)
  })

  test('8.6: that may go to several numbers, from before, go to one alone once they are enrolled anew', async () => {
    const [userId, one, other] = [someUserId(), someNumber(), someNumber()]
    await store.enrolSms(userId, one, { codes: someCodes(), by })
    await database.db.insert(smsNumbers).values({ userId, digest: other.digest })

    await store.enrolSms(userId, one, { codes: someCodes(), by })

    expect(await store.isOtherNumber(userId, one.digest)).toBe(false)
    expect(await store.isOtherNumber(userId, other.digest)).toBe(true)
  })

  test('recovery codes stay while there is an app, and go with whichever factor is the last', async () => {
    const { userId, codes } = await someone()
    const added = await store.enrolSms(userId, someNumber(), { codes: someCodes(), by })
    await store.removeTotp(userId, removing)
    const left = await store.spendRecovery(userId, codes.digests[0] ?? codes.salt)
    const renewed = await store.renewRecoveryCodes(userId, someCodes(), by)

    expect([added.codesGiven, left, renewed]).toEqual([false, true, true])
    expect(await store.removeSms(userId, removing)).toBe('REMOVED')
    expect(await store.removeSms(userId, removing)).toBe('NONE')
    expect(await store.findMany([userId])).toMatchObject([{ totp: null, sms: null, recoveryCodes: 0 }])
    expect((await told(userId)).slice(-2)).toEqual(['SMS_REMOVED', 'mfa.remove-sms'])
    expect(
      await database.client`select 1 from otp.sms_numbers
      where user_id in (select user_id from otp.factor_versions) and user_id not in (select user_id from otp.sms_factors)`,
    ).toEqual([])
  })

  test('a reset takes both', async () => {
    const { userId } = await someone()
    await store.enrolSms(userId, someNumber(), { codes: someCodes(), by })

    expect(await store.reset(userId, { by, reason: 'lost' })).toBe(true)
    expect(await store.findMany([userId])).toMatchObject([{ totp: null, sms: null, recoveryCodes: 0 }])
  })

  test('two factors that are removed at once leave no codes, and one that comes meanwhile has some', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [both, changing] = [await someone(), await someone()]
      await store.enrolSms(both.userId, someNumber(), { codes: someCodes(), by })

      await race<unknown>((index) =>
        index % 2 ? store.removeTotp(both.userId, removing) : store.removeSms(both.userId, removing),
      )
      await race<unknown>((index) =>
        index % 2
          ? store.removeTotp(changing.userId, removing)
          : store.enrolSms(changing.userId, someNumber(), { codes: someCodes(), by }),
      )

      expect(await store.findMany([both.userId])).toMatchObject([{ totp: null, sms: null, recoveryCodes: 0 }])
      expect(await store.findMany([changing.userId])).toMatchObject([
        { totp: null, sms: expect.anything(), recoveryCodes: 10 },
      ])
    }
  }, 60_000)
})

describe('recovery codes, in Postgres', () => {
  test('8.5: one of many uses a code, once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { userId, codes } = await someone()
      const [digest = codes.salt] = codes.digests

      const used = await race(() => store.spendRecovery(userId, digest))

      expect(used.filter(Boolean)).toHaveLength(1)
      expect(await store.findMany([userId])).toMatchObject([{ recoveryCodes: 9 }])
    }
  })

  test('8.5: new ones take the place of all old ones, though many ask at once', async () => {
    const { userId, codes } = await someone()

    await race(() => store.renewRecoveryCodes(userId, someCodes(), by))

    expect(await store.findMany([userId])).toMatchObject([{ recoveryCodes: 10 }])
    expect(await store.spendRecovery(userId, codes.digests[0] ?? codes.salt)).toBe(false)
    expect(await store.renewRecoveryCodes(someUserId(), someCodes(), by)).toBe(false)
  })

  test('go with the last factor', async () => {
    const [ada, bob] = [await someone(), await someone()]

    expect(await store.removeTotp(ada.userId, removing)).toBe('REMOVED')
    expect(await store.removeTotp(ada.userId, removing)).toBe('NONE')
    expect(await store.reset(bob.userId, { by, reason: 'lost' })).toBe(true)

    expect(await store.findMany([ada.userId, bob.userId])).toMatchObject([
      { totp: null, recoveryCodes: 0, version: 2 },
      { totp: null, recoveryCodes: 0, version: 2 },
    ])
    expect(await store.tryTotp(ada.userId)).toEqual({ kind: 'refused', reason: 'NOT_ENROLLED' })
    expect(await store.tryRecovery(bob.userId)).toEqual({ kind: 'refused', reason: 'NOT_ENROLLED' })
    expect((await told(ada.userId)).slice(-2)).toEqual(['TOTP_REMOVED', 'mfa.remove'])
    expect((await told(bob.userId)).slice(-2)).toEqual(['RESET', 'mfa.reset'])
  })
})
