import { someActor, someUserId } from '../../shared/test/requests.js'
import { CODE, createUseCases, someAccount } from '../test/use-cases.js'
import type { GenerateOtpInput } from './generate-otp.js'

const ADA = someUserId()
const NUMBER = '+4915112345678'
const PAY_OUT = { purpose: 'CUSTOM', channel: 'EMAIL', action: 'orders:pay-out', audience: 'orders' } as const

const setUp = (changes: Partial<ReturnType<typeof someAccount>> = {}) =>
  createUseCases({
    ada: someAccount({
      ...{
        id: ADA,
        email: 'ada@example.com',
        emailVerified: true,
        phoneNumber: NUMBER,
        phoneNumberVerified: true,
      },
      ...changes,
    }),
  })

const idOf = (sent: object): string => (sent as { challengeId: string }).challengeId
const problem = (code: string, field: string) => ({ kind: 'refused', problems: [{ code, field: [field] }] })

test.each([
  ['EMAIL', 'a•••@e•••.com'],
  ['SMS', '+•••78'],
] as const)(
  'a code by %s goes to who is signed in, for one action of one audience',
  async (channel, destinationMasked) => {
    const { generateOtp, validateOtp, codes } = setUp()

    const sent = await generateOtp({ ...PAY_OUT, channel }, ADA)
    const valid = await validateOtp({ challengeId: idOf(sent), code: CODE }, someActor())

    expect(sent).toMatchObject({ kind: 'sent', destinationMasked })
    expect(codes.told).toMatchObject([{ userId: ADA }])
    expect(JSON.parse((valid as { grant: string }).grant)).toMatchObject({
      ...{ userId: ADA, purpose: 'CUSTOM', channel, flow: null },
      custom: { action: 'orders:pay-out', audience: 'orders' },
    })
  },
)

test.each<[string, Partial<GenerateOtpInput>, string, string]>([
  ['no action', { action: null }, 'REQUIRED', 'action'],
  ['an action in capitals', { action: 'Pay' }, 'INVALID', 'action'],
  ['an action that is too long', { action: 'a'.repeat(65) }, 'INVALID', 'action'],
  ['an action of more than a word', { action: 'pay\nout' }, 'INVALID', 'action'],
  ['no audience', { audience: null }, 'REQUIRED', 'audience'],
  ['an audience that is not listed', { audience: 'stock' }, 'INVALID', 'audience'],
  ['one of our own', { audience: 'auth' }, 'INVALID', 'audience'],
])('4.3: %s gets no code', async (_, input, code, field) => {
  const { generateOtp, codes } = setUp()

  expect(await generateOtp({ ...PAY_OUT, ...input }, ADA)).toEqual(problem(code, field))
  expect(codes.told).toEqual([])
})

test.each<[string, Parameters<typeof setUp>[0], 'EMAIL' | 'SMS', string]>([
  ['an address that is not proved', { emailVerified: false }, 'EMAIL', 'VERIFICATION_REQUIRED'],
  ['a number that is not proved', { phoneNumberVerified: false }, 'SMS', 'VERIFICATION_REQUIRED'],
  ['a number that gets no texts', { phoneNumber: '+79161234567' }, 'SMS', 'INVALID_PHONE'],
])('8.6: no code goes to %s', async (_, changes, channel, code) => {
  expect(await setUp(changes).generateOtp({ ...PAY_OUT, channel }, ADA)).toEqual(problem(code, 'channel'))
})

test('nobody who is not signed in gets one', async () => {
  expect(await setUp().generateOtp(PAY_OUT)).toEqual(problem('VERIFICATION_REQUIRED', 'channel'))
})
