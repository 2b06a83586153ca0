import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { someActor } from '../../shared/test/requests.js'
import { CODE, createUseCases, someAccount, WRONG } from '../test/use-cases.js'

const ADA = 'ada@example.com'

async function sentCode(accounts: Parameters<typeof createUseCases>[0] = { [ADA]: someAccount() }) {
  const useCases = createUseCases(accounts)
  const sent = await useCases.generateOtp({
    purpose: 'EMAIL_VERIFICATION',
    channel: 'EMAIL',
    identifier: { email: ADA },
  })
  if (sent.kind !== 'sent') throw new Error('no code was sent')
  const { challengeId } = sent
  return {
    ...useCases,
    challengeId,
    validate: (code: string) => useCases.validateOtp({ challengeId, code }, someActor()),
  }
}

const times = <Result>(count: number, act: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, act))

describe('validateOtp', () => {
  test('turns the right code into a grant, once (SECURITY 8.1)', async () => {
    const account = someAccount()
    const { validate, challengeId } = await sentCode({ [ADA]: account })

    const valid = await validate(CODE)

    expect(valid).toMatchObject({ kind: 'valid', expiresAt: new Date('2030-01-01T00:05:00Z') })
    expect(valid.kind === 'valid' && JSON.parse(valid.grant)).toEqual({
      userId: account.id,
      ...{ purpose: 'EMAIL_VERIFICATION', channel: 'EMAIL' },
      ...{
        challengeId,
        changeId: null,
        addressDigest: addressDigest(challengeId, ADA),
        flow: null,
        custom: null,
      },
      spentAt: '2030-01-01T00:00:00.000Z',
    })
    expect(await validate(CODE)).toEqual({ kind: 'refused', reason: 'EXPIRED', attemptsRemaining: null })
  })

  test('8.2: of many who have the right code at once one is let through, by any order of tries and spendings', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { validate } = await sentCode()

      const results = await Promise.all(Array.from({ length: 50 }, () => validate(CODE)))

      expect(results.filter(({ kind }) => kind === 'valid')).toHaveLength(1)
    }
  })

  test('says how many tries are left (SECURITY 8.1)', async () => {
    const { validate } = await sentCode()
    const left = []

    for (let tries = 0; tries < 5; tries += 1) {
      const result = await validate(WRONG)
      left.push(result.kind === 'refused' && result.attemptsRemaining)
    }

    expect(left).toEqual([4, 3, 2, 1, 0])
  })

  test('12.4: a wrong code is told to the audit log, a decoy’s as one of nobody known', async () => {
    const account = someAccount()
    const [real, decoy] = [await sentCode({ [ADA]: account }), await sentCode({})]

    for (const { validate } of [real, decoy]) {
      await validate(WRONG)
      await validate('no code')
    }

    const failed = { action: 'code.spend', outcome: 'FAILURE', detail: { purpose: 'EMAIL_VERIFICATION' } }
    expect(real.codes.failed).toMatchObject([{ ...failed, subjectId: account.id }])
    expect(decoy.codes.failed).toMatchObject([{ ...failed, subjectId: null }])
  })

  test('12.4: a wrong code is told of its person where their tries of the day are used up too', async () => {
    const account = someAccount({ status: 'ACTIVE', emailVerified: true, email: ADA })
    const { codes, generateOtp, validateOtp, pass } = createUseCases({ ada: account, [ADA]: account })
    const asked = { purpose: 'LOGIN', channel: 'EMAIL' } as const
    const tryAll = async (identifier: object) => {
      const sent = await generateOtp({ ...asked, identifier })
      const challengeId = sent.kind === 'sent' ? sent.challengeId : ''
      for (let tried = 0; tried < 5; tried += 1) await validateOtp({ challengeId, code: WRONG }, someActor())
      pass(1000)
    }

    for (let challenge = 0; challenge < 4; challenge += 1) await tryAll({ email: ADA })
    await tryAll({ username: 'ada' })

    expect(codes.failed).toHaveLength(25)
    expect(new Set(codes.failed.map(({ subjectId }) => subjectId))).toEqual(new Set([account.id]))
  })

  test('refuses the right code after five wrong ones (SECURITY 8.1)', async () => {
    const { validate } = await sentCode()
    await times(5, () => validate(WRONG))

    expect(await validate(CODE)).toEqual({
      kind: 'refused',
      reason: 'TOO_MANY_ATTEMPTS',
      attemptsRemaining: 0,
    })
  })

  test('refuses a code past its five minutes (SECURITY 8.1)', async () => {
    const { validate, pass } = await sentCode()
    pass(300)

    expect(await validate(CODE)).toMatchObject({ reason: 'EXPIRED' })
  })

  test('a decoy never succeeds, even with its own code, and answers alike (SECURITY 8.1)', async () => {
    const decoy = await sentCode({})
    const real = await sentCode()

    expect(await decoy.validate(CODE)).toEqual(await real.validate(WRONG))
    for (let tries = 0; tries < 6; tries += 1) {
      expect(await decoy.validate(WRONG)).toEqual(await real.validate(WRONG))
    }
    decoy.pass(300)
    real.pass(300)
    expect(await decoy.validate(WRONG)).toEqual(await real.validate(WRONG))
  })

  test('a code is worth nothing for another challenge, and one code is stored differently for each (SECURITY 8.1)', async () => {
    const useCases = createUseCases({ [ADA]: someAccount(), 'bob@example.com': someAccount() })
    const open = async (email: string) => {
      const sent = await useCases.generateOtp({
        purpose: 'EMAIL_VERIFICATION',
        channel: 'EMAIL',
        identifier: { email },
      })
      return sent.kind === 'sent' ? sent.challengeId : ''
    }
    const [adas, bobs] = [await open(ADA), await open('bob@example.com')]

    const attempts = [await useCases.codes.countAttempt(adas), await useCases.codes.countAttempt(bobs)]

    const [first, second] = attempts.map((attempt) => attempt.kind === 'counted' && attempt.digest)
    expect(first).not.toEqual(second)
    await useCases.validateOtp({ challengeId: adas, code: CODE }, someActor())
    expect(await useCases.codes.countAttempt(bobs)).toMatchObject({ kind: 'counted', attemptsRemaining: 3 })
  })

  test('what cannot be a code costs no try', async () => {
    const { validate } = await sentCode()

    expect(await validate('12345')).toEqual({
      kind: 'refused',
      reason: 'INVALID_CODE',
      attemptsRemaining: null,
    })
    expect(await validate(WRONG)).toMatchObject({ attemptsRemaining: 4 })
  })

  test('an unknown challenge answers like one that is over', async () => {
    const { validateOtp } = createUseCases()

    expect(await validateOtp({ challengeId: 'chl_1', code: CODE }, someActor())).toMatchObject({
      reason: 'EXPIRED',
    })
  })
})
