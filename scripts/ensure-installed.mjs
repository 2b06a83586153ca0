// Runs `npm ci` where the installed tree is not the one the lockfile names. Needs nothing but Node and npm itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** npm leaves a copy of what it installed here, as its last step: an interrupted install has none. */
const INSTALLED = 'node_modules/.package-lock.json'

export function ensureInstalled() {
  const wanted = packagesOf('package-lock.json')
  if (existsSync(root + INSTALLED) && isInstalled(wanted, packagesOf(INSTALLED))) return

  // Not on the output, which may be what a command was run for: `npm run --silent keys > .env`.
  console.error('Installing dependencies (npm ci) …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

function packagesOf(file) {
  return JSON.parse(readFileSync(root + file, 'utf8')).packages
}

function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // The root itself, and packages of other platforms, are not in the installed tree.
    if (path === '' || (optional && !installed[path])) return true
    return installed[path]?.version === version
  })
}
