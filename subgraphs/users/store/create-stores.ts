import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Outbox } from '../../shared/events/outbox.js'
import { createAccountStore } from './accounts.js'
import { createAdministrationStore } from './administration.js'
import { createAttributeStore } from './attributes.js'
import { createAddressStore } from './change-address.js'
import { createContactChangeStore } from './contact-changes.js'
import { createDeletionStore } from './deletions.js'
import { createUserDirectory } from './directory.js'
import { createInvitationStore } from './invitations.js'

/** Every store that a use case works on. */
export const createStores = (db: PostgresJsDatabase, outbox: Outbox) => ({
  accounts: createAccountStore(db, outbox),
  changes: createContactChangeStore(db, outbox),
  deletions: createDeletionStore(db, outbox),
  attributeValues: createAttributeStore(db),
  directory: createUserDirectory(db),
  administration: createAdministrationStore(db, outbox),
  addresses: createAddressStore(db, outbox),
  invitations: createInvitationStore(db, outbox),
})

export type Stores = ReturnType<typeof createStores>
