import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { clientSchema } from '../router/plan/client-schema.js'

// npm run codegen: supergraph.graphql → sdk/schema.graphql, what clients may rely on → sdk/__generated__/, all committed.
// With --check it writes nothing and fails where a committed file is stale.

const PUBLIC_SCHEMA = 'sdk/schema.graphql'
const check = process.argv.includes('--check')

const supergraphSdl = await readFile('supergraph.graphql', 'utf8')
const publicSdl = `${printSchema(lexicographicSortSchema(clientSchema(supergraphSdl)))}\n`

// The types are checked against the committed schema, so that a stale one is named for what it is.
if (check) {
  const committed = await readFile(PUBLIC_SCHEMA, 'utf8').catch(() => null)
  if (committed !== publicSdl) stop(`Stale: ${PUBLIC_SCHEMA}`)
} else {
  await writeFile(PUBLIC_SCHEMA, publicSdl)
}

const { status, stdout } = spawnSync(
  process.execPath,
  ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.yml', ...(check ? ['--check'] : [])],
  { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
)
if (status !== 0) {
  console.error(stdout) // what it was doing; of no interest while all goes well
  stop('sdk/__generated__/ is stale or cannot be made')
}

function stop(fault: string): never {
  console.error(`${fault}. Run npm run codegen and commit what it writes.`)
  process.exit(1)
}
