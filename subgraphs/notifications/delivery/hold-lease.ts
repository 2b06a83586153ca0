import type { DeliveryStore } from '../domain/ports.js'

const RENEW_MS = 5000

export type HeldLeases = Pick<DeliveryStore, 'claim'> & {
  /** This process is done with the message, however that went. */
  release(id: string): void
  stop(): void
}

/**
 * Keeps the lease of each message while this process sends it, so that a lease can be short: what a killed process
 * held is sent by another half a minute later, and what a living one holds is never sent beside it.
 */
export function holdLeases(
  { claim, renew }: Pick<DeliveryStore, 'claim' | 'renew'>,
  renewMs: number = RENEW_MS,
): HeldLeases {
  const held = new Map<string, string>()

  // A renewal that fails is tried again at the next round; the lease outlives five of them.
  const timer = setInterval(() => {
    for (const [id, lease] of held) renew({ id, lease }).catch(() => false)
  }, renewMs)

  return {
    async claim(id) {
      // The database may have been away for longer than the lease: it is still in our hands.
      if (held.has(id)) return null
      const claimed = await claim(id)
      if (claimed) held.set(id, claimed.lease)
      return claimed
    },
    release: (id) => {
      held.delete(id)
    },
    stop: () => clearInterval(timer),
  }
}
