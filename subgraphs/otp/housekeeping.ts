import type { Database } from '../shared/database/connect.js'
import { forgetOldRequests } from '../shared/idempotency/once.js'
import type { Logger } from '../shared/log/logger.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { FactorStore } from './domain/factor-ports.js'
import type { CodeStore } from './domain/ports.js'
import { idempotentRequests } from './store/tables.js'

const RETENTION_EVERY_MS = 600_000
const TEXTS_EVERY_MS = 60_000

type Parts = {
  db: Database['db']
  codes: Pick<CodeStore, 'deleteOld' | 'textOutcomes'>
  factors: Pick<FactorStore, 'deleteOld'>
  lookAtTexts: (codes: Pick<CodeStore, 'textOutcomes'>) => Promise<void>
  log: Logger
}

/** What is done once in a while: old rows go, and the latest texts are looked at. */
export function createHousekeeping({ db, codes, factors, lookAtTexts, log }: Parts) {
  const rounds = [
    createRounds({
      ...{ name: 'retention', everyMs: RETENTION_EVERY_MS, pokeMs: RETENTION_EVERY_MS, log },
      async round() {
        await codes.deleteOld()
        await factors.deleteOld()
        await forgetOldRequests({ db, table: idempotentRequests })
      },
    }),
    createRounds({
      ...{ name: 'texts', everyMs: TEXTS_EVERY_MS, pokeMs: TEXTS_EVERY_MS, log },
      round: () => lookAtTexts(codes),
    }),
  ]

  return {
    start() {
      for (const { start } of rounds) start()
    },
    async stop() {
      await Promise.all(rounds.map(({ stop }) => stop()))
    },
  }
}
