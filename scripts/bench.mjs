// npm run bench -- NAME: one measurement of bench/, on a graph and a database of its own.
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
await build()
const { status } = spawnSync(process.execPath, ['dist/bench/run.js', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
