import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Child, createChild } from './child-process.js'
import { takeFolderLock } from './folder-lock.js'
import { stopLeftover } from './leftover-process.js'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js'
import { POSTGRES_ENV, prepareCluster } from './postgres-cluster.js'
import { type PostgresHome, preparePostgresHome } from './postgres-home.js'
import { POSTGRES_DATABASE, postgresUrl } from './postgres-url.js'
import { runUntilReady } from './run-until-ready.js'
import type { StopStep } from './stop-process.js'

const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', seconds: 10 }, // fast: open transactions are rolled back, the data is checkpointed
  // immediate: recovers from its log at the next start. It gives its own processes 5 s before it kills them, and killed
  // before that would leave them behind, writing.
  { signal: 'SIGQUIT', seconds: 8 },
  { signal: 'SIGKILL', seconds: 5 },
]

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  // No socket file: two clusters cannot collide on one, and a long folder name cannot exceed its length limit.
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  'fsync=on',
  'synchronous_commit=on',
]

type Options = {
  dataDir: string
  log: (line: string) => void
  /** Further ones, of which the last wins. */
  settings?: readonly string[]
}

/** A PostgreSQL of our own on the loopback address, its data in `dataDir`. One owner at a time. */
export async function startPostgres({
  dataDir,
  log,
  settings = [],
}: Options): Promise<{ url: string; stop(): Promise<void> }> {
  const startedAt = performance.now()
  const lock = await takeFolderLock(join(dataDir, 'postgres.lock'), 'The database')
  try {
    const home = await preparePostgresHome(dataDir, log)
    const { child, url, port } = await launch(home, [...SETTINGS, ...settings], log)
    log(`PostgreSQL listens on 127.0.0.1:${port} after ${Math.round(performance.now() - startedAt)} ms`)
    return { url, stop: () => child.stop().finally(lock.release) }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function launch(home: PostgresHome, settings: readonly string[], log: (line: string) => void) {
  const pidFile = join(home.cluster, 'postmaster.pid')
  await stopLeftover({ pidFile, folder: home.cluster, stopSteps: STOP_STEPS, log })

  const binaries = await findPostgresBinaries(home)
  const password = await prepareCluster(home, binaries)
  const { child, port } = await runUntilReady({
    name: 'PostgreSQL',
    portFile: join(home.folder, 'port'),
    run: (port) => runPostgres(home, binaries, [...settings, `port=${port}`]),
    isReady: ({ pid }) => statusIn(home.cluster) === `${pid} ready`,
  })
  const urlOf = (database: string) => postgresUrl({ password, port, database })
  try {
    await makeDatabase(urlOf('postgres'))
  } catch (error) {
    await child.stop()
    throw error
  }
  return { child, port, url: urlOf(POSTGRES_DATABASE) }
}

function runPostgres(
  home: PostgresHome,
  { postgres: command }: PostgresBinaries,
  settings: readonly string[],
): Promise<Child> {
  return createChild({
    command,
    args: ['-D', home.cluster, ...settings.flatMap((setting) => ['-c', setting])],
    env: POSTGRES_ENV,
    cwd: home.cluster,
    logFile: join(home.folder, 'postgres.log'),
    stopSteps: STOP_STEPS,
    user: home.user,
  })
}

/** What the server writes of itself: its pid in line 1, its status in line 8. */
function statusIn(cluster: string): string {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return `${lines[0]} ${lines[7]?.trim()}`
  } catch {
    return ''
  }
}

async function makeDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 })
  try {
    const found = await sql`select from pg_database where datname = ${POSTGRES_DATABASE}`
    if (found.count === 0) await sql`create database ${sql(POSTGRES_DATABASE)}`
  } finally {
    await sql.end()
  }
}
