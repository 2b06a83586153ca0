import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { someActor } from '../../shared/test/requests.js'
import { CODE, createUseCases, someAccount } from '../test/use-cases.js'
import type { KnownChange } from './addressee.js'

const NUMBER = '+4915112345678'
const ADA = 'usr_ada'
const CHANGE = 'ccg_1'

const byNumber = (phoneNumber = NUMBER) =>
  ({ purpose: 'PHONE_VERIFICATION', channel: 'SMS', identifier: { phoneNumber } }) as const
const ofChange = (channel: 'EMAIL' | 'SMS' = 'SMS') =>
  ({ purpose: 'PROFILE_CHANGE', channel, contactChangeId: CHANGE }) as const

const someChange = (changes: Partial<KnownChange> = {}): KnownChange => ({
  ...{ userId: ADA, kind: 'PHONE', newValue: NUMBER, provable: true },
  ...changes,
})

const idOf = (sent: { kind: string }) => ('challengeId' in sent ? String(sent.challengeId) : '')

describe('a code for a number (SECURITY 8.1)', () => {
  test('goes to one that waits for proof, and its grant is tied to it', async () => {
    const account = someAccount({ emailVerified: true, status: 'ACTIVE' })
    const { generateOtp, validateOtp, codes } = createUseCases({ [NUMBER]: account })

    const sent = await generateOtp(byNumber('+49 151 12345678'))
    const valid = await validateOtp({ challengeId: idOf(sent), code: CODE }, someActor())

    expect(sent).toMatchObject({ kind: 'sent', destinationMasked: '+•••78', resendAfter: 60 })
    expect(codes.told).toMatchObject([{ userId: account.id }])
    expect(valid.kind === 'valid' && JSON.parse(valid.grant)).toMatchObject({
      purpose: 'PHONE_VERIFICATION',
      changeId: null,
      addressDigest: addressDigest(idOf(sent), NUMBER),
    })
  })

  test.each([
    ['an unknown number', {}],
    ['a verified number', { [NUMBER]: someAccount({ phoneNumberVerified: true }) }],
    ['a disabled account', { [NUMBER]: someAccount({ status: 'DISABLED' }) }],
  ])('looks the same for %s, and goes to nobody', async (_, accounts) => {
    const [real, decoy] = [createUseCases({ [NUMBER]: someAccount() }), createUseCases(accounts)]

    const [toReal, toDecoy] = [await real.generateOtp(byNumber()), await decoy.generateOtp(byNumber())]

    expect({ ...toDecoy, challengeId: null }).toEqual({ ...toReal, challengeId: null })
    expect(decoy.codes.size()).toBe(real.codes.size())
    expect(decoy.codes.told).toEqual([])
  })
})

describe('a code for a change of address (SECURITY 9.4)', () => {
  test.each([
    ['SMS', someChange()],
    ['EMAIL', someChange({ kind: 'EMAIL', newValue: 'new@example.com' })],
  ] as const)('by %s goes to the new one, and its grant is tied to both', async (channel, change) => {
    const { generateOtp, validateOtp, codes } = createUseCases({}, { [CHANGE]: change })

    const sent = await generateOtp(ofChange(channel), ADA)
    const valid = await validateOtp({ challengeId: idOf(sent), code: CODE }, someActor())

    expect(codes.told).toMatchObject([{ userId: ADA }])
    expect(valid.kind === 'valid' && JSON.parse(valid.grant)).toMatchObject({
      ...{ userId: ADA, purpose: 'PROFILE_CHANGE', changeId: CHANGE },
      addressDigest: addressDigest(idOf(sent), change.newValue),
    })
  })

  test.each([
    ['nobody', null, someChange()],
    ['somebody else', 'usr_bob', someChange()],
    ['anyone, where there is no such change', ADA, null],
  ])('1.3: is not there for %s', async (_, asker, change) => {
    const { generateOtp, codes } = createUseCases({}, change ? { [CHANGE]: change } : {})

    expect(await generateOtp(ofChange(), asker)).toEqual({
      kind: 'refused',
      problems: [{ code: 'NOT_FOUND', field: ['contactChangeId'] }],
    })
    expect(codes.size()).toBe(0)
  })

  test('goes the way that the address is of', async () => {
    const { generateOtp } = createUseCases({}, { [CHANGE]: someChange() })

    expect(await generateOtp(ofChange('EMAIL'), ADA)).toMatchObject({
      problems: [{ code: 'INVALID', field: ['channel'] }],
    })
  })

  test('7.4: looks the same where the address is somebody else’s, and goes to nobody', async () => {
    const real = createUseCases({}, { [CHANGE]: someChange() })
    const decoy = createUseCases({}, { [CHANGE]: someChange({ provable: false }) })

    const [toReal, toDecoy] = [
      await real.generateOtp(ofChange(), ADA),
      await decoy.generateOtp(ofChange(), ADA),
    ]

    expect({ ...toDecoy, challengeId: null }).toEqual({ ...toReal, challengeId: null })
    expect(decoy.codes.told).toEqual([])
  })
})

describe('a challenge that another subgraph opens', () => {
  const request = (changes = {}) => ({
    ...{ userId: ADA, purpose: 'PHONE_VERIFICATION', channel: 'SMS', changeId: null, network: '10.0.0.1' },
    address: { kind: 'phoneNumber', value: NUMBER },
    ...changes,
  })
  type ChallengeRequest = Parameters<ReturnType<typeof createUseCases>['openChallenge']>[0]
  const open = (useCases: ReturnType<typeof createUseCases>, changes = {}) =>
    useCases.openChallenge(request(changes) as ChallengeRequest)

  test('is told of by that subgraph, sealed as it is', async () => {
    const useCases = createUseCases()

    const opened = await open(useCases)
    const valid = await useCases.validateOtp({ challengeId: idOf(opened), code: CODE }, someActor())

    expect(opened).toMatchObject({ kind: 'sent', sealedCode: `sealed ${CODE}` })
    expect(useCases.codes.told).toEqual([])
    expect(valid.kind).toBe('valid')
  })

  test('8.3: is counted with those that people ask for', async () => {
    const useCases = createUseCases({ [NUMBER]: someAccount() })
    await useCases.generateOtp(byNumber())

    expect(await open(useCases)).toEqual({ kind: 'refused', reason: 'RATE_LIMITED', retryAfter: 60 })
  })

  test('8.1: ends no challenge of somebody else’s change to the same number', async () => {
    const useCases = createUseCases()
    const change = { purpose: 'PROFILE_CHANGE', changeId: CHANGE }
    const first = await open(useCases, change)
    useCases.pass(60)

    await open(useCases, { ...change, userId: 'usr_bob', changeId: 'ccg_2' })

    const valid = await useCases.validateOtp({ challengeId: idOf(first), code: CODE }, someActor())
    expect(valid.kind).toBe('valid')
  })
})
