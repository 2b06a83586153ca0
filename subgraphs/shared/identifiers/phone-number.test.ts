import { isTextable, normalizePhoneNumber } from './phone-number.js'

test.each([
  ['as it is stored', '+4915112345678', '+4915112345678'],
  ['in groups', '+49 151 1234-5678', '+4915112345678'],
  ['with the trunk zero in brackets', '+49 (0)151 12345678', '+4915112345678'],
  ['with dots', '+1.202.555.0123', '+12025550123'],
  ['with hyphens of typography', '+49 151\u20111234\u20135678', '+4915112345678'],
  ['with hard spaces', '+49\u00A0151\u202F12345678', '+4915112345678'],
  ['in full-width digits', '＋４９１５１１２３４５６７８', '+4915112345678'],
  ['of a fixed line', '+493012345678', '+493012345678'],
])('a number %s has one form', (_, input, number) => {
  expect(normalizePhoneNumber(input)).toBe(number)
})

test.each([
  ['nothing', ''],
  ['no country code', '0151 12345678'],
  ['two zeros for the plus', '004915112345678'],
  ['a country that there is not', '+999123456789'],
  ['a country code that begins with zero', '+0301234567'],
  ['too few digits', '+49151'],
  ['too many digits', '+49151123456789012'],
  ['a range that is not in use', '+49900123456'],
  ['letters', '+1 800 FLOWERS'],
  ['an extension', '+1 202 555 0123 ext. 5'],
  ['an address', 'tel:+4915112345678'],
  ['words around it', 'call +4915112345678 now'],
  ['digits of another script', '+٤٩١٥١١٢٣٤٥٦٧٨'],
  ['a control character', '+4915112345678\u0000'],
  ['a zero-width character', '+49\u200B15112345678'],
  ['two plus signs', '++4915112345678'],
])('%s is no number', (_, input) => {
  expect(normalizePhoneNumber(input)).toBeNull()
})

test.each([
  ['a mobile line in a listed country', '+4915112345678', true],
  ['a line that may be mobile', '+12025550123', true],
  ['a mobile line in another country', '+41791234567', false],
  ['a fixed line', '+493012345678', false],
  ['a free line', '+18005550123', false],
  ['a line that costs the caller', '+499001234567', false],
  ['a satellite', '+881612345678', false],
  ['no number', '12345', false],
])('8.8: a text to %s', (_, number, allowed) => {
  expect(isTextable(number, ['DE', 'US'])).toBe(allowed)
})

test('8.8: without a list of countries no text goes anywhere', () => {
  expect(isTextable('+4915112345678', [])).toBe(false)
})

test.each([
  ['digits', `+${'1'.repeat(50_000)}`],
  ['groups', '+49 '.repeat(12_500)],
  ['hyphens', `+49${'-'.repeat(50_000)}`],
  ['brackets', '('.repeat(50_000)],
  ['plus signs', '+'.repeat(50_000)],
  ['an extension', `+4915112345678;ext=${'1'.repeat(50_000)}`],
  ['what NFKC makes 18 times as long', `+${'\uFDFA'.repeat(50_000)}`],
  ['what NFKC must sort', `+49${'\u0315\u0300'.repeat(25_000)}`],
  ['just short of refusal unseen', `+49${'(-'.repeat(30)}`],
])('9.6: 50 KB of %s are refused in less than 100 ms', (_, input) => {
  const started = performance.now()

  const number = normalizePhoneNumber(input)

  expect(performance.now() - started).toBeLessThan(100)
  expect(number).toBeNull()
})
