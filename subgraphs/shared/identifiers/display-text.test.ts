import { readDisplayText } from './display-text.js'

const FAMILY = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}'
const FLAG = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'

test.each([
  ['plain', 'Ada Lovelace', 'Ada Lovelace'],
  ['without the spaces around it', '  Ada  ', 'Ada'],
  ['composed (NFC)', 'Zoe\u0308', 'Zo\u00EB'],
  ['with its ligature, which NFC leaves', 'o\uFB00icer', 'o\uFB00icer'],
  ['with an apostrophe and a hyphen', "Anne-Marie O'Neill", "Anne-Marie O'Neill"],
  ['with markup, which is data', '<b>Ada</b> https://acme.test', '<b>Ada</b> https://acme.test'],
  ['from right to left', 'عائشة', 'عائشة'],
  ['with a single non-joiner, as Persian needs', 'می\u200Cخواهم', 'می\u200Cخواهم'],
  ['with a family of four', `The ${FAMILY}`, `The ${FAMILY}`],
  ['with a heart on fire', '\u2764\uFE0F\u200D\u{1F525}', '\u2764\uFE0F\u200D\u{1F525}'],
  ['with the flag of England', FLAG, FLAG],
  ['of 64 code points beyond the basic plane', '\u{1F984}'.repeat(64), '\u{1F984}'.repeat(64)],
  ['of 64 code points once composed', 'e\u0301'.repeat(64), '\u00E9'.repeat(64)],
])('9.3: a name is kept, %s', (_, input, value) => {
  expect(readDisplayText(input)).toEqual({ value })
})

test.each([
  ['nothing', ''],
  ['spaces alone', ' \u00A0 '],
])('9.3: %s is no name', (_, input) => {
  expect(readDisplayText(input)).toEqual({ value: null })
})

test.each([
  ['65 letters', 'a'.repeat(65)],
  ['65 code points beyond the basic plane', '\u{1F984}'.repeat(65)],
  ['a pile of accents', `a${'\u0300'.repeat(65)}`],
])('9.3: %s are too long', (_, input) => {
  expect(readDisplayText(input)).toEqual({ problem: 'TOO_LONG' })
})

test.each([
  ['a line end', 'Ada\nLovelace'],
  ['a zero byte', 'Ada\u0000'],
  ['an escape', '\u001B[31mAda'],
  ['a C1 control', 'Ada\u0085L'],
  ['a line separator', 'Ada\u2028L'],
  ['a right-to-left override', 'Ada\u202Egpj.exe'],
  ['a left-to-right embedding', '\u202AAda'],
  ['an isolate', 'Ada\u2067L'],
  ['a byte order mark inside', 'Ada\uFEFFL'],
  ['half a surrogate pair', 'Ada\uD83D'],
  ['two zero-width spaces', 'Ada\u200B\u200BL'],
  ['two joiners', 'Ada\u200D\u200D'],
  ['a run of different invisible characters', 'Ada\u200C\u2060L'],
  ['a run of invisible operators', 'Ada\u2061\u2062\u2063\u2064L'],
  ['a run of soft hyphens', 'Ada\u00AD\u00AD\u00ADL'],
])('9.3: %s is refused', (_, input) => {
  expect(readDisplayText(input)).toEqual({ problem: 'INVALID' })
})

test.each([
  ['letters', 'a'.repeat(50_000)],
  ['spaces', ' '.repeat(50_000)],
  ['joiners', '\u200D'.repeat(50_000)],
  ['accents that must be sorted', `a${'\u0315\u0300'.repeat(25_000)}`],
])('9.6: 50 KB of %s are refused in less than 100 ms', (_, input) => {
  const started = performance.now()

  const read = readDisplayText(input)

  expect(performance.now() - started).toBeLessThan(100)
  expect(read).toEqual({ problem: 'TOO_LONG' })
})
