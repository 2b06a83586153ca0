import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import type { Address } from './domain/ports.js'

/** Digests of addresses, by a key of their own: without it nobody tells whose they are, or tries addresses out. */
export function addressDigests(notificationsKey: Uint8Array): (address: Address) => Uint8Array {
  const key = deriveKey(notificationsKey, 'notifications suppressions')
  return ({ channel, address }) => keyedDigest(key, `${channel}:${address}`)
}
