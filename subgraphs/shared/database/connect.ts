import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Logger } from '../log/logger.js'
import { makeReadyAt } from './ready-at.js'
import { watchStatements } from './send.js'

export type Database = {
  db: PostgresJsDatabase
  client: postgres.Sql
  /** Its time, where it answers and the clock here agrees with it; else null. */
  readyAt(): Promise<number | null>
  stop(): Promise<void>
}

type Options = {
  url: string
  /** Named in `pg_stat_activity`. */
  name: string
  onStatement?: () => void
  /** Hears of a clock that is off. */
  log?: Pick<Logger, 'error'>
  now?: () => number
}

/**
 * A pool with the figures of SECURITY 13.5: at most 10 connections, no statement longer than 5 s, no lock waited
 * for longer than 2 s, no transaction left idle for 10 s.
 */
export function connectDatabase({
  url,
  name,
  onStatement = () => {},
  log,
  now = Date.now,
}: Options): Database {
  const client = postgres(url, {
    max: 10,
    connect_timeout: 2,
    idle_timeout: 0,
    backoff: (tries) => Math.min(5, 0.1 * 2 ** tries) * (0.5 + Math.random() / 2),
    connection: {
      application_name: `usergraph-${name}`,
      statement_timeout: 5000,
      lock_timeout: 2000,
      idle_in_transaction_session_timeout: 10_000,
    },
    onnotice: () => {},
  })
  watchStatements(client, onStatement)

  return {
    client,
    db: drizzle(client, { casing: 'snake_case' }),
    readyAt: makeReadyAt({ client, now, log }),
    stop: () => client.end({ timeout: 5 }),
  }
}
