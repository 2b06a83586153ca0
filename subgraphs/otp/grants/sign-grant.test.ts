import { decodeJwt, decodeProtectedHeader } from 'jose'
import { createGrantReader } from '../../shared/identity/grant.js'
import type { GrantFacts } from '../domain/validate-otp.js'
import type { GrantKey } from './ports.js'
import { makeSignGrant } from './sign-grant.js'
import { createSigningKeys } from './signing-key.js'

const FACTS = {
  userId: 'usr_01jzzzzzzzzzzzzzzzzzzzzzzz',
  purpose: 'EMAIL_VERIFICATION',
  channel: 'EMAIL',
  challengeId: 'chl_01jzzzzzzzzzzzzzzzzzzzzzzz',
  ...{ changeId: null, addressDigest: null, flow: null, custom: null },
} as const

/** Like the store, for one process. */
function createKeys() {
  const kept: GrantKey[] = []
  return createSigningKeys({
    sealingKey: new Uint8Array(32).fill(1),
    store: {
      async getOrInsert(make) {
        if (!kept[0]) kept.push(await make())
        return kept[0] as GrantKey // pushed above
      },
      listPublic: async () => kept.map(({ publicJwk }) => publicJwk),
    },
  })
}

function setUp() {
  const keys = createKeys()
  const signGrant = makeSignGrant({ issuer: 'https://id.example', signingKey: keys.current })
  const readerFor = (audience: string, purpose = 'EMAIL_VERIFICATION') =>
    createGrantReader({ audience, purpose, keys: keys.publicKeys })
  return {
    sign: (spentAt = new Date(), bound: Partial<GrantFacts> = {}) =>
      signGrant({ ...FACTS, ...bound, spentAt }),
    readerFor,
  }
}

describe('signGrant', () => {
  test('says whose code was spent, for what, and for whom', async () => {
    const { sign } = setUp()
    const spentAt = new Date('2030-01-01T00:00:00.500Z')

    const { grant, expiresAt } = await sign(spentAt)

    const issuedAt = Date.parse('2030-01-01T00:00:00Z') / 1000
    expect(decodeProtectedHeader(grant)).toEqual({ alg: 'EdDSA', typ: 'grant+jwt', kid: expect.any(String) })
    expect(decodeJwt(grant)).toEqual({
      iss: 'https://id.example',
      aud: 'users',
      sub: FACTS.userId,
      purpose: 'EMAIL_VERIFICATION',
      channel: 'EMAIL',
      challenge: FACTS.challengeId,
      jti: expect.any(String),
      iat: issuedAt,
      at: spentAt.getTime(),
      exp: issuedAt + 300,
    })
    expect(expiresAt).toEqual(new Date('2030-01-01T00:05:00Z'))
  })

  test('9.4: says which change was proved, and at which address', async () => {
    const { sign, readerFor } = setUp()
    const bound = { purpose: 'PROFILE_CHANGE', changeId: 'ccg_1', addressDigest: 'digest' } as const

    const { grant } = await sign(new Date(), bound)

    expect(await readerFor('users', 'PROFILE_CHANGE')(grant)).toMatchObject({
      challengeId: FACTS.challengeId,
      changeId: 'ccg_1',
      addressDigest: 'digest',
    })
    expect(await readerFor('users')(grant)).toBeNull()
  })

  test('is read by its spender and refused wherever another is expected (SECURITY 4.3)', async () => {
    const { sign, readerFor } = setUp()
    const { grant } = await sign()

    expect(await readerFor('users')(grant)).toMatchObject({ userId: FACTS.userId })
    expect(await readerFor('passwords')(grant)).toBeNull()
    expect(await readerFor('users', 'PASSWORD_RESET')(grant)).toBeNull()
    expect(await setUp().readerFor('users')(grant)).toBeNull() // another installation's keys
  })

  test('of a sign-in is for auth, and says by which way the code went', async () => {
    const { sign, readerFor } = setUp()

    const { grant } = await sign(new Date(), { purpose: 'LOGIN', channel: 'SMS' })

    expect(await readerFor('auth', 'LOGIN')(grant)).toMatchObject({ userId: FACTS.userId, channel: 'SMS' })
    expect(await readerFor('users', 'LOGIN')(grant)).toBeNull()
  })

  test('ends after five minutes', async () => {
    const { sign, readerFor } = setUp()
    const { grant } = await sign(new Date(Date.now() - 301_000))

    expect(await readerFor('users')(grant)).toBeNull()
  })

  test('two grants never share a jti', async () => {
    const { sign } = setUp()
    const [one, other] = await Promise.all([sign(), sign()])

    expect(decodeJwt(one.grant).jti).not.toBe(decodeJwt(other.grant).jti)
  })

  test('4.3: a grant for another team is worth nothing to any of ours, and ours are worth nothing to it', async () => {
    const { sign, readerFor } = setUp()
    const custom = { action: 'orders:pay-out', audience: 'orders' }

    const { grant } = await sign(new Date(), { purpose: 'CUSTOM', custom, addressDigest: 'digest' })
    const { grant: ours } = await sign(new Date(), { purpose: 'MFA', flow: 'flow' })
    const spenders = { users: 'EMAIL_VERIFICATION', auth: 'LOGIN', passwords: 'PASSWORD_RESET' }
    const read = Object.entries(spenders).flatMap(([audience, purpose]) => [
      readerFor(audience, purpose)(grant),
      readerFor(audience, 'CUSTOM')(grant),
      readerFor('orders', purpose)(grant),
    ])

    expect(decodeJwt(grant)).toMatchObject({ aud: 'orders', purpose: 'CUSTOM', action: 'orders:pay-out' })
    expect(decodeJwt(grant)['address']).toBeUndefined()
    expect(await Promise.all(read)).toEqual(read.map(() => null))
    expect(await readerFor('orders', 'CUSTOM')(ours)).toBeNull()
    expect(await readerFor('auth', 'MFA')(ours)).toMatchObject({ flow: 'flow' })
  })
})
