import type { StoredKey } from '../store/signing-keys.js'
import { openSigningKeys, type SigningKeys } from './signing-keys.js'

/** The keys as this process knows them: what another process has rotated is seen at the next look. */
export async function createKeyRing(load: () => Promise<StoredKey[]>, sealingKey: Uint8Array) {
  let held: { keys: SigningKeys; print: string } | null = null

  async function refresh(): Promise<SigningKeys> {
    const stored = await load()
    const print = stored.map(({ kid, part }) => `${kid} ${part}`).join()
    // Opening a key costs; most looks find nothing new.
    if (held?.print !== print) held = { keys: await openSigningKeys(stored, sealingKey), print }
    return held.keys
  }

  let current = await refresh()
  return {
    current: () => current,
    async refresh(): Promise<SigningKeys> {
      current = await refresh()
      return current
    },
  }
}

export type KeyRing = Awaited<ReturnType<typeof createKeyRing>>
