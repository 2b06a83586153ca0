import { someActor } from '../../shared/test/requests.js'
import { createUseCases } from '../test/use-cases.js'
import type { RecoveryRequest } from './open-recovery.js'

const BY = someActor()
const LONG = '00123456'
const ADA = { kind: 'email', value: 'ada@acme.test' } as const
const request = (changes: Partial<RecoveryRequest> = {}): RecoveryRequest => ({
  ...{ userId: 'usr_ada', channel: 'EMAIL', address: ADA, network: '10.0.0.1', ...changes },
})

test('8.1: a code that sets a password has eight digits, and becomes a grant for that alone', async () => {
  const { openRecovery, validateOtp, codes } = createUseCases()
  const opened = await openRecovery(request())
  const { challengeId } = opened as { challengeId: string }

  expect(opened).toMatchObject({ kind: 'sent', resendAfter: 60 })
  expect(await codes.findPurpose(challengeId)).toBe('PASSWORD_RESET')
  const valid = await validateOtp({ challengeId, code: LONG }, BY)
  expect(JSON.parse((valid as { grant: string }).grant)).toMatchObject({
    ...{ userId: 'usr_ada', purpose: 'PASSWORD_RESET' },
  })
})

test('8.1: sent again it stays as long, whatever purpose is named', async () => {
  const { openRecovery, generateOtp, validateOtp, pass } = createUseCases()
  const { challengeId } = (await openRecovery(request())) as { challengeId: string }
  pass(61)
  const again = await generateOtp({ purpose: 'EMAIL_VERIFICATION', channel: 'EMAIL', challengeId })

  expect(again).toMatchObject({ kind: 'sent', challengeId })
  expect(await validateOtp({ challengeId, code: LONG.slice(2) }, BY)).toMatchObject({ kind: 'refused' })
  expect(await validateOtp({ challengeId, code: LONG }, BY)).toMatchObject({ kind: 'valid' })
})

test('8.1: nobody gets a decoy, whose code opens nothing', async () => {
  const { openRecovery, validateOtp } = createUseCases()
  const opened = await openRecovery(request({ userId: null }))
  const { challengeId } = opened as { challengeId: string }

  expect(opened).toMatchObject({ kind: 'sent', resendAfter: 60 })
  expect(await validateOtp({ challengeId, code: LONG }, BY)).toMatchObject({ reason: 'INVALID_CODE' })
})

test('8.3: one a minute to an address, whoever it belongs to', async () => {
  const { openRecovery } = createUseCases()
  await openRecovery(request({ userId: null }))

  expect(await openRecovery(request())).toMatchObject({ kind: 'refused', reason: 'RATE_LIMITED' })
})

test('8.8: a number that may not be texted gets none', async () => {
  const { openRecovery } = createUseCases()
  const address = { kind: 'phoneNumber', value: '+12025550123' } as const

  expect(await openRecovery(request({ channel: 'SMS', address }))).toEqual({
    ...{ kind: 'refused', reason: 'NOT_TEXTABLE', retryAfter: null },
  })
})

test('a reset does not begin here', async () => {
  const { generateOtp } = createUseCases()
  const identifier = { email: 'ada@acme.test' }

  expect(await generateOtp({ purpose: 'PASSWORD_RESET', channel: 'EMAIL', identifier })).toEqual({
    ...{ kind: 'refused', problems: [{ code: 'INVALID', field: ['purpose'] }] },
  })
})
