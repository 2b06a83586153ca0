import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Child, createChild } from './child-process.js'
import { findRedisBinary, type RedisBinary } from './debian-redis.js'
import { type FolderLock, takeFolderLock } from './folder-lock.js'
import { keepPassword } from './kept-values.js'
import { stopLeftover } from './leftover-process.js'
import { runUntilReady } from './run-until-ready.js'
import { STOP_POLITELY } from './stop-process.js'

type Log = (line: string) => void
type Options = {
  dataDir: string
  log: Log
  /** The program to run; without it the one on PATH, else the copy in `searchCache`. */
  binary?: RedisBinary | null
  searchCache?: string
}

/** A Redis or Valkey of our own on the loopback address, or null where no such program is found. */
export async function startRedis(options: Options): Promise<{ url: string; stop(): Promise<void> } | null> {
  const { log, searchCache = options.dataDir } = options
  const binary =
    options.binary ?? (await findRedisBinary({ cacheDir: searchCache, allowDownload: false, log }))
  if (!binary) return null

  const dataDir = resolve(options.dataDir)
  const lock = await takeFolderLock(join(dataDir, 'redis.lock'), 'Redis')
  return launch({ folder: join(dataDir, 'redis'), binary, log, lock }).catch(async (error: unknown) => {
    await lock.release()
    throw error
  })
}

type Launch = { folder: string; binary: RedisBinary; log: Log; lock: FolderLock }

async function launch({ folder, binary, log, lock }: Launch) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await stopLeftover({ pidFile: join(folder, 'pid'), folder, stopSteps: STOP_POLITELY, log })

  const password = await keepPassword(join(folder, 'password'))
  const { child, port } = await runUntilReady({
    name: 'Redis',
    portFile: join(folder, 'port'),
    run: (candidate) => runRedis({ folder, binary, password, port: candidate }),
    isReady: (started) => started.lastWords().includes('Ready to accept connections'),
  })
  log(`Redis listens on 127.0.0.1:${port}`)
  const stop = () => child.stop().finally(lock.release)
  return { url: `redis://:${password}@127.0.0.1:${port}`, stop }
}

type Run = { folder: string; binary: RedisBinary; password: string; port: number }

async function runRedis({ folder, binary, password, port }: Run): Promise<Child> {
  // In a file, not in the arguments: every user of the machine can read those.
  const configFile = join(folder, 'redis.conf')
  await writeFile(configFile, configFor({ folder, password, port }), { mode: 0o600 })
  return createChild({
    command: binary.command,
    args: [configFile],
    env: binary.env,
    cwd: folder,
    logFile: join(folder, 'redis.log'),
    stopSteps: STOP_POLITELY,
    pidFile: join(folder, 'pid'),
  })
}

function configFor({ folder, password, port }: Omit<Run, 'binary'>): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    'appendonly yes',
    'save ""', // the append-only file is enough, and a snapshot forks
    'maxmemory-policy noeviction', // a queue must not lose jobs to make room
    'daemonize no',
    'logfile ""',
    '',
  ].join('\n')
}
