import { someActor } from '../../shared/test/requests.js'
import { CODE, createUseCases, someAccount } from '../test/use-cases.js'
import type { GenerateOtpInput } from './generate-otp.js'

const ADA = 'ada@example.com'

const input = (changes: Partial<GenerateOtpInput> = {}): GenerateOtpInput => ({
  purpose: 'EMAIL_VERIFICATION',
  channel: 'EMAIL',
  identifier: { email: ADA },
  ...changes,
})

describe('generateOtp', () => {
  test('sends a sealed code for an address that waits for proof', async () => {
    const account = someAccount()
    const { generateOtp, codes } = createUseCases({ [ADA]: account })

    const sent = await generateOtp(input({ identifier: { email: 'Ada@EXAMPLE.com' } }))

    expect(sent).toEqual({
      kind: 'sent',
      challengeId: expect.stringMatching(/^chl_/),
      destinationMasked: 'a•••@e•••.com',
      expiresAt: new Date('2030-01-01T00:05:00Z'),
      resendAfter: 60,
    })
    expect(codes.told).toEqual([
      {
        challengeId: sent.kind === 'sent' && sent.challengeId,
        userId: account.id,
        sealedCode: `sealed ${CODE}`,
      },
    ])
  })

  test.each([
    ['an unknown address', {}, { email: ADA }],
    ['a verified address', { [ADA]: someAccount({ emailVerified: true }) }, { email: ADA }],
    ['a disabled account', { [ADA]: someAccount({ status: 'DISABLED' }) }, { email: ADA }],
    ['an account to be deleted', { [ADA]: someAccount({ status: 'PENDING_DELETION' }) }, { email: ADA }],
  ])('answers the same and sends nothing for %s (SECURITY 7.4, 8.1)', async (_, accounts, identifier) => {
    const real = createUseCases({ [ADA]: someAccount() })
    const decoy = createUseCases(accounts)

    const first = [await real.generateOtp(input()), await decoy.generateOtp(input({ identifier }))]
    const second = [await real.generateOtp(input()), await decoy.generateOtp(input({ identifier }))]

    for (const [toReal, toDecoy] of [first, second]) {
      expect({ ...toDecoy, challengeId: null }).toEqual({ ...toReal, challengeId: null })
    }
    expect(decoy.asked).toEqual(real.asked)
    expect(decoy.codes.size()).toBe(real.codes.size())
    expect(decoy.codes.told).toEqual([])
  })

  test('a username leads to a decoy without a mask (SECURITY 8.1)', async () => {
    const { generateOtp, codes, asked } = createUseCases({ ada: someAccount() })

    expect(await generateOtp(input({ identifier: { username: 'ada' } }))).toMatchObject({
      kind: 'sent',
      destinationMasked: null,
    })
    expect(asked).toEqual([{ kind: 'username', value: 'ada' }])
    expect(codes.told).toEqual([])
  })

  test('refuses a second code within a minute and says when (SECURITY 8.3)', async () => {
    const { generateOtp, pass } = createUseCases()
    await generateOtp(input())
    pass(20)

    expect(await generateOtp(input())).toEqual({
      kind: 'refused',
      problems: [{ code: 'RATE_LIMITED', field: ['identifier'], retryAfter: 40 }],
    })
    expect(await generateOtp(input({ identifier: { email: 'ada+work@example.com' } }))).toMatchObject({
      problems: [{ code: 'RATE_LIMITED' }],
    })
  })

  test('sends the same challenge again with a new code (SECURITY 8.1, 8.3)', async () => {
    const { generateOtp, validateOtp, nextCodes, pass } = createUseCases({ [ADA]: someAccount() })
    nextCodes.push('111111', '222222')
    const sent = await generateOtp(input())
    const challengeId = sent.kind === 'sent' ? sent.challengeId : ''
    pass(60)

    const again = await generateOtp(input({ identifier: null, challengeId }))

    expect(again).toMatchObject({ kind: 'sent', challengeId, destinationMasked: 'a•••@e•••.com' })
    expect(await validateOtp({ challengeId, code: '111111' }, someActor())).toMatchObject({
      reason: 'INVALID_CODE',
    })
    expect(await validateOtp({ challengeId, code: '222222' }, someActor())).toMatchObject({ kind: 'valid' })
  })

  test.each([
    [{ channel: 'SMS' }, 'INVALID', ['channel']],
    [{ purpose: 'PHONE_VERIFICATION' }, 'INVALID', ['channel']],
    [
      { purpose: 'PHONE_VERIFICATION', channel: 'SMS', identifier: { phoneNumber: '+41791234567' } },
      ...(['INVALID_PHONE', ['identifier', 'phoneNumber']] as const),
    ],
    [{ purpose: 'PROFILE_CHANGE' }, 'REQUIRED', ['contactChangeId']],
    [{ purpose: 'PROFILE_CHANGE', contactChangeId: 'ccg_1' }, 'NOT_FOUND', ['contactChangeId']],
    [{ identifier: null }, 'REQUIRED', ['identifier']],
    [{ identifier: { email: 'ada' } }, 'INVALID_EMAIL', ['identifier', 'email']],
    [{ challengeId: 'chl_1' }, 'EXPIRED', ['challengeId']],
  ] as const)('refuses %j before anything is asked or stored', async (changes, code, field) => {
    const { generateOtp, asked, codes } = createUseCases()

    expect(await generateOtp(input(changes))).toEqual({ kind: 'refused', problems: [{ code, field }] })
    expect(asked).toEqual([])
    expect(codes.size()).toBe(0)
  })
})
