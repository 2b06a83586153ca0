import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findRedisBinary } from '../services/debian-redis.js'
import { startPostgres } from '../services/postgres.js'
import { startRedis } from '../services/redis.js'

// Runs the tests on a PostgreSQL and, where one is found, a Redis of their own; `npm test` ends here.

const REDIS_MISSING = 'No Redis was found: the suites that run on Redis did not run.'

type Stoppable = { stop(): Promise<void> }

const folder = await mkdtemp(join(tmpdir(), 'usergraph-tests-'))
const services: Stoppable[] = []
const log = (line: string) => process.env['CI'] && console.log(line)

async function prepare() {
  const postgres = await startPostgres({ dataDir: folder, log })
  services.push(postgres)
  const cacheDir = resolve('.cache')
  const binary = await findRedisBinary({ cacheDir, allowDownload: true, log })
  const redis = binary && (await startRedis({ dataDir: folder, binary, log }))
  if (redis) services.push(redis)
  return { postgres, redis }
}

function jest(env: Record<string, string>, words: string[]): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...words],
    {
      stdio: 'inherit',
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
    },
  )
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)))
}

async function runAll(): Promise<number> {
  const { postgres, redis } = await prepare()
  const env = { TEST_DATABASE_URL: postgres.url, ...(redis && { TEST_REDIS_URL: redis.url }) }
  const words = process.argv.slice(2)
  const failed = await jest(env, words)
  if (redis) return failed

  console.log(`\n${REDIS_MISSING}`)
  return process.env['REQUIRE_REDIS'] === '1' ? 1 : failed
}

let code = 1
try {
  code = await runAll()
} finally {
  for (const service of services.toReversed()) await service.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(code)
