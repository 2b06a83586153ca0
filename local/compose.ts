import { readFile, writeFile } from 'node:fs/promises'
import { composeSupergraph } from '../router/plan/compose.js'
import { readSupergraphConfig } from '../router/plan/read-supergraph-config.js'
import { SCHEMA_BUILDERS } from '../subgraphs/all.js'
import { SUBGRAPH_NAMES } from '../subgraphs/shared/contracts/subgraph-names.js'

// npm run compose: the subgraphs' classes → their schema.graphql → supergraph.graphql, both committed.
// With --check it writes nothing and fails where a committed file is stale.

const check = process.argv.includes('--check')
const stale: string[] = []

async function put(path: string, text: string): Promise<void> {
  const committed = await readFile(path, 'utf8').catch(() => null)
  if (committed === text) return
  if (check) stale.push(path)
  else await writeFile(path, text)
}

for (const name of SUBGRAPH_NAMES) {
  const { typeDefs } = await SCHEMA_BUILDERS[name]()
  await put(`subgraphs/${name}/schema.graphql`, typeDefs)
}

const composed = composeSupergraph(await readSupergraphConfig('supergraph.yaml'))
if (composed.kind === 'failed') {
  console.error(
    `The supergraph does not compose:\n${composed.faults.map((fault) => `  ${fault}`).join('\n')}`,
  )
  process.exit(1)
}
await put('supergraph.graphql', composed.supergraphSdl)

if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run npm run compose and commit what it writes.`)
  process.exit(1)
}
