import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { startPostgres } from './postgres.js'
import { createCleanups, makeScratch } from './service-testkit.js'

export const cleanups = createCleanups()

export async function scratch(options?: Parameters<typeof makeScratch>[0]): Promise<string> {
  const { folder, remove } = await makeScratch(options)
  cleanups.add(remove)
  return folder
}

export async function start(dataDir: string, log: (line: string) => void = () => undefined) {
  const running = await startPostgres({ dataDir, log })
  cleanups.add(running.stop)
  return running
}

export async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1 })
  try {
    return await question(sql)
  } finally {
    await sql.end()
  }
}

export const pidFileIn = (dataDir: string) => join(dataDir, 'postgres/data/postmaster.pid')
export const postmasterOf = (dataDir: string) => Number.parseInt(readFileSync(pidFileIn(dataDir), 'utf8'), 10)
