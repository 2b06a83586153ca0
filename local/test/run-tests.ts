import { spawn } from 'node:child_process'
import { copyFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findRedisBinary } from '../services/debian-redis.js'
import { startPostgres } from '../services/postgres.js'
import { startRedis } from '../services/redis.js'
import { removeData } from './remove-data.js'
import { type GraphShape, startGraph } from './start-graph.js'

// Runs every test on a PostgreSQL and, where one is found, a Redis of their own; `npm test` ends here.
// Words narrow what runs: `npm test -- subgraphs/users`, `npm test -- graph`, `npm test -- system`, `npm test -- faults`.

const REDIS_MISSING = `
No Redis was found (PATH, or Debian's package in .cache): these suites ran on PostgreSQL alone and not on Redis:
  events over queues, delivery of messages while a process or the queue is gone, limits, and the whole graph in many processes.`

/** What an operator may define, as the documentation shows it. */
const EXAMPLES = {
  ROLES_FILE: resolve('deploy/config/roles.example.json'),
  CLAIMS_FILE: resolve('deploy/config/claims.example.json'),
  APPS_FILE: resolve('deploy/config/apps.example.json'),
  ATTRIBUTES_FILE: resolve('deploy/config/attributes.example.json'),
}

/** The server of the store tests is thrown away with the run: what it would keep on a power cut, nobody reads. */
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB']

type Stoppable = { stop(): Promise<void> }

const words = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'usergraph-tests-'))
const services: Stoppable[] = []
const log = () => {}

async function keep<Service extends Stoppable>(started: Promise<Service>): Promise<Service> {
  const service = await started
  services.push(service)
  return service
}

async function findRedis(): Promise<{ url: string } | null> {
  const binary = await findRedisBinary({ cacheDir: resolve('.cache'), allowDownload: true, log })
  if (!binary) return null
  const redis = await startRedis({ dataDir: folder, binary, log })
  return redis && keep(Promise.resolve(redis))
}

function jest(env: Record<string, string>, args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return new Promise((done) => child.on('exit', (code) => done(code === 0)))
}

async function testGraph(shape: GraphShape, args: string[]): Promise<boolean> {
  console.log(`\nThe whole graph: ${shape.name}`)
  // One of its own, that a test may write to while the graph runs.
  const rules = join(folder, `${shape.folder}.router.yaml`)
  await copyFile('router/router.yaml', rules)
  const env = { ...shape.env, ROUTER_CONFIG: rules }
  const graph = await startGraph({ ...shape, env }, join(folder, shape.folder))
  try {
    const passed = await jest({ ...graph.env, GRAPH_ROUTER_CONFIG: rules }, [
      '--config',
      'jest.graph.config.js',
      ...args,
    ])
    if (!passed) console.error(graph.lastWords())
    return passed
  } finally {
    await graph.stop()
  }
}

async function runAll(redis: { url: string } | null): Promise<boolean> {
  const [kind, ...rest] = words
  const env = { TEST_DATABASE_URL: '', ...(redis && { TEST_REDIS_URL: redis.url }) }
  const results: boolean[] = []

  if (kind === 'faults') return jest(env, ['--config', 'jest.faults.config.js', ...rest])
  if (kind !== 'graph' && kind !== 'system') {
    const postgres = await keep(startPostgres({ dataDir: folder, log, settings: NOT_DURABLE }))
    results.push(await jest({ ...env, TEST_DATABASE_URL: postgres.url }, words))
  }
  if (kind === undefined || kind === 'graph') {
    for (const shape of shapesFor(redis)) results.push(await testGraph(shape, rest))
  }
  if (kind === undefined || kind === 'system') {
    results.push(await jest(env, ['--config', 'jest.system.config.js', ...rest]))
  }
  return results.every(Boolean)
}

/** Both shapes of a deployment, and between them both stores of queues and limits. */
function shapesFor(redis: { url: string } | null): GraphShape[] {
  return [
    {
      name: 'one process, on PostgreSQL alone',
      folder: 'one',
      entry: 'start.js',
      env: { ...EXAMPLES, QUEUE: 'postgres' },
    },
    {
      name: `a process for each subgraph, on ${redis ? 'Redis' : 'PostgreSQL alone'}`,
      folder: 'many',
      entry: 'start-processes.js',
      env: { ...EXAMPLES, ...(redis ? { REDIS_URL: redis.url } : { QUEUE: 'postgres' }) },
    },
  ]
}

let passed = false
try {
  const redis = await findRedis()
  passed = await runAll(redis)
  if (!redis) {
    console.log(REDIS_MISSING)
    passed &&= process.env['REQUIRE_REDIS'] !== '1'
  }
} finally {
  for (const service of services.toReversed()) await service.stop()
  await removeData(folder)
}
process.exit(passed ? 0 : 1)
