import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'

/** Keyed digests of what is compared or counted and not kept, each use with a key of its own. */
export function createDigests(otpKey: Uint8Array) {
  const digestWith = (use: string) => {
    const key = deriveKey(otpKey, use)
    return (text: string) => keyedDigest(key, text)
  }
  return {
    code: digestWith('codes'),
    subject: digestWith('subjects'),
    destination: digestWith('destinations'),
  }
}

export type Digests = ReturnType<typeof createDigests>
