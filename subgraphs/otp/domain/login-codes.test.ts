import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { someActor } from '../../shared/test/requests.js'
import { CODE, createUseCases, someAccount, WRONG } from '../test/use-cases.js'

const EMAIL = 'ada@acme.test'
const NUMBER = '+4915112345678'

const byMail = { purpose: 'LOGIN', channel: 'EMAIL', identifier: { email: EMAIL } } as const
const byText = { purpose: 'LOGIN', channel: 'SMS', identifier: { phoneNumber: NUMBER } } as const

const someActive = (changes = {}) =>
  someAccount({ status: 'ACTIVE', emailVerified: true, phoneNumberVerified: true, ...changes })

const idOf = (sent: { kind: string }) => ('challengeId' in sent ? String(sent.challengeId) : '')

describe('a code to sign in with', () => {
  test.each([
    ['EMAIL', byMail, EMAIL],
    ['SMS', byText, NUMBER],
  ] as const)(
    'goes by %s to an address that was proved, and its grant says so',
    async (channel, request, address) => {
      const account = someActive()
      const { generateOtp, validateOtp, codes } = createUseCases({ [address]: account })

      const sent = await generateOtp(request)
      const valid = await validateOtp({ challengeId: idOf(sent), code: CODE }, someActor())

      expect(codes.told).toMatchObject([{ userId: account.id }])
      expect(valid.kind === 'valid' && JSON.parse(valid.grant)).toMatchObject({
        ...{ userId: account.id, purpose: 'LOGIN', channel },
        addressDigest: addressDigest(idOf(sent), address),
      })
    },
  )

  test('goes to the mailbox of a username, which no answer tells', async () => {
    const account = someActive({ email: EMAIL })
    const { generateOtp, validateOtp, codes } = createUseCases({ ada: account, [EMAIL]: account })
    const byName = { ...byMail, identifier: { username: 'ada' } }

    const named = await generateOtp(byName)
    const valid = await validateOtp({ challengeId: idOf(named), code: CODE }, someActor())
    const byAddress = await generateOtp(byMail)

    expect(named).toMatchObject({ kind: 'sent', destinationMasked: null, resendAfter: 60 })
    expect(valid.kind === 'valid' && JSON.parse(valid.grant)).toMatchObject({
      ...{ userId: account.id, addressDigest: addressDigest(idOf(named), EMAIL) },
    })
    expect(byAddress).toMatchObject({ kind: 'sent', resendAfter: 60 })
    expect(codes.told).toHaveLength(1)
  })

  test('8.2: a right code is wrong once its person has had twenty wrong ones by another name', async () => {
    const account = someActive({ email: EMAIL })
    const { generateOtp, validateOtp, pass } = createUseCases({ ada: account, [EMAIL]: account })
    for (let challenge = 0; challenge < 4; challenge += 1) {
      const challengeId = idOf(await generateOtp(byMail))
      for (let tried = 0; tried < 5; tried += 1) await validateOtp({ challengeId, code: WRONG }, someActor())
      pass(1000)
    }
    const byName = () => generateOtp({ ...byMail, identifier: { username: 'ada' } })

    const right = await validateOtp({ challengeId: idOf(await byName()), code: CODE }, someActor())
    pass(86_400)
    const later = await validateOtp({ challengeId: idOf(await byName()), code: CODE }, someActor())

    expect(right).toEqual({ kind: 'refused', reason: 'INVALID_CODE', attemptsRemaining: 4 })
    expect(later).toMatchObject({ kind: 'valid' })
  })

  test('8.8: is texted to a number that is named, never to that of a username', async () => {
    const { generateOtp, codes } = createUseCases({ ada: someActive() })

    expect(await generateOtp({ ...byText, identifier: { username: 'ada' } })).toMatchObject({ kind: 'sent' })
    expect(codes.told).toEqual([])
  })

  test('9.8: goes to who waits for the end of their account', async () => {
    const { generateOtp, codes } = createUseCases({ [EMAIL]: someActive({ status: 'PENDING_DELETION' }) })

    await generateOtp(byMail)

    expect(codes.told).toHaveLength(1)
  })

  test.each([
    ['nobody', {}],
    ['an address that nobody proved', { [EMAIL]: someActive({ emailVerified: false }) }],
    ['an account that waits for its proof', { [EMAIL]: someAccount() }],
    ['a disabled account', { [EMAIL]: someActive({ status: 'DISABLED' }) }],
    ['a locked account', { [EMAIL]: someActive({ status: 'LOCKED' }) }],
  ])('7.4: looks the same for %s, and goes to nobody', async (_, accounts) => {
    const [real, decoy] = [createUseCases({ [EMAIL]: someActive() }), createUseCases(accounts)]

    const [toReal, toDecoy] = [await real.generateOtp(byMail), await decoy.generateOtp(byMail)]

    expect({ ...toDecoy, challengeId: null }).toEqual({ ...toReal, challengeId: null })
    expect(decoy.asked).toEqual(real.asked)
    expect(decoy.codes.size()).toBe(real.codes.size())
    expect(decoy.codes.told).toEqual([])
    const guessed = await decoy.validateOtp({ challengeId: idOf(toDecoy), code: CODE }, someActor())
    expect(guessed).toMatchObject({ kind: 'refused', reason: 'INVALID_CODE' })
  })

  test('8.6: is texted to no number that was not proved', async () => {
    const { generateOtp, codes } = createUseCases({ [NUMBER]: someActive({ phoneNumberVerified: false }) })

    expect(await generateOtp(byText)).toMatchObject({ kind: 'sent' })
    expect(codes.told).toEqual([])
  })
})
