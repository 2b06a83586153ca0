import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import { WRONG_CODES } from '../limits.js'
import { CODE, createUseCases, OTHER_NUMBER, someAccount, WRONG } from '../test/use-cases.js'
import type { GenerateOtpInput } from './generate-otp.js'

const NUMBER = '+4915112345678'
const ADA = someUserId()
const SESSION = 'ses_ada'
const BY_TICKET = { purpose: 'MFA', channel: 'SMS', loginTicket: 'half' } as const
const BY_STEP_UP = { purpose: 'MFA', channel: 'SMS', stepUpTicket: 'again' } as const

/** Somebody whose texts are a second factor, with a ticket of either kind. */
const setUp = (number: Partial<ReturnType<typeof someAccount>> = {}) =>
  createUseCases(
    { ada: someAccount({ id: ADA, phoneNumber: NUMBER, phoneNumberVerified: true, ...number }) },
    {},
    {
      'LOGIN half': { userId: ADA, methods: ['TOTP', 'OTP_SMS'] },
      'LOGIN other': { userId: ADA, methods: ['OTP_SMS'] },
      'LOGIN app': { userId: ADA, methods: ['TOTP'] },
      [`STEP_UP any ${SESSION}`]: { userId: ADA, methods: ['OTP_EMAIL', 'OTP_SMS'] },
      [`STEP_UP again ${SESSION}`]: { userId: ADA, methods: ['OTP_SMS'] },
    },
  )

const idOf = (sent: object): string => (sent as { challengeId: string }).challengeId
const problem = (code: string, field: string) => ({ kind: 'refused', problems: [{ code, field: [field] }] })

test.each([
  ['a sign-in', BY_TICKET, null, 'half'],
  ['a step-up', BY_STEP_UP, SESSION, 'again'],
] as const)(
  '8.6: a text for %s goes to the proved number, and its grant is for that alone',
  async (_, input, sessionId, ticket) => {
    const { generateOtp, validateOtp, codes } = setUp()

    const sent = await generateOtp(input, sessionId && ADA, sessionId)
    const valid = await validateOtp({ challengeId: idOf(sent), code: CODE }, someActor())

    expect(sent).toMatchObject({ kind: 'sent', destinationMasked: '+•••78' })
    expect(codes.told).toMatchObject([{ challengeId: idOf(sent), userId: ADA }])
    expect(JSON.parse((valid as { grant: string }).grant)).toMatchObject({
      ...{ userId: ADA, purpose: 'MFA', channel: 'SMS', flow: flowDigest(ticket) },
      addressDigest: addressDigest(idOf(sent), NUMBER),
    })
  },
)

test.each<[string, Partial<GenerateOtpInput>, string, string]>([
  ['no ticket', { loginTicket: null }, 'REQUIRED', 'loginTicket'],
  ['a made-up ticket', { loginTicket: 'made up' }, 'EXPIRED', 'loginTicket'],
  ['two tickets', { stepUpTicket: 'again' }, 'INVALID', 'stepUpTicket'],
  ['a step-up of another session', { loginTicket: null, stepUpTicket: 'again' }, 'EXPIRED', 'stepUpTicket'],
  ['a sign-in that takes an app alone', { loginTicket: 'app' }, 'INVALID', 'channel'],
  ['a mail', { channel: 'EMAIL' }, 'INVALID', 'channel'],
])('%s gets no code', async (_, input, code, field) => {
  const { generateOtp, codes } = setUp({ email: 'ada@example.com', emailVerified: true })

  expect(await generateOtp({ ...BY_TICKET, ...input }, ADA, 'ses_other')).toEqual(problem(code, field))
  expect(codes.told).toEqual([])
})

test.each<[string, Parameters<typeof setUp>[0], string]>([
  ['that is not proved', { phoneNumberVerified: false }, 'NOT_ENROLLED'],
  ['that was taken away', { phoneNumber: null, phoneNumberVerified: false }, 'NOT_ENROLLED'],
  ['that somebody else put there', { phoneNumber: OTHER_NUMBER }, 'NOT_ENROLLED'],
  ['of a country that gets no texts', { phoneNumber: '+79161234567' }, 'INVALID_PHONE'],
])('8.6: no code goes to a number %s', async (_, number, code) => {
  const { generateOtp, codes } = setUp(number)

  expect(await generateOtp(BY_TICKET)).toEqual(problem(code, 'channel'))
  expect(codes.told).toEqual([])
})

test('8.2: wrong codes count together, whichever ticket they are for', async () => {
  const { generateOtp, validateOtp, pass } = setUp()
  const max = WRONG_CODES[0]?.max ?? 0
  let last: object = {}
  for (let wrong = 0; wrong <= max; wrong++) {
    if (wrong % 4 === 0) {
      pass(3600)
      last = await generateOtp(wrong % 8 === 0 ? BY_TICKET : { ...BY_TICKET, loginTicket: 'other' })
    }
    const tried = await validateOtp({ challengeId: idOf(last), code: WRONG }, someActor())
    expect(tried).toMatchObject({ reason: wrong < max ? 'INVALID_CODE' : 'TOO_MANY_ATTEMPTS' })
  }
})

test('8.6: who has neither a password nor a factor gets a mail for a step-up, at the address that is proved', async () => {
  const own = { email: 'ada@example.com', emailVerified: true }
  const [{ generateOtp, validateOtp }, unproved] = [setUp(own), setUp({ ...own, emailVerified: false })]
  const input = { purpose: 'MFA', channel: 'EMAIL', stepUpTicket: 'any' } as const

  const sent = await generateOtp(input, ADA, SESSION)
  const valid = await validateOtp({ challengeId: idOf(sent), code: CODE }, someActor())

  expect(sent).toMatchObject({ kind: 'sent', destinationMasked: 'a•••@e•••.com' })
  expect(JSON.parse((valid as { grant: string }).grant)).toMatchObject({
    channel: 'EMAIL',
    flow: flowDigest('any'),
  })
  expect(await unproved.generateOtp(input, ADA, SESSION)).toEqual(problem('NOT_ENROLLED', 'channel'))
})

test('8.3: the number has its code of the minute, whatever it is for', async () => {
  const { generateOtp } = setUp()
  await generateOtp(BY_TICKET)

  expect(await generateOtp(BY_STEP_UP, ADA, SESSION)).toMatchObject(problem('RATE_LIMITED', 'channel'))
})
