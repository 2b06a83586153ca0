import { newRecoveryCodes, readRecoveryCode, recoveryDigest } from './recovery-codes.js'

const pepper = new Uint8Array(32).fill(7)

test('8.5: ten codes of 80 bits, none like another, kept as slow digests', async () => {
  const { shown, kept } = await newRecoveryCodes(pepper)

  expect(shown).toHaveLength(10)
  expect(new Set(shown).size).toBe(10)
  for (const code of shown) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
  expect(kept.salt).toHaveLength(16)
  const first = await recoveryDigest(pepper, kept.salt, shown[0]?.replaceAll('-', '') ?? '')
  expect(kept.digests[0]).toEqual(first)
  expect(
    await recoveryDigest(new Uint8Array(32), kept.salt, shown[0]?.replaceAll('-', '') ?? ''),
  ).not.toEqual(first)
})

test('a code is read as people type it', () => {
  expect(readRecoveryCode(' ABCD-efgh  jkmn-0OiL ')).toBe('abcdefghjkmn0011')
  expect(readRecoveryCode('ａｂｃｄ-efgh-jkmn-0000')).toBe('abcdefghjkmn0000')
  expect(readRecoveryCode('abcd-efgh-jkmn-000')).toBeNull()
  expect(readRecoveryCode('abcd-efgh-jkmn-000u')).toBeNull()
  expect(readRecoveryCode(' '.repeat(50_000))).toBeNull()
})
