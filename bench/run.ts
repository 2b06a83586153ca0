import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { findPostgres } from '../local/services/postgres-url.js'
import { startGraph } from '../local/test/start-graph.js'
import type { Bench } from './bench.js'
import { load } from './load.js'
import { me } from './me.js'
import { timing } from './timing.js'
import { users } from './users.js'

// npm run bench -- NAME: starts a graph of its own in one process on PostgreSQL, measures, and prints a table.

const BENCHES: Record<string, Bench> = { timing, load, me, users }

async function run(name: string): Promise<number> {
  const bench = BENCHES[name]
  if (!bench) {
    console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`)
    return 2
  }
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-bench-'))
  const shape = { name: 'bench', folder: 'bench', entry: 'start.js', env: { QUEUE: 'postgres' } }
  const graph = await startGraph(shape, folder)
  Object.assign(process.env, graph.env)
  const owner = postgres((await findPostgres(folder)) ?? '', { max: 2, onnotice: () => {} })
  try {
    console.log(`${bench.title}\nNode ${process.version}, ${cpus().length} cores\n`)
    const { rows, holds } = await bench.measure(owner)
    console.table(rows)
    if (!holds) console.error('The limit that this measures does not hold.')
    return holds ? 0 : 1
  } finally {
    await owner.end()
    await graph.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

process.exitCode = await run(process.argv[2] ?? '')
