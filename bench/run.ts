import { mkdtemp } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { findPostgres } from '../local/services/postgres-url.js'
import { removeData } from '../local/test/remove-data.js'
import { startGraph } from '../local/test/start-graph.js'
import type { Bench, Measured } from './bench.js'
import { hung } from './hung.js'
import { load } from './load.js'
import { me } from './me.js'
import { router } from './router.js'
import { timing } from './timing.js'
import { users } from './users.js'

// npm run bench -- NAME: measures, on a graph of its own in one process on PostgreSQL where one is needed, and prints a table.

const BENCHES: Record<string, Bench> = { timing, load, me, users }
const WITHOUT_GRAPH: Record<string, { title: string; measure(): Promise<Measured> }> = { router, hung }

async function run(name: string): Promise<number> {
  const [bench, alone] = [BENCHES[name], WITHOUT_GRAPH[name]]
  if (alone) return tell(alone.title, await alone.measure())
  if (bench) return onGraph(bench)
  const names = Object.keys({ ...BENCHES, ...WITHOUT_GRAPH })
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`)
  return 2
}

async function onGraph(bench: Bench): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-bench-'))
  const shape = { name: 'bench', folder: 'bench', entry: 'start.js', env: { QUEUE: 'postgres' } }
  const graph = await startGraph(shape, folder)
  Object.assign(process.env, graph.env)
  const owner = postgres((await findPostgres(folder)) ?? '', { max: 2, onnotice: () => {} })
  try {
    return tell(bench.title, await bench.measure(owner))
  } finally {
    await owner.end()
    await graph.stop()
    await removeData(folder)
  }
}

function tell(title: string, { rows, holds, moreTables = [] }: Measured): number {
  console.log(`${title}\nNode ${process.version}, ${cpus().length} cores\n`)
  for (const table of [rows, ...moreTables]) console.table(table)
  if (!holds) console.error('The limit that this measures does not hold.')
  return holds ? 0 : 1
}

process.exitCode = await run(process.argv[2] ?? '')
