import { type SQL, sql } from 'drizzle-orm'
import type postgres from 'postgres'

const MARK = '/* prepared */'

/**
 * Begins a statement that is sent again and again and is always the same text, as in sql`${PREPARED} select …`. One that has no
 * name is parsed and planned each time it comes, and takes the connection two trips; drizzle can name only what its builders make.
 */
export const PREPARED: SQL = sql.raw(MARK)

type Sending = Pick<postgres.Sql, 'unsafe'>

/**
 * Prepares what says so, and counts. The library could count by its `debug`, but then takes down for every statement where it
 * came from: that alone cost a fortieth of what a busy process does.
 */
export function watchStatements(client: postgres.Sql, onStatement: () => void): void {
  watch(client, onStatement)
  const begin = client.begin.bind(client)

  // drizzle gives nothing but what is to be done.
  const watched = (act: (tx: postgres.TransactionSql) => unknown) => {
    onStatement() // its end; its beginning is sent like any other statement
    return begin((tx) => {
      watch(tx, onStatement)
      return act(tx)
    })
  }
  Object.assign(client, { begin: watched })
}

function watch(sending: Sending, onStatement: () => void): void {
  const unsafe = sending.unsafe.bind(sending)
  const watched: Sending['unsafe'] = (text, parameters, options) => {
    onStatement()
    return unsafe(text, parameters, text.startsWith(MARK) ? { ...options, prepare: true } : options)
  }
  Object.assign(sending, { unsafe: watched })
}
