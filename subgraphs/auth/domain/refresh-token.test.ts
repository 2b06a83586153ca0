import { randomBytes } from 'node:crypto'
import { createRefreshTokens } from './refresh-token.js'

const KEY = new Uint8Array(32).fill(1)
const tokens = createRefreshTokens(KEY)
const some = () => ({ session: randomBytes(16), secret: randomBytes(32) })

/** The text with one bit of its bytes turned over. */
function forged(text: string, byte: number): string {
  const bytes = Buffer.from(text.slice('ugr_'.length), 'base64url')
  bytes.writeUInt8(bytes.readUInt8(byte) ^ 1, byte)
  return `ugr_${bytes.toString('base64url')}`
}

test('5.1: a token has a recognisable prefix and is read back as it was made', () => {
  const token = some()

  const text = tokens.format(token)

  expect(text).toMatch(/^ugr_[A-Za-z0-9_-]{86}$/)
  expect(tokens.parse(text)).toEqual(token)
})

test.each([
  ['the session', 0],
  ['the secret', 16],
  ['the end of the secret', 47],
  ['the tag', 48],
  ['the end of the tag', 63],
])('a token with one bit of %s changed was never ours', (_, byte) => {
  expect(tokens.parse(forged(tokens.format(some()), byte))).toBeNull()
})

test('a token of another key was never ours', () => {
  const others = createRefreshTokens(new Uint8Array(32).fill(2))

  expect(tokens.parse(others.format(some()))).toBeNull()
})

test.each([
  ['nothing', ''],
  ['the prefix alone', 'ugr_'],
  ['another prefix', `ugx_${'A'.repeat(86)}`],
  ['too short', `ugr_${'A'.repeat(85)}`],
  ['too long', `ugr_${'A'.repeat(87)}`],
  ['not base64url', `ugr_${'+'.repeat(86)}`],
  ['zeros', `ugr_${'A'.repeat(86)}`],
  ['with a line end', `${tokens.format(some())}\n`],
  ['a JWT (4.3)', 'eyJhbGciOiJFZERTQSJ9.e30.AA'],
  ['50 KB', `ugr_${'A'.repeat(50_000)}`],
])('what is %s is no token', (_, text) => {
  expect(tokens.parse(text)).toBeNull()
})

test('5.2: a token has one successor, of the same session and with another secret', () => {
  const token = some()

  const [first, again] = [tokens.successor(token), tokens.successor(token)]

  expect(first).toEqual(again)
  expect(first.session).toEqual(token.session)
  expect(first.secret).toHaveLength(32)
  expect(first.secret).not.toEqual(token.secret)
  expect(tokens.successor(first).secret).not.toEqual(first.secret)
  expect(tokens.parse(tokens.format(first))).toEqual(first)
})

test('5.2: whoever has no key cannot draw the successor', () => {
  const token = some()

  const theirs = createRefreshTokens(new Uint8Array(32).fill(2)).successor(token)

  expect(theirs.secret).not.toEqual(tokens.successor(token).secret)
})

test('5.1: what is stored is a SHA-256 that does not hold the secret', () => {
  const token = some()

  const digest = tokens.digest(token)

  expect(digest).toHaveLength(32)
  expect(digest.includes(token.secret)).toBe(false)
  expect(tokens.digest(tokens.successor(token))).not.toEqual(digest)
})
