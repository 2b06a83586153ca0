import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import type { ApiClient, ApiClientStore, NewClientSecret } from '../domain/ports.js'
import { apiClients, clientSecrets } from './tables.js'

type KnownRow = { secret_id: string; scopes: string[] }

const columns = {
  id: apiClients.id,
  name: apiClients.name,
  scopes: apiClients.scopes,
  createdAt: apiClients.createdAt,
  lastUsedAt: apiClients.lastUsedAt,
  secretRotatedAt: apiClients.secretRotatedAt,
}

export function createApiClientStore(db: PostgresJsDatabase): ApiClientStore {
  return {
    create: (client, secret) =>
      db.transaction(async (tx) => {
        const [row] = await tx.insert(apiClients).values(client).returning(columns)
        await tx.insert(clientSecrets).values({ ...secret, clientId: client.id })
        return row as ApiClient // an insert that does not throw has its row
      }),

    rotateSecret: (id, secret) => rotateSecret(db, id, secret),

    delete: (id) =>
      db.transaction(async (tx) => {
        const deleted = await tx
          .delete(apiClients)
          .where(eq(apiClients.id, id))
          .returning({ id: apiClients.id })
        await tx.update(clientSecrets).set(ended).where(livingOf(id))
        return deleted.length === 1
      }),

    authenticate: (id, digest) => authenticate(db, id, digest),

    async isSecretActive(id) {
      const [row] = await db
        .select({ id: clientSecrets.id })
        .from(clientSecrets)
        .where(and(eq(clientSecrets.id, id), isNull(clientSecrets.endedAt)))
      return row !== undefined
    },

    async find(id) {
      const [row] = await db.select(columns).from(apiClients).where(eq(apiClients.id, id))
      return row ?? null
    },

    list: ({ first, after }) =>
      db
        .select(columns)
        .from(apiClients)
        .where(after ? lt(apiClients.id, after) : undefined)
        .orderBy(desc(apiClients.id))
        .limit(first + 1),
  }
}

const ended = { endedAt: sql`now()` }
const livingOf = (clientId: string) =>
  and(eq(clientSecrets.clientId, clientId), isNull(clientSecrets.endedAt))

/** The client's row is locked first: callers side by side take turns, and the last one's secret is the one that counts. */
const rotateSecret = (db: PostgresJsDatabase, id: string, secret: NewClientSecret) =>
  db.transaction(async (tx) => {
    const [client] = await tx
      .update(apiClients)
      .set({ secretRotatedAt: sql`now()` })
      .where(eq(apiClients.id, id))
      .returning(columns)
    if (!client) return null

    await tx.update(clientSecrets).set(ended).where(livingOf(id))
    await tx.insert(clientSecrets).values({ ...secret, clientId: id })
    return client
  })

/** One statement, whether or not there is such a client. */
async function authenticate(db: PostgresJsDatabase, id: string, digest: Uint8Array) {
  const [row] = (await db.execute(sql`
    update ${apiClients} as client set last_used_at = now()
    from ${clientSecrets} as secret
    where client.id = ${apiClients.id.mapToDriverValue(id)} and secret.client_id = client.id
      and secret.digest = ${clientSecrets.digest.mapToDriverValue(digest)}::bytea and secret.ended_at is null
    returning secret.id as secret_id, client.scopes`)) as unknown as KnownRow[]
  return row ? { secretId: uuidToId(ID_PREFIXES.clientSecret, row.secret_id), scopes: row.scopes } : null
}
