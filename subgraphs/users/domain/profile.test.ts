import { makeAttributes } from './attributes.js'
import { type ProfileInput, readProfile } from './profile.js'

const NOW = new Date('2030-06-15T12:00:00Z')
const rules = { now: () => NOW, attributes: makeAttributes([]) }
const read = (input: ProfileInput) => readProfile(input, 'OWNER', rules)

test('a field that is not given is left alone', () => {
  expect(read({})).toEqual({ change: {}, problems: [] })
})

test('null empties every field but the locale, which mails are written in', () => {
  const all = { displayName: null, givenName: null, familyName: null, birthdate: null, timeZone: null }

  expect(read({ ...all, locale: null })).toEqual({
    change: all,
    problems: [{ code: 'REQUIRED', field: ['profile', 'locale'] }],
  })
})

test.each([
  ['birthdate', '2024-02-29', '2024-02-29'],
  ['birthdate', '1900-01-01', '1900-01-01'],
  ['birthdate', '2030-06-15', '2030-06-15'],
  ['locale', 'de-at', 'de-AT'],
  ['locale', 'zh-hant-tw', 'zh-Hant-TW'],
  ['timeZone', 'Europe/Berlin', 'Europe/Berlin'],
  ['timeZone', 'europe/berlin', 'Europe/Berlin'],
  ['displayName', '  Ada  ', 'Ada'],
  ['displayName', '   ', null],
])('%s %p is kept as %p', (field, text, value) => {
  expect(read({ [field]: text })).toEqual({ change: { [field]: value }, problems: [] })
})

test.each([
  ['birthdate', '2023-02-30', 'INVALID'],
  ['birthdate', '2023-02-29', 'INVALID'],
  ['birthdate', '2023-13-01', 'INVALID'],
  ['birthdate', '2030-06-16', 'INVALID'],
  ['birthdate', '1899-12-31', 'INVALID'],
  ['birthdate', '0000-00-00', 'INVALID'],
  ['birthdate', '2023-2-3', 'INVALID'],
  ['birthdate', '2023-02-03T00:00:00Z', 'INVALID'],
  ['birthdate', '', 'INVALID'],
  ['locale', 'en_US', 'INVALID'],
  ['locale', '', 'INVALID'],
  ['locale', 'x'.repeat(65), 'TOO_LONG'],
  ['timeZone', 'Mars/Olympus', 'INVALID'],
  ['timeZone', '', 'INVALID'],
  ['timeZone', '+01:00', 'INVALID'],
  ['timeZone', 'x'.repeat(65), 'TOO_LONG'],
  ['givenName', 'a'.repeat(65), 'TOO_LONG'],
  ['familyName', 'a\u202Eb', 'INVALID'],
])('%s %p is refused: %s', (field, text, code) => {
  expect(read({ [field]: text })).toEqual({ change: {}, problems: [{ code, field: ['profile', field] }] })
})

test('9.6: 50 KB in every field are refused in less than 100 ms', () => {
  const text = 'a-'.repeat(25_000)
  const fields = ['displayName', 'givenName', 'familyName', 'birthdate', 'locale', 'timeZone']
  const started = performance.now()

  const { problems } = read(Object.fromEntries(fields.map((field) => [field, text])))

  expect(performance.now() - started).toBeLessThan(100)
  expect(problems).toHaveLength(fields.length)
})
