import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { NO_PEPPER } from '../domain/ports.js'
import { readLegacyHash } from '../hashing/legacy/read-legacy-hash.mjs'
import type { HashRefusal } from '../hashing/legacy/reading.js'
import { credentials } from './tables.js'

export type ImportedCredential = {
  userId: string
  /** As the other system wrote it. */
  hash: string
  /** What becomes of a password the account has already. */
  existing: 'keep' | 'replace'
}

export type ImportResult =
  | { kind: 'imported'; form: string }
  | { kind: 'refused'; reason: HashRefusal | 'EXISTS' }

/**
 * Stores the hash that another system made of somebody's password. They sign in with that password, and the first time
 * they do, it is hashed anew in our form.
 *
 * What no worker could verify is refused here, while somebody is there to read why. Like that of a registration the
 * credential waits to be claimed: it may come before its account or after it, and where none comes it is swept.
 */
export async function importCredential(
  db: Pick<PostgresJsDatabase, 'insert'>,
  { userId, hash, existing }: ImportedCredential,
): Promise<ImportResult> {
  const reading = readLegacyHash(hash)
  if ('refused' in reading) return { kind: 'refused', reason: reading.refused }

  const stored = { phc: hash, pepperVersion: NO_PEPPER }
  const wanted = db.insert(credentials).values({ userId, ...stored })
  const replacing = { ...stored, isLong: null, changedAt: sql`now()`, knownBreachedAt: null }
  const rows = await (existing === 'replace'
    ? wanted.onConflictDoUpdate({ target: credentials.userId, set: replacing })
    : wanted.onConflictDoNothing({ target: credentials.userId })
  ).returning({ userId: credentials.userId })

  return rows.length === 1 ? { kind: 'imported', form: reading.form } : { kind: 'refused', reason: 'EXISTS' }
}
