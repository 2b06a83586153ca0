import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import type { ApiClient, ApiClientStore, NewClientSecret } from '../domain/api-client-ports.js'
import { apiClients, clientSecrets, outbox as outboxTable } from './tables.js'

type KnownRow = { secret_id: string; scopes: string[] }

const columns = {
  id: apiClients.id,
  name: apiClients.name,
  scopes: apiClients.scopes,
  createdAt: apiClients.createdAt,
  lastUsedAt: apiClients.lastUsedAt,
  secretRotatedAt: apiClients.secretRotatedAt,
}

export function createApiClientStore(db: PostgresJsDatabase, outbox: Outbox): ApiClientStore {
  return {
    async create(client, secret, by) {
      const made = await acting(
        { db, outbox },
        { action: 'api-client.create', id: client.id, by },
        async (tx) => {
          const [row] = await tx.insert(apiClients).values(client).returning(columns)
          await tx.insert(clientSecrets).values({ ...secret, clientId: client.id })
          return row ?? null
        },
      )
      return made as ApiClient // an insert that does not throw has its row
    },

    rotateSecret: (id, secret, by) =>
      acting({ db, outbox }, { action: 'api-client.rotate-secret', id, by }, (tx) =>
        rotateSecret(tx, id, secret),
      ),

    async delete(id, by) {
      const deleted = await acting({ db, outbox }, { action: 'api-client.delete', id, by }, async (tx) => {
        const [row] = await tx
          .delete(apiClients)
          .where(eq(apiClients.id, id))
          .returning({ id: apiClients.id })
        await tx.update(clientSecrets).set(ended).where(livingOf(id))
        return row ?? null
      })
      return deleted !== null
    },

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

type Connection = { db: PostgresJsDatabase; outbox: Outbox }
type Doing = { action: string; id: string; by: Actor }

/** Does something to a client and tells of it in one transaction; where it answers null there was nothing to do. */
async function acting<Done>(
  { db, outbox }: Connection,
  { action, id, by }: Doing,
  act: (tx: Transaction) => Promise<Done | null>,
): Promise<Done | null> {
  const done = await db.transaction(async (tx) => {
    const result = await act(tx)
    const told = { action, outcome: 'SUCCESS' as const, subjectId: null, by, detail: { client: id } }
    if (result !== null) await tx.insert(outboxTable).values(recordedAct(told))
    return result
  })
  if (done !== null) outbox.poke()
  return done
}

const ended = { endedAt: sql`now()` }
const livingOf = (clientId: string) =>
  and(eq(clientSecrets.clientId, clientId), isNull(clientSecrets.endedAt))

/** The client's row is locked first: callers side by side take turns, and the last one's secret is the one that counts. */
async function rotateSecret(tx: Transaction, id: string, secret: NewClientSecret): Promise<ApiClient | null> {
  const [client] = await tx
    .update(apiClients)
    .set({ secretRotatedAt: sql`now()` })
    .where(eq(apiClients.id, id))
    .returning(columns)
  if (!client) return null

  await tx.update(clientSecrets).set(ended).where(livingOf(id))
  await tx.insert(clientSecrets).values({ ...secret, clientId: id })
  return client
}

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
