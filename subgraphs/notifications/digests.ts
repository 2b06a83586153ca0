import { canonicalJson } from '../shared/json/canonical-json.js'
import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import type { Address } from './domain/ports.js'

/** Digests of addresses, by a key of their own: without it nobody tells whose they are, or tries addresses out. */
export function addressDigests(notificationsKey: Uint8Array): (address: Address) => Uint8Array {
  const key = deriveKey(notificationsKey, 'notifications suppressions')
  return ({ channel, address }) => keyedDigest(key, `${channel}:${address}`)
}

/** Digests of what services send, and of what it is counted by: one for all that means the same, however it is written. */
export function sendDigests(secret: Uint8Array): (...parts: unknown[]) => Uint8Array {
  const key = deriveKey(secret, 'sends')
  return (...parts) => keyedDigest(key, canonicalJson(parts, { nulls: 'left out' }))
}
