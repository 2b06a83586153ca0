import { digestFromBase64, fromBase64 } from './encodings.mjs'

const BEGINNING = /^\$argon2(?:id|i|d)\$/
const WHOLE =
  /^\$(argon2(?:id|i|d))\$v=(?:16|19)\$([mtp]=\d{1,10},[mtp]=\d{1,10},[mtp]=\d{1,10})\$([^$]*)\$([^$]*)$/

/** 256 MiB is what libsodium calls moderate; more of it in every worker at once would exhaust a host. */
const MAX_MEMORY_KIB = 262_144
const MAX_KIB_PASSES = 3 * MAX_MEMORY_KIB
const MAX_LANES = 16

/**
 * Argon2id, i and d in the form of the reference implementation, made by another system: without our pepper.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readArgon2(hash) {
  if (!BEGINNING.test(hash)) return null
  const [, form = '', pairs = '', salt, digest] = WHOLE.exec(hash) ?? []
  const cost = new Map(pairs.split(',').map((pair) => [pair[0], Number(pair.slice(2))]))
  const [memory = 0, passes = 0, lanes = 0] = [cost.get('m'), cost.get('t'), cost.get('p')]

  const isSalted = (fromBase64(salt)?.length ?? 0) >= 8
  const isSound = passes >= 1 && lanes >= 1 && memory >= 8 * lanes
  if (!isSalted || !isSound || !digestFromBase64(digest)) return { refused: 'MALFORMED' }

  const isDear = memory > MAX_MEMORY_KIB || memory * passes > MAX_KIB_PASSES || lanes > MAX_LANES
  if (isDear) return { refused: 'TOO_COSTLY' }
  return { form, matches: (secret, engine) => engine.verify(hash, secret) }
}
