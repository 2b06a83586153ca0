import type { Logger } from '../shared/log/logger.js'
import { createRounds } from '../shared/runtime/rounds.js'
import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import type { KeyedDigest } from './domain/audit-chain.js'

const APPEND_EVERY_MS = 500
const EXPIRE_EVERY_MS = 3_600_000

/** What the chain of the audit log is made with; the database does not know it. */
export function auditDigest({ USERS_KEY }: { USERS_KEY: Uint8Array }): KeyedDigest {
  const key = deriveKey(USERS_KEY, 'users audit')
  return (text) => keyedDigest(key, text)
}

type Writer = { append(): Promise<boolean>; expire(): Promise<void> }

/** The two rounds of the audit log: what waits is appended, and what is older than it is kept goes. */
export function createAuditing(writer: Writer, log: Logger) {
  const rounds = [
    createRounds({
      name: 'audit',
      everyMs: APPEND_EVERY_MS,
      pokeMs: APPEND_EVERY_MS,
      round: async () => {
        while (await writer.append());
      },
      log,
    }),
    createRounds({
      name: 'audit-retention',
      everyMs: EXPIRE_EVERY_MS,
      pokeMs: EXPIRE_EVERY_MS,
      round: writer.expire,
      log,
    }),
  ]
  return {
    start() {
      for (const one of rounds) one.start()
    },
    stop: () => Promise.all(rounds.map((one) => one.stop())),
  }
}
