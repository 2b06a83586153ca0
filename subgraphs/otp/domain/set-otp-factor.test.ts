import { someActor } from '../../shared/test/requests.js'
import { makeSetOtpFactor, type SetOtpFactorInput } from './set-otp-factor.js'

type Deps = Parameters<typeof makeSetOtpFactor>[0]

const by = someActor()
const NUMBER = '+4915112345678'
const KEPT = { salt: new Uint8Array([1]), digests: [] }
const ENABLE: SetOtpFactorInput = { kind: 'SMS', enabled: true }

/** Somebody with a proved number, and what the store was asked. */
function kit(world: Partial<Deps> = {}) {
  const asked: unknown[] = []
  const setOtpFactor = makeSetOtpFactor({
    factors: {
      async enrolSms(_userId, number, { codes }) {
        asked.push([number, codes])
        return { codesGiven: true }
      },
      async removeSms(_userId, { keepsLast }) {
        asked.push('removeSms')
        return keepsLast ? 'LAST' : 'REMOVED'
      },
    },
    findOwn: async () => ({ phoneNumber: NUMBER, phoneNumberVerified: true, requiresMfa: false }),
    mayLoseFactors: async () => true,
    sms: { isOn: true, isTextable: (number) => number.startsWith('+49') },
    keptOf: (number) => ({ digest: new TextEncoder().encode(number), masked: '+•••78' }),
    recovery: { make: async () => ({ shown: ['aaaa-bbbb'], kept: KEPT }) },
    ...world,
  })
  return { asked, set: (input: SetOtpFactorInput = ENABLE) => setOtpFactor('usr_ada', input, by) }
}

const refused = (code: string) => ({ kind: 'refused', problems: [{ code, field: ['kind'] }] })

test('8.5: texts are enrolled for the proved number, of which a digest and a mask are kept; the first factor shows codes', async () => {
  const { asked, set } = kit()

  expect(await set()).toEqual({ kind: 'set', recoveryCodes: ['aaaa-bbbb'] })
  expect(asked).toEqual([[{ digest: new TextEncoder().encode(NUMBER), masked: '+•••78' }, KEPT]])
})

test('who has recovery codes is shown no others', async () => {
  const { factors } = {
    factors: { enrolSms: async () => ({ codesGiven: false }), removeSms: async () => 'REMOVED' as const },
  }

  expect(await kit({ factors }).set()).toEqual({ kind: 'set', recoveryCodes: null })
})

test.each<[string, Partial<Deps>, Partial<SetOtpFactorInput>, string]>([
  ['an app', {}, { kind: 'TOTP' }, 'INVALID'],
  ['texts where there are none', { sms: { isOn: false, isTextable: () => false } }, {}, 'INVALID'],
  ['nobody', { findOwn: async () => null }, {}, 'VERIFICATION_REQUIRED'],
  [
    'who has no number',
    { findOwn: async () => ({ phoneNumber: null, phoneNumberVerified: false, requiresMfa: false }) },
    {},
    'VERIFICATION_REQUIRED',
  ],
  [
    'a number that is not proved',
    { findOwn: async () => ({ phoneNumber: NUMBER, phoneNumberVerified: false, requiresMfa: false }) },
    {},
    'VERIFICATION_REQUIRED',
  ],
  [
    'a number that gets no texts',
    { findOwn: async () => ({ phoneNumber: '+79161234567', phoneNumberVerified: true, requiresMfa: false }) },
    {},
    'INVALID_PHONE',
  ],
])('8.6: is refused for %s', async (_, world, input, code) => {
  const { asked, set } = kit(world)

  expect(await set({ ...ENABLE, ...input })).toEqual(refused(code))
  expect(asked).toEqual([])
})

test('is taken away, once', async () => {
  const none = kit({
    factors: { enrolSms: async () => ({ codesGiven: false }), removeSms: async () => 'NONE' as const },
  })
  const { asked, set } = kit()

  expect(await set({ kind: 'SMS', enabled: false })).toEqual({ kind: 'set', recoveryCodes: null })
  expect(asked).toEqual(['removeSms'])
  expect(await none.set({ kind: 'SMS', enabled: false })).toEqual(refused('NOT_ENROLLED'))
})

test('8.6: is kept where it is the last and a role demands one', async () => {
  const findOwn = async () => ({ phoneNumber: NUMBER, phoneNumberVerified: true, requiresMfa: true })

  expect(await kit({ findOwn }).set({ kind: 'SMS', enabled: false })).toEqual(refused('LAST_CREDENTIAL'))
  const isShort = kit({ mayLoseFactors: async () => false })
  expect(await isShort.set({ kind: 'SMS', enabled: false })).toEqual(refused('PASSWORD_TOO_SHORT'))
})
