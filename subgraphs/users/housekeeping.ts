import type { Database } from '../shared/database/connect.js'
import { forgetOldRequests } from '../shared/idempotency/once.js'
import type { Logger } from '../shared/log/logger.js'
import { createRounds } from '../shared/runtime/rounds.js'
import { forgetOldUsernames } from './store/change-username.js'
import { forgetSpentGrants } from './store/spend-grant.js'
import { idempotentRequests } from './store/tables.js'

/** Sessions end within 5 seconds of the time at which an account goes (SECURITY 9.7). */
const DELETE_EVERY_MS = 3000
const RETENTION_EVERY_MS = 600_000

type Parts = {
  db: Database['db']
  log: Logger
  deletions: { deleteDue(): Promise<void>; tellAgain(): Promise<string[]> }
}

/** What is done in rounds: accounts go when their time has come, and so does what means nothing any more. */
export function createHousekeeping({ db, log, deletions }: Parts) {
  const retention = createRounds({
    ...{ name: 'retention', everyMs: RETENTION_EVERY_MS, pokeMs: RETENTION_EVERY_MS, log },
    async round() {
      await forgetOldRequests({ db, table: idempotentRequests })
      await forgetOldUsernames(db)
      await forgetSpentGrants(db)
    },
  })
  const deleting = createRounds({
    ...{ name: 'deletions', everyMs: DELETE_EVERY_MS, pokeMs: DELETE_EVERY_MS, log },
    async round() {
      await deletions.deleteDue()
      for (const userId of await deletions.tellAgain()) log.error({ event: 'deletion.no-receipt', userId })
    },
  })

  return {
    start() {
      retention.start()
      deleting.start()
    },
    stop: () => Promise.all([retention.stop(), deleting.stop()]),
  }
}
