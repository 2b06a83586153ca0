// npm run migration -- SUBGRAPH NAME: writes the SQL that brings a subgraph's tables to what `store/tables.ts`, and others named so, say.
// Read it before it is committed.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const [subgraph, name] = process.argv.slice(2)
if (!subgraph || !name) {
  console.error('npm run migration -- SUBGRAPH NAME')
  process.exit(2)
}

const out = `subgraphs/${subgraph}/migrations`
const { status } = spawnSync(
  'npx',
  [
    ...['drizzle-kit', 'generate', '--dialect', 'postgresql', '--casing', 'snake_case'],
    ...['--schema', `subgraphs/${subgraph}/store/*tables.ts`, '--out', out, '--name', name],
  ],
  { stdio: 'inherit' },
)
if (status !== 0) process.exit(status ?? 1)

// The owner has made the schema by then; it also holds the table that counts migrations.
for (const file of readdirSync(out).filter((entry) => entry.endsWith('.sql'))) {
  const path = `${out}/${file}`
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/^CREATE SCHEMA "/m, 'CREATE SCHEMA IF NOT EXISTS "'),
  )
}
