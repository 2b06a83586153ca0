// Compiles the TypeScript to dist/, with the files that lie beside it (SQL, pages, plain JavaScript).
// swc's core does it in a fifth of a second; its command-line package would bring a hundred others for this loop.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['subgraphs', 'router', 'local', 'sdk', 'bench']

/** Tests run as they are built; some look at what a script makes, and at an example of the documentation. */
const SOURCES_OF_TESTS = [...SOURCES, 'scripts', 'docs']

export async function build({ withTests = false } = {}) {
  // Loaded here, since this module is read before the packages are installed.
  const { transformFileSync } = await import('@swc/core')
  const fresh = join(root, `dist-${process.pid}`)

  try {
    for (const file of withTests ? filesOf(SOURCES_OF_TESTS) : filesOf(SOURCES).filter(isNoTest)) {
      compile(file, fresh, transformFileSync)
    }
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  replaceWith(fresh)
}

const filesOf = (sources) =>
  sources.flatMap((source) =>
    readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).map((file) => join(source, file)),
  )

const isNoTest = (file) => !file.endsWith('.test.ts')

function compile(file, fresh, transformFileSync) {
  const from = join(root, file)
  if (statSync(from).isDirectory()) return

  const to = join(fresh, file)
  mkdirSync(dirname(to), { recursive: true })
  if (!file.endsWith('.ts')) return cpSync(from, to)

  const { code, map } = transformFileSync(from, { configFile: join(root, '.swcrc'), sourceMaps: true })
  const target = to.replace(/\.ts$/, '.js')
  writeFileSync(`${target}.map`, map ?? '')
  writeFileSync(target, `${code}\n//# sourceMappingURL=${target.slice(target.lastIndexOf('/') + 1)}.map\n`)
}

/** A running instance reads its files from dist/ too: it is replaced whole, and only when the new one is complete. */
function replaceWith(fresh) {
  const dist = join(root, 'dist')
  const old = `${fresh}-old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
