import { createHmac } from 'node:crypto'
import { isHashable, isLong, MAX_BYTES, normalizePassword } from '../domain/password-text.js'
import { NO_PEPPER, type PasswordHasher, type PasswordVerdict, type StoredPassword } from '../domain/ports.js'
import {
  assertStrongEnough,
  type HashParams,
  isWeakerThan,
  MINIMUM_PARAMS,
  unmatchablePhc,
} from './hash-params.js'
import type { HashPool } from './hash-pool.js'

type Settings = {
  pool: Pick<HashPool, 'hash' | 'verify' | 'verifyLegacy'>
  /** Keys by version, kept outside the database. A version goes when no stored password uses it any more. */
  peppers: Record<number, Uint8Array>
  currentPepper: number
  params?: HashParams
}

const MIN_PEPPER_BYTES = 32
const WRONG: PasswordVerdict = { matches: false, needsRehash: false }

export function createPasswordHasher(settings: Settings): PasswordHasher {
  const { pool, peppers, currentPepper, params = MINIMUM_PARAMS } = settings
  assertStrongEnough(params)
  assertPeppers(peppers, currentPepper)
  const dummyPhc = unmatchablePhc(params)

  /** What is hashed: useless to whoever steals the database without the key. */
  const pepper = (password: string, version: number): Uint8Array => {
    const key = peppers[version]
    if (!key) throw new Error(`pepper version ${version} is not configured`)
    return createHmac('sha256', key).update(normalizePassword(password)).digest()
  }

  /** As it was typed: few systems normalize, and whoever signs in once is hashed anew in our form. */
  async function verifyImported(password: string, hash: string): Promise<PasswordVerdict> {
    const matches = await pool.verifyLegacy({ hash, secret: Buffer.from(password), dummyPhc })
    return { matches, needsRehash: matches }
  }

  return {
    async hash(password) {
      if (!isHashable(password)) throw new RangeError('a password of this length is never hashed')
      const phc = await pool.hash(pepper(password, currentPepper), params)
      return { phc, pepperVersion: currentPepper, isLong: isLong(password) }
    },

    async verify(password, stored) {
      // Over-long input is replaced, not cut: a prefix must not open an account, nor length cost time.
      if (!stored || !isVerifiable(password, stored)) {
        await pool.verify(dummyPhc, pepper('dummy', currentPepper))
        return WRONG
      }
      const { phc, pepperVersion } = stored
      if (pepperVersion === NO_PEPPER) return verifyImported(password, phc)
      const matches = await pool.verify(phc, pepper(password, pepperVersion))
      const isAged = pepperVersion !== currentPepper || isWeakerThan(params, phc)
      return { matches, needsRehash: matches && isAged }
    },
  }
}

/** What another system hashed is verified as it was typed, which normalizing has not made short. */
function isVerifiable(password: string, { pepperVersion }: StoredPassword): boolean {
  return isHashable(password) && (pepperVersion !== NO_PEPPER || Buffer.byteLength(password) <= MAX_BYTES)
}

function assertPeppers(peppers: Record<number, Uint8Array>, currentPepper: number): void {
  if (!peppers[currentPepper]) throw new Error(`pepper version ${currentPepper} is not configured`)
  for (const [version, key] of Object.entries(peppers)) {
    if (key.byteLength < MIN_PEPPER_BYTES)
      throw new RangeError(`pepper version ${version} is shorter than ${MIN_PEPPER_BYTES} bytes`)
  }
}
