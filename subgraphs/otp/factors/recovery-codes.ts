import { randomBytes, scrypt } from 'node:crypto'
import { keyedDigest } from '../../shared/secrets/data-key.js'
import type { NewRecoveryCodes } from '../domain/factor-ports.js'

/** Crockford's base32: no letter is taken for another. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 16
const CODES = 10
const MAX_TYPED = 64

/** 16 MiB and some 30 ms for a guess, in a thread of its own (SECURITY 8.5). */
const COST = { N: 16_384, r: 8, p: 1 } as const
const DIGEST_BYTES = 32

/** 80 random bits, in groups for people to copy. */
function newCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** A recovery code as people type it, in its one form; null where it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  if (typed.length > MAX_TYPED) return null
  const letters = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
  const isCode = letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
  return isCode ? letters : null
}

/** A slow digest, keyed: who has the database alone can try nothing. */
export function recoveryDigest(pepper: Uint8Array, salt: Uint8Array, code: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(keyedDigest(pepper, code), salt, DIGEST_BYTES, COST, (error, digest) =>
      error ? reject(error) : resolve(digest),
    )
  })
}

/** Ten new codes: what is shown once, and what is kept. One after the other, so that others find a thread free. */
export async function newRecoveryCodes(
  pepper: Uint8Array,
): Promise<{ shown: string[]; kept: NewRecoveryCodes }> {
  const salt = randomBytes(16)
  const shown = Array.from({ length: CODES }, newCode)
  const digests: Uint8Array[] = []
  for (const code of shown) digests.push(await recoveryDigest(pepper, salt, readRecoveryCode(code) ?? ''))
  return { shown, kept: { salt, digests } }
}
