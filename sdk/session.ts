import type { TokensFragment } from './__generated__/operations.js'
import { createQueue } from './in-turn.js'
import { NO_TOKENS, type TokenStore } from './token-store.js'

/** `SESSION_ENDED`: not by this client. It expired, was ended elsewhere, or is another person's by now. */
export type SignedOutReason = 'SIGNED_OUT' | 'SESSION_ENDED'
export type SignedOutListener = (reason: SignedOutReason) => void

/** So long before its end an access token is traded for the next, that none ends on its way to the server. */
const RENEW_BEFORE_MS = 30_000

export type Session = ReturnType<typeof createSession>

/** The tokens in hand, and who wants to know when they are gone. */
export function createSession({ store, now }: { store: TokenStore; now: () => number }) {
  const listeners = new Set<SignedOutListener>()

  return {
    /** Signing in, renewing and signing out wait for each other: a late answer never brings back what has ended. */
    inTurn: createQueue(),

    read: async () => store.read(),

    isDue: (renewAt: number | null): boolean => renewAt !== null && renewAt <= now(),

    async begin(tokens: TokensFragment, userId: string | null): Promise<void> {
      const { deviceToken } = await store.read()
      await store.write({
        accessToken: tokens.accessToken,
        renewAt: renewalOf(tokens.accessTokenExpiresAt, now()),
        refreshToken: tokens.refreshToken,
        deviceToken: tokens.deviceToken ?? deviceToken,
        userId,
      })
    },

    async end(reason: SignedOutReason): Promise<void> {
      const { accessToken, refreshToken, deviceToken } = await store.read()
      await store.write({ ...NO_TOKENS, deviceToken })
      if (accessToken === null && refreshToken === null) return
      // In a task of its own: a listener that throws is its owner's fault, and stops nothing here.
      for (const listener of listeners) queueMicrotask(() => listener(reason))
    },

    onSignedOut(listener: SignedOutListener): () => void {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** A token that seems to end as it comes shows a wrong clock here: then only the server says when it has ended. */
function renewalOf(expiresAt: string, now: number): number | null {
  const renewAt = Date.parse(expiresAt) - RENEW_BEFORE_MS
  return renewAt > now ? renewAt : null
}
