import { createHash } from 'node:crypto'

/** `kind` says what it was for whoever saw it: a password, a code, the token of a link. */
export type Secret = { kind: string; text: string }

/** Bytes that must be nowhere. Those of a short number count only where no longer word or number goes on beside them. */
export type Needle = { bytes: Buffer; what: string; bounded: boolean }

const SHORTEST = 6
/** A part of a long secret is a secret as well, so a part is what is looked for. */
const PART = 24
const DIGITS = /^\d{6,8}$/
const TOKEN = /^[\w-]{43}$/
const SIGNED = /^[\w-]+\.[\w-]+\.[\w-]{40,}$/
const BASE32 = /^[A-Z2-7]{32}$/
const GROUPS = /^(?:[0-9a-z]{4}-)+[0-9a-z]{4}$/i

/** Every form in which somebody could have written a secret down that they ought to have kept to themselves. */
export function formsOf({ kind, text }: Secret): Needle[] {
  if (text.length < SHORTEST) return []
  const part = partOf(text)
  const words = GROUPS.test(text) ? [text, text.replaceAll('-', ''), text.toUpperCase()] : [part]
  const asText = words.flatMap((word) => [
    { bytes: Buffer.from(word), what: kind, bounded: DIGITS.test(word) },
    ...encodedForms(Buffer.from(word), kind),
    ...(encodeURIComponent(word) === word ? [] : [needle(encodeURIComponent(word), `${kind}, URL-encoded`)]),
  ])
  return [...asText, ...decodedForms(text, kind), ...(DIGITS.test(text) ? digestForms(text, kind) : [])]
}

/** Of what is signed, the signature: the rest may be read by anyone. */
function partOf(text: string): string {
  const secret = SIGNED.test(text) ? text.slice(text.lastIndexOf('.') + 1) : text
  return secret.length <= PART + SHORTEST ? secret : secret.slice(SHORTEST, SHORTEST + PART)
}

const needle = (text: string, what: string): Needle => ({ bytes: Buffer.from(text), what, bounded: false })

const encodedForms = (bytes: Buffer, kind: string): Needle[] => [
  needle(bytes.toString('hex'), `${kind}, hex`),
  needle(bytes.toString('hex').toUpperCase(), `${kind}, hex`),
  ...[0, 1, 2].flatMap((offset) => base64Forms(bytes, offset, kind)),
]

/** Within a longer text base64 takes one of three shapes; what the neighbours change is left out. */
function base64Forms(bytes: Buffer, offset: number, kind: string): Needle[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
  const shape = whole
    .toString('base64')
    .slice(Math.ceil((offset * 8) / 6), Math.floor((whole.length * 8) / 6))
  const forUrls = shape.replaceAll('+', '-').replaceAll('/', '_')
  return [...new Set([shape, forUrls])].map((text) => needle(text, `${kind}, base64`))
}

/** The random bytes that a token or an app's secret stands for. */
function decodedForms(text: string, kind: string): Needle[] {
  const bytes = TOKEN.test(text)
    ? Buffer.from(text, 'base64url')
    : BASE32.test(text)
      ? bytesOfBase32(text)
      : null
  return bytes ? [{ bytes, what: `${kind}, decoded`, bounded: false }, ...encodedForms(bytes, kind)] : []
}

function bytesOfBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** A digest without a key hides no number of six digits. */
const digestForms = (text: string, kind: string): Needle[] =>
  ['sha256', 'sha1', 'md5'].flatMap((name) => {
    const digest = createHash(name).update(text).digest()
    const what = `${kind}, ${name}`
    return [{ bytes: digest, what, bounded: false }, ...encodedForms(digest, what)]
  })
