import { inertText, inertWords } from './inert.js'

test.each([
  ['Ada Lovelace', 'Ada Lovelace'],
  ['J.R.R. Tolkien', 'J. R. R. Tolkien'],
  ["Siobhán O'Brien", "Siobhán O'Brien"],
  ['http://evil.example/x?y', 'http evil. example x?y'],
  ['www.evil.example', 'www. evil. example'],
  ['evil。example．com', 'evil. example. com'],
  ['someone@evil.example', 'someone evil. example'],
  ['Ada\r\nBcc: all@evil.example', 'Ada Bcc all evil. example'],
  ['\u202Egnp.exe\u202C', 'gnp. exe'],
  ['A\u200B\u200B\u200Bda\u0000', 'Ada'],
  ['<b>Ada</b>', 'b Ada b'],
  ['\u202E \u200B', ''],
])('makes %j harmless', (text, expected) => {
  expect(inertText(text)).toBe(expected)
})

test('cuts what is too long between characters', () => {
  expect(inertText('😀'.repeat(100))).toBe('😀'.repeat(64))
})

test.each([
  ['You paid 12.50 on 24/12/2026 at 10:30.', 'You paid 12.50 on 24/12/2026 at 10:30.'],
  ['(1.5) 3:4, 10:30:00', '(1.5) 3:4, 10:30:00'],
  ['198.51.100.7', '198. 51. 100. 7'],
  ['12.evil.example', '12. evil. example'],
  ['see evil.example/12.50', 'see evil. example 12. 50'],
  ['http://1.2', 'http 1. 2'],
  ['One\n\n# Two', 'One # Two'],
])('of a service, %j becomes %j', (text, expected) => {
  expect(inertWords(text)).toBe(expected)
})

test('is quick on 50 KB of the worst', () => {
  const startedAt = performance.now()
  for (const sign of ['.', ' ', '\u202E', '/', "'", 'a.', '\u3002', '1.', ' 1', '1']) {
    inertText(sign.repeat(50_000 / sign.length))
    inertWords(sign.repeat(50_000 / sign.length))
  }

  expect(performance.now() - startedAt).toBeLessThan(500)
})
