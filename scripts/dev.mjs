// npm run dev: as npm start, and again whenever a source file changes.
import { spawn, spawnSync } from 'node:child_process'
import { watch } from 'node:fs'
import { ensureInstalled } from './ensure-installed.mjs'

const SOURCES = ['subgraphs', 'router', 'local']
const SETTLE_MS = 150

ensureInstalled()

let child = null
let timer = null
let stopping = false

function start() {
  // A source that does not compile leaves nothing running until the next change.
  if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) return
  child = spawn(process.execPath, ['dist/local/start.js'], { stdio: 'inherit', detached: true })
}

async function stop() {
  const running = child
  child = null
  if (!running || running.exitCode !== null) return
  const ended = new Promise((resolve) => running.once('exit', resolve))
  running.kill('SIGINT')
  await ended
}

async function restart() {
  await stop()
  if (!stopping) start()
}

for (const folder of SOURCES) {
  watch(folder, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(restart, SETTLE_MS)
  })
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    stopping = true
    await stop()
    process.exit(0)
  })
}

start()
