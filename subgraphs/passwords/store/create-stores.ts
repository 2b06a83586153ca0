import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Outbox } from '../../shared/events/outbox.js'
import { forgetOldRequests } from '../../shared/idempotency/once.js'
import type { StoredPassword } from '../domain/ports.js'
import { adoptCredential } from './adopt-credential.js'
import { createChangeStore } from './changes.js'
import { createCredentialStore } from './credentials.js'
import { createPasswordHistory } from './password-history.js'
import { createResetStore } from './resets.js'
import { idempotentRequests } from './tables.js'

type Options = {
  historySize: number
  /** Whether a hash can still be compared with: its pepper may have been taken away since. */
  isReadable: (stored: StoredPassword) => boolean
}

export type Stores = ReturnType<typeof createStores>

/** Everything that is stored of passwords. */
export function createStores(db: PostgresJsDatabase, outbox: Outbox, { historySize, isReadable }: Options) {
  const resets = createResetStore({ db, outbox, historySize })
  return {
    credentials: createCredentialStore(db),
    resets,
    changes: createChangeStore({ db, outbox, historySize }),
    history: createPasswordHistory(db, { historySize, isReadable }),
    adopt: (adoption: { credentialId: string; userId: string }) =>
      db.transaction((tx) => adoptCredential(tx, adoption)),
    /** What means nothing any more. */
    async forget() {
      await resets.deleteOld()
      await forgetOldRequests({ db, table: idempotentRequests })
    },
  }
}
