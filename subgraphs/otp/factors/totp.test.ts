import { HOTP, Secret, TOTP } from 'otpauth'
import { newTotpSecret, stepOfCode, totpUri } from './totp.js'

const ascii = (text: string) => new Secret({ buffer: new TextEncoder().encode(text).buffer as ArrayBuffer })
const SEED = '12345678901234567890'

describe('the library behind it', () => {
  test('gives the codes of RFC 4226, appendix D', () => {
    const hotp = new HOTP({ secret: ascii(SEED), digits: 6, algorithm: 'SHA1' })

    expect(Array.from({ length: 10 }, (_, counter) => hotp.generate({ counter }))).toEqual([
      ...['755224', '287082', '359152', '969429', '338314'],
      ...['254676', '287922', '162583', '399871', '520489'],
    ])
  })

  // With the longer seeds of erratum 2866.
  const seeds = {
    SHA1: SEED,
    SHA256: '12345678901234567890123456789012',
    SHA512: '1234567890123456789012345678901234567890123456789012345678901234',
  }
  test.each([
    [59, '94287082', '46119246', '90693936'],
    [1_111_111_109, '07081804', '68084774', '25091201'],
    [1_111_111_111, '14050471', '67062674', '99943326'],
    [1_234_567_890, '89005924', '91819424', '93441116'],
    [2_000_000_000, '69279037', '90698825', '38618901'],
    [20_000_000_000, '65353130', '77737706', '47863826'],
  ])('gives the codes of RFC 6238, appendix B, at %d', (seconds, ...codes) => {
    const given = Object.entries(seeds).map(([algorithm, seed]) =>
      new TOTP({ secret: ascii(seed), digits: 8, algorithm }).generate({ timestamp: seconds * 1000 }),
    )

    expect(given).toEqual(codes)
  })
})

describe('a code of an authenticator app', () => {
  const secret = newTotpSecret()
  const codeAt = (step: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: step * 30_000 })

  test('8.4: is good in its step and in the one after, and in no other', () => {
    const step = 55_555_555
    const offsets = [-2, -1, 0, 1, 2]

    const steps = offsets.map((offset) => stepOfCode(secret, codeAt(step + offset), step))

    expect(steps).toEqual([null, step - 1, step, null, null])
  })

  test('is of six digits, and nothing else is looked at', () => {
    expect(stepOfCode(secret, '', 1)).toBeNull()
    expect(stepOfCode(secret, '12345', 1)).toBeNull()
    expect(stepOfCode(secret, 'x'.repeat(50_000), 1)).toBeNull()
  })

  test('has a secret of 160 bits, which its address tells with who it is for', () => {
    const uri = new URL(totpUri(secret, { label: 'ada@acme.test', issuer: 'Ac:me & Co' }))

    expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
    expect(uri.protocol).toBe('otpauth:')
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      ...{ issuer: 'Ac:me & Co', secret, algorithm: 'SHA1', digits: '6', period: '30' },
    })
  })
})
