import { foldCase, isHashable, normalizePassword } from './password-text.js'

test.each([
  ['256 code points', true, 'x'.repeat(256)],
  ['257 code points', false, 'x'.repeat(257)],
  ['256 code points in 1024 bytes', true, '🦊'.repeat(256)],
  ['256 code points once normalized', true, 'e\u0301'.repeat(256)],
  ['few code points that normalize to many', false, '\uFDFA'.repeat(20)],
  ['a megabyte', false, 'x'.repeat(1_000_000)],
])('%s: hashable is %s', (_, hashable, password) => {
  expect(isHashable(password)).toBe(hashable)
})

test('gives canonically and compatibly equal input one form', () => {
  const composed = 'Zo\u00EB \uFB01ne'
  const decomposed = 'Zoe\u0308 fine'

  expect(normalizePassword(decomposed)).toBe(normalizePassword(composed))
})

test('keeps spaces, which belong to the password', () => {
  expect(normalizePassword('  two words ')).toBe('  two words ')
})

test.each([
  ['STRASSE', 'straße'],
  ['ὈΔΥΣΣΕΎΣ', 'ὀδυσσεύς'],
])('folds %s and %s to one', (upper, lower) => {
  expect(foldCase(upper)).toBe(foldCase(lower))
})
