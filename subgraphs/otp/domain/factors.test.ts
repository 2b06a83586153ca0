import { someActor } from '../../shared/test/requests.js'
import type { FactorStore } from './factor-ports.js'
import { makeFactors } from './factors.js'

const ADA = 'usr_ada'
const AT = new Date(0)
/** Whose password is too short to stand alone. */
const BOB = 'usr_bob'
/** Of whom a role demands a factor. */
const CLERK = 'usr_clerk'
const by = someActor()
const KEPT = { salt: new Uint8Array([1]), digests: [] }

/** An app whose only good code is that of step 7. */
function kit(store: Partial<FactorStore> = {}) {
  const spent: unknown[] = []
  const unexpected = async () => {
    throw new Error('not expected')
  }
  const factors: FactorStore = {
    ...{ findMany: unexpected, beginEnrollment: unexpected, tryEnrollment: unexpected, reset: unexpected },
    ...{ confirmEnrollment: unexpected, removeTotp: unexpected, renewRecoveryCodes: unexpected },
    ...{ enrolSms: unexpected, removeSms: unexpected, isOtherNumber: unexpected },
    ...{ tryRecovery: unexpected, spendRecovery: unexpected, deleteOld: unexpected },
    tryTotp: async () => ({ kind: 'counted', sealedSecret: 'sealed', step: 7 }),
    async spendStep(_userId, step) {
      spent.push(step)
      return true
    },
    ...store,
  }
  const made = makeFactors({
    factors,
    newEnrollmentId: () => 'enr_1',
    isFactorDemanded: async (userId) => userId === CLERK,
    mayLoseFactors: async (userId) => userId !== BOB,
    totp: {
      newSecret: () => 'secret',
      seal: async (secret) => `sealed ${secret}`,
      open: async (sealed) => sealed.replace('sealed ', ''),
      stepOf: (_secret, code, step) => (code === '123456' && step === 7 ? 7 : null),
    },
    recovery: {
      make: async () => ({ shown: ['aaaa-bbbb'], kept: KEPT }),
      read: (typed) => (typed === 'recovery' ? 'code' : null),
      digest: async (salt, code) => new TextEncoder().encode(`${salt} ${code}`),
    },
  })
  return { ...made, spent }
}

describe('a code of an app', () => {
  test('is right once: it is spent with its step', async () => {
    const { check, spent } = kit()

    expect(await check(ADA, 'TOTP', '123 456')).toEqual({ kind: 'right' })
    expect(spent).toEqual([7])
  })

  test('8.4: is wrong where its step was spent before', async () => {
    const { check } = kit({ spendStep: async () => false })

    expect(await check(ADA, 'TOTP', '123456')).toEqual({ kind: 'wrong' })
  })

  test('is not even looked at beyond the limit, nor counted where it can be nobody’s', async () => {
    const limited = kit({ tryTotp: async () => ({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }) })
    const { check, spent } = kit({
      tryTotp: async () => {
        throw new Error('not expected')
      },
    })

    expect(await limited.check(ADA, 'TOTP', '123456')).toEqual({
      kind: 'refused',
      reason: 'TOO_MANY_ATTEMPTS',
    })
    expect(await check(ADA, 'TOTP', 'what?')).toEqual({ kind: 'wrong' })
    expect(spent).toEqual([])
  })
})

describe('a recovery code', () => {
  test('8.5: is right where there is one of its digest', async () => {
    const asked: string[] = []
    const { check } = kit({
      tryRecovery: async () => ({ kind: 'counted', salt: new Uint8Array([9]) }),
      async spendRecovery(_userId, digest) {
        asked.push(new TextDecoder().decode(digest))
        return true
      },
    })

    expect(await check(ADA, 'RECOVERY_CODE', 'recovery')).toEqual({ kind: 'right' })
    expect(await check(ADA, 'RECOVERY_CODE', 'x')).toEqual({ kind: 'wrong' })
    expect(asked).toEqual(['9 code'])
  })

  test('8.5: is wrong where there is none of its digest, or no more', async () => {
    const { check } = kit({
      tryRecovery: async () => ({ kind: 'counted', salt: new Uint8Array([9]) }),
      spendRecovery: async () => false,
    })

    expect(await check(ADA, 'RECOVERY_CODE', 'recovery')).toEqual({ kind: 'wrong' })
  })
})

describe('enrolling an app', () => {
  const begun: Partial<FactorStore> = {
    tryEnrollment: async () => ({ kind: 'counted', sealedSecret: 'sealed', step: 7 }),
  }
  const confirm = (store: Partial<FactorStore>, code = '123456') =>
    kit({ ...begun, ...store }).confirmTotp({ userId: ADA, enrollmentId: 'enr_1', code, isFirst: false }, by)

  test('shows a secret, of which only the seal is kept', async () => {
    const kept: unknown[] = []
    const { beginTotp } = kit({ beginEnrollment: async (enrollment) => void kept.push(enrollment) })

    expect(await beginTotp(ADA)).toEqual({ enrollmentId: 'enr_1', secret: 'secret' })
    expect(kept).toEqual([{ id: 'enr_1', userId: ADA, sealedSecret: 'sealed secret' }])
  })

  test('8.4: takes one right code, whose step is spent by that; codes are shown only where they are new', async () => {
    const steps: number[] = []
    const confirmed = (codesGiven: boolean): Partial<FactorStore> => ({
      async confirmEnrollment({ step }, codes) {
        steps.push(step)
        expect(codes).toBe(KEPT)
        return { codesGiven, at: AT }
      },
    })

    expect(await confirm(confirmed(true))).toEqual({ kind: 'enrolled', recoveryCodes: ['aaaa-bbbb'], at: AT })
    expect(await confirm(confirmed(false))).toEqual({ kind: 'enrolled', recoveryCodes: null, at: AT })
    expect(steps).toEqual([7, 7])
  })

  test.each<[string, Partial<FactorStore>, string, string, string]>([
    ['a wrong code', {}, '654321', 'INVALID_CODE', 'code'],
    ['what is no code', {}, 'x', 'INVALID_CODE', 'code'],
    [
      'too many codes',
      { tryEnrollment: async () => ({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }) },
      '123456',
      'TOO_MANY_ATTEMPTS',
      'enrollmentId',
    ],
    ['another who was first', { confirmEnrollment: async () => null }, '123456', 'EXPIRED', 'enrollmentId'],
  ])('is refused for %s', async (_, store, code, problem, field) => {
    expect(await confirm(store, code)).toEqual({
      kind: 'refused',
      problems: [{ code: problem, field: [field] }],
    })
  })
})

test('nothing is taken from who has nothing', async () => {
  const { removeTotp, renewRecoveryCodes } = kit({
    removeTotp: async () => 'NONE',
    renewRecoveryCodes: async () => false,
  })

  expect(await removeTotp(ADA, by)).toEqual({ kind: 'refused', problems: [{ code: 'NOT_ENROLLED' }] })
  expect(await renewRecoveryCodes(ADA, by)).toEqual({ kind: 'refused', problems: [{ code: 'NOT_ENROLLED' }] })
})

test('8.6: the last factor of somebody of whom a role demands one is kept', async () => {
  const asked: boolean[] = []
  const { removeTotp } = kit({
    async removeTotp(_userId, { keepsLast }) {
      asked.push(keepsLast)
      return keepsLast ? 'LAST' : 'REMOVED'
    },
  })

  expect(await removeTotp(ADA, by)).toEqual({ kind: 'removed' })
  expect(await removeTotp(CLERK, by)).toEqual({ kind: 'refused', problems: [{ code: 'LAST_CREDENTIAL' }] })
  expect(await removeTotp(BOB, by)).toEqual({ kind: 'refused', problems: [{ code: 'PASSWORD_TOO_SHORT' }] })
  expect(asked).toEqual([false, true, true])
})
