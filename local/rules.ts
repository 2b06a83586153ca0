import { readFile } from 'node:fs/promises'
import { describePolicies, describeRules } from '../router/guard/describe-rules.js'
import { readRules } from '../router/guard/rules.js'

// npm run rules: who may ask what, as the router keeps it, out of supergraph.graphql.

const read = readRules(await readFile('supergraph.graphql', 'utf8'))
if (read.kind === 'refused') {
  console.error(`The rules cannot all be kept:\n${read.faults.map((fault) => `  ${fault}`).join('\n')}`)
  process.exit(1)
}

const rows = describeRules(read.rules)
const width = Math.max(...rows.map(({ field }) => field.length))
let type = ''
for (const row of rows) {
  if (row.type !== type) console.log(`\n${row.type}`)
  type = row.type
  console.log(`  ${row.field.padEnd(width)}  ${[row.who, ...row.besides].join(' · ')}`)
}
console.log('\nPolicies')
for (const { name, says } of describePolicies(read.rules)) console.log(`  ${name.padEnd(width)}  ${says}`)
console.log(
  `\nEvery other field is for whoever may ask the field above it. "by row" is decided by the owner of the row.`,
)
