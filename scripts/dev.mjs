// npm run dev: as npm start, and again whenever a source file changes.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { START_FLAGS } from '../local/start-flags.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

const SOURCES = ['subgraphs', 'router', 'local']
const SETTLE_MS = 150

ensureInstalled()

let child = null
let timer = null
let stopping = false
let watchers = []
let turn = Promise.resolve()

function start() {
  // A source that does not compile leaves nothing running until the next change.
  if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) return
  child = spawn(process.execPath, [...START_FLAGS, 'dist/local/start.js'], {
    ...{ stdio: 'inherit', detached: true },
  })
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

function foldersIn(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return [folder, ...inside.flatMap(({ name }) => foldersIn(join(folder, name)))]
}

/** Each folder by itself: on Linux a recursive watch is blind to a file that an editor or git has replaced. */
function watchSources() {
  for (const watcher of watchers) watcher.close()
  watchers = SOURCES.flatMap(foldersIn).map((folder) => watch(folder, changed))
}

function changed() {
  clearTimeout(timer)
  timer = setTimeout(() => {
    watchSources()
    // One after another: a change while the last run still stops must not start two.
    turn = turn.then(restart)
  }, SETTLE_MS)
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    stopping = true
    await stop()
    process.exit(0)
  })
}

watchSources()
start()
