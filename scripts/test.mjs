// npm test: installs what is missing, checks the code, and runs every test. Words after it narrow what jest runs.
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
const words = process.argv.slice(2)
if (words.length === 0) run('scripts/check.mjs')
await build({ withTests: true })
if (words.length === 0) {
  // What is generated and committed must be what the sources say.
  run('dist/local/compose.js', '--check')
  run('dist/local/codegen.js', '--check')
}
run('dist/local/test/run-tests.js', ...words)

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
