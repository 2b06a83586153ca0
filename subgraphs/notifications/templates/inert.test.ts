import { inertText } from './inert.js'

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

test('is quick on 50 KB of the worst', () => {
  const startedAt = performance.now()
  for (const sign of ['.', ' ', '\u202E', '/', "'", 'a.', '\u3002'])
    inertText(sign.repeat(50_000 / sign.length))

  expect(performance.now() - startedAt).toBeLessThan(500)
})
