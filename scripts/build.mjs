// Compiles the TypeScript to dist/, with the files that lie beside it (SQL, pages, plain JavaScript).
import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['subgraphs', 'router', 'local', 'sdk']

export function build() {
  const fresh = `dist-${process.pid}`
  const { status } = spawnSync(
    process.execPath,
    [
      ...['node_modules/@swc/cli/bin/swc.js', ...SOURCES, '--out-dir', fresh, '--quiet'],
      ...['--extensions', '.ts', '--copy-files', '--ignore', '**/*.test.ts'],
    ],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0) {
    rmSync(root + fresh, { recursive: true, force: true })
    process.exit(status ?? 1)
  }

  // A running instance reads its files from dist/ too: it is replaced whole, and only when the new one is complete.
  const old = `${fresh}-old`
  if (existsSync(`${root}dist`)) renameSync(`${root}dist`, root + old)
  renameSync(root + fresh, `${root}dist`)
  rmSync(root + old, { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build()
