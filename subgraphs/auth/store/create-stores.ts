import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Outbox } from '../../shared/events/outbox.js'
import { createAccessStore } from './access-versions.js'
import { createApiClientStore } from './api-clients.js'
import { createDeviceStore } from './devices.js'
import { createLoginTicketStore } from './login-tickets.js'
import { createPasswordChanges } from './password-changes.js'
import { createSessionStore } from './sessions.js'

/** Every store that a use case works on, but for keys and failures, which are looked after besides. */
export const createStores = (db: PostgresJsDatabase, outbox: Outbox) => ({
  sessions: createSessionStore(db, outbox),
  clients: createApiClientStore(db, outbox),
  tickets: createLoginTicketStore(db),
  devices: createDeviceStore(db, outbox),
  access: createAccessStore(db, outbox),
  passwords: createPasswordChanges(db, outbox),
})

export type Stores = ReturnType<typeof createStores>
