import { availableParallelism } from 'node:os'

/** Cost of one argon2id hash. */
export type HashParams = { memoryKib: number; iterations: number; parallelism: number }

/** The least SECURITY 6.3 allows, and what is used unless the operator asks for more. */
export const MINIMUM_PARAMS: HashParams = { memoryKib: 19_456, iterations: 2, parallelism: 1 }

const PHC = /^\$argon2id\$v=19\$([a-z0-9=,]+)\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/

export function assertStrongEnough(params: HashParams): void {
  for (const [name, minimum] of entriesOf(MINIMUM_PARAMS)) {
    const value = params[name]
    if (!Number.isSafeInteger(value) || value < minimum)
      throw new RangeError(`argon2id ${name} must be an integer of at least ${minimum}`)
  }
}

/** A hash made cheaper than today's, or by another algorithm. One made dearer is left alone. */
export function isWeakerThan(params: HashParams, phc: string): boolean {
  const used = PHC.exec(phc)?.[1]
  if (used === undefined) return true

  const cost = new Map(used.split(',').map((pair) => splitPair(pair)))
  const isBelow = (key: string, wanted: number) => (cost.get(key) ?? 0) < wanted

  return isBelow('m', params.memoryKib) || isBelow('t', params.iterations)
}

/**
 * A hash nothing can match, with a zero salt and a zero digest.
 *
 * Verifying against it costs what a real verification does, without anyone computing a real one first.
 */
export function unmatchablePhc({ memoryKib, iterations, parallelism }: HashParams): string {
  const cost = `m=${memoryKib},t=${iterations},p=${parallelism}`
  return `$argon2id$v=19$${cost}$${unpaddedZeros(16)}$${unpaddedZeros(32)}`
}

function unpaddedZeros(bytes: number): string {
  return Buffer.alloc(bytes).toString('base64').replaceAll('=', '')
}

function splitPair(pair: string): [string, number] {
  const [key = '', value] = pair.split('=')
  return [key, Number(value)]
}

function entriesOf(params: HashParams): [keyof HashParams, number][] {
  // Object.entries forgets the key type; the object has these keys and no other.
  return Object.entries(params) as [keyof HashParams, number][]
}

/** One core is left to whoever asks for no hash: with one more they would wait for each other (SECURITY 6.4). */
export const placesForHashes = (): number => Math.max(1, availableParallelism() - 1)
