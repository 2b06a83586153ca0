import { type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import type { AttributeChange, StoredAttributes } from '../domain/attributes.js'
import type { ProfileChange } from '../domain/ports.js'
import { users } from './tables.js'

export type AttributeStore = {
  /** Of many people: apart from their accounts, since most who ask for those ask for nothing of it. */
  findMany(ids: readonly string[]): Promise<{ id: string; attributes: StoredAttributes }[]>
  /** Those at some places alone: all that somebody has may be long. */
  findSome(
    ids: readonly string[],
    places: readonly string[],
  ): Promise<{ id: string; attributes: StoredAttributes }[]>
}

export const createAttributeStore = (db: PostgresJsDatabase): AttributeStore => ({
  async findMany(ids) {
    const uuids = ids.flatMap((id) => idToUuid(ID_PREFIXES.user, id) ?? [])
    if (uuids.length === 0) return []
    return db
      .select({ id: users.id, attributes: users.attributes })
      .from(users)
      .where(sql`${users.id} = any(${sql.param(uuids)}::uuid[])`)
  },

  async findSome(ids, places) {
    const uuids = ids.flatMap((id) => idToUuid(ID_PREFIXES.user, id) ?? [])
    const some = sql<StoredAttributes>`(select coalesce(jsonb_object_agg(key, value), '{}')
      from jsonb_each(${users.attributes}) where key = any(${sql.param([...places])}::text[]))`
    return db
      .select({ id: users.id, attributes: some })
      .from(users)
      .where(sql`${users.id} = any(${sql.param(uuids)}::uuid[])`)
  },
})

/** A change of a profile as columns. */
export function profileColumns({ attributes, ...plain }: ProfileChange) {
  return { ...plain, ...(attributes && { attributes: merged(attributes) }) }
}

/** Merged by the row's own statement: of two who set different keys at once, neither undoes the other. */
const merged = ({ set, removed }: AttributeChange): SQL =>
  sql`(${users.attributes} || ${JSON.stringify(set)}::text::jsonb) - ${sql.param([...removed])}::text[]`
