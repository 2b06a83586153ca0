import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { checkFirstFactor, type LoginGrant, type NamedAccount } from './first-factor.js'

const NUMBER = '+4915112345678'
const SPENT = { jti: 'jti', expiresAt: new Date('2030-01-01T00:05:00Z') }

const ADA: NamedAccount = {
  ...{
    id: 'usr_ada',
    status: 'ACTIVE',
    everVerified: true,
    requiresMfa: false,
    scopes: [],
    sessionLife: 'LONG',
  },
  ...{ claims: {}, accessVersion: 0, email: 'ada@acme.test', emailVerified: true },
  ...{ phoneNumber: NUMBER, phoneNumberVerified: true },
}

const grantOf = (address: string, changes: Partial<LoginGrant> = {}): LoginGrant => ({
  ...{ ...SPENT, userId: 'usr_ada', channel: 'EMAIL', challengeId: 'chl_1' },
  addressDigest: addressDigest('chl_1', address),
  ...changes,
})

const check = (grant: LoginGrant | null, account: NamedAccount | null = ADA) =>
  checkFirstFactor(
    {
      readGrant: async () => grant,
      verifyPassword: async () => {
        throw new Error('no password was shown')
      },
    },
    { grant: 'a.b.c' },
    account,
  )

test('a grant says by which way its code came', async () => {
  expect(await check(grantOf('ada@acme.test'))).toEqual({
    method: 'OTP_EMAIL',
    grant: SPENT,
    mustChange: false,
  })
  expect(await check(grantOf(NUMBER, { channel: 'SMS' }))).toEqual({
    method: 'OTP_SMS',
    grant: SPENT,
    mustChange: false,
  })
})

test.each<[string, LoginGrant | null, NamedAccount | null]>([
  ['it is none', null, ADA],
  ['nobody is named', grantOf('ada@acme.test'), null],
  ['it is somebody else’s', grantOf('ada@acme.test', { userId: 'usr_bob' }), ADA],
  ['the address is another by now', grantOf('old@acme.test'), ADA],
  ['the number is another by now', grantOf('+4915187654321', { channel: 'SMS' }), ADA],
  ['the proof of the address was withdrawn', grantOf('ada@acme.test'), { ...ADA, emailVerified: false }],
  ['the address is gone', grantOf('ada@acme.test'), { ...ADA, email: null }],
  ['the number was not proved', grantOf(NUMBER, { channel: 'SMS' }), { ...ADA, phoneNumberVerified: false }],
  ['it does not say which way', grantOf('ada@acme.test', { channel: null }), ADA],
  ['it is tied to no address', grantOf('ada@acme.test', { addressDigest: null }), ADA],
])('9.4: a grant signs nobody in where %s', async (_, grant, account) => {
  expect(await check(grant, account)).toBeNull()
})
