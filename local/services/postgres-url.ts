import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './error-code.js'
import { recallPort } from './kept-values.js'
import { POSTGRES_OWNER } from './postgres-cluster.js'

export const POSTGRES_DATABASE = 'usergraph'

type Place = { password: string; port: number; database?: string }

export const postgresUrl = ({ password, port, database = POSTGRES_DATABASE }: Place): string =>
  `postgres://${POSTGRES_OWNER}:${password}@127.0.0.1:${port}/${database}`

/** Where the database of a data folder listens while something runs it; null where none was ever made. */
export async function findPostgres(dataDir: string): Promise<string | null> {
  const folder = join(dataDir, 'postgres')
  const password = await readFile(join(folder, 'password'), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
  const port = await recallPort(join(folder, 'port'))
  return password !== null && port ? postgresUrl({ password: password.trim(), port }) : null
}
