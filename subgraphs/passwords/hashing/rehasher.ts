import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from '../../shared/log/logger.js'
import type { CredentialStore, PasswordHasher } from '../domain/ports.js'
import type { Rehash } from '../domain/verify-password.js'

type Deps = {
  hasher: Pick<PasswordHasher, 'hash'>
  credentials: Pick<CredentialStore, 'replaceHash'>
  log: Pick<Logger, 'warn'>
}

export type Rehasher = {
  rehashLater(rehash: Rehash): void
  /** Resolves when what was begun has ended. */
  stop(): Promise<void>
}

/**
 * Brings hashes made with older parameters or an older pepper up to date, after the sign-in that revealed the password.
 *
 * It never delays an answer and need not succeed: the next sign-in tries again.
 */
export function createRehasher({ hasher, credentials, log }: Deps): Rehasher {
  const underWay = new Set<Promise<void>>()

  async function rehash({ userId, password, phc }: Rehash): Promise<void> {
    try {
      await nextTurn() // the answer goes first
      await credentials.replaceHash(userId, { from: phc, to: await hasher.hash(password) })
    } catch (err) {
      log.warn({ event: 'rehash.failed', userId, err })
    }
  }

  return {
    rehashLater(task) {
      const work = rehash(task).finally(() => underWay.delete(work))
      underWay.add(work)
    },
    stop: async () => {
      await Promise.all(underWay)
    },
  }
}
