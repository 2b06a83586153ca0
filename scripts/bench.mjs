// npm run bench -- NAME: one measurement of bench/, on a graph and a database of its own.
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
await build()
// Whoever measures must not pause itself: with the young generation that Node has by itself, its garbage collector stops a client
// for ten milliseconds now and then, and a p99 would tell of that. What the processes of a graph are started with is their own;
// `router` has its routers in the process that measures, and asks from another.
const words = process.argv.slice(2)
const flags = words[0] === 'router' ? [] : ['--max-semi-space-size=1']
const { status } = spawnSync(process.execPath, [...flags, 'dist/bench/run.js', ...words], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
