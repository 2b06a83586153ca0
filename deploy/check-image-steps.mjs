// node deploy/check-image-steps.mjs: does what deploy/Dockerfile says, in folders instead of layers, then starts parts of
// the result without settings. Needs no container engine; the steps are read from the Dockerfile, so they cannot drift.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, matchesGlob } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'usergraph-image-'))
const context = join(folder, 'context')

try {
  copyContext()
  const image = runSteps(readSteps(readFileSync(`${root}deploy/Dockerfile`, 'utf8')))
  expectRefusal(image, 'dist/subgraphs/users/index.js', 'USERS_DATABASE_URL')
  expectRefusal(image, 'dist/router/index.js', 'ROUTER_PRIVATE_KEY')
  expectRefusal(image, 'dist/local/migrate.js', 'DATABASE_URL')
  expectFiles(image)
  expectBill(image)
  console.log('The steps of the image work.')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** What a checkout holds, without what .dockerignore keeps out. */
function copyContext() {
  const ignored = readFileSync(`${root}.dockerignore`, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  const isIgnored = (path) =>
    ignored.some((pattern) => [pattern, `${pattern}/**`].some((glob) => matchesGlob(path, glob)))
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const path of list.split('\0')) {
    if (path && existsSync(root + path) && !isIgnored(path)) copy(root + path, join(context, path))
  }
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

function readSteps(text) {
  const lines = text.replace(/\\\n/g, ' ').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line)
      return { word, rest }
    })
}

/** Every stage is a folder that stands for its root. Answers where the last stage's work folder is, and its settings. */
function runSteps(steps) {
  const stages = new Map()
  let stage = null
  for (const { word, rest } of steps) {
    switch (word) {
      case 'FROM': {
        const name = / AS (\w+)$/.exec(rest)?.[1] ?? 'last'
        stage = { root: join(folder, name), workdir: '/', env: {}, entrypoint: [] }
        stages.set(name, stage)
        break
      }
      case 'WORKDIR':
        stage.workdir = rest
        mkdirSync(inStage(stage, '.'), { recursive: true })
        break
      case 'ENV':
        Object.assign(stage.env, Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split(/=(.*)/s, 2))))
        break
      case 'COPY':
        copyStep(rest, stage, stages)
        break
      case 'RUN':
        console.log(`RUN ${rest}`)
        runStep(rest, stage)
        break
      case 'USER':
        break
      case 'ENTRYPOINT':
        stage.entrypoint = JSON.parse(rest)
        break
      default:
        throw new Error(`deploy/Dockerfile has a step this check does not know: ${word}`)
    }
  }
  return stage
}

function inStage({ root: top, workdir }, path) {
  return join(top, path.startsWith('/') ? path : join(workdir, path))
}

function copyStep(rest, stage, stages) {
  const words = rest.split(/\s+/)
  const fromStage = words[0].startsWith('--from=') ? stages.get(words.shift().slice('--from='.length)) : null
  const target = words.pop()
  for (const source of words) {
    const from = fromStage ? join(fromStage.root, source) : join(context, source)
    const to = inStage(stage, target)
    const isInto = target.endsWith('/') && !statSync(from).isDirectory()
    copy(from, isInto ? join(to, basename(source)) : to)
  }
}

function runStep(command, stage) {
  const { status } = spawnSync('sh', ['-c', command], {
    cwd: inStage(stage, '.'),
    env: { ...bareEnv(), ...stage.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}`)
}

/** What a container has too: no setting of whoever runs this check. */
function bareEnv() {
  const kept = Object.entries(process.env).filter(([name]) => /^(PATH|HOME|npm_config_\w+)$/i.test(name))
  return Object.fromEntries(kept)
}

/** Without settings a part must end at once, and say what it needs. */
function expectRefusal(image, entry, setting) {
  const [command, ...flags] = image.entrypoint
  if (command !== 'node') throw new Error('the image was to start node')
  const { status, stderr } = spawnSync(process.execPath, [...flags, entry], {
    cwd: inStage(image, '.'),
    env: { ...bareEnv(), ...image.env },
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (status !== 1 || !stderr.includes(setting)) {
    throw new Error(`${entry} was to end with 1 and name ${setting}; it ended with ${status}:\n${stderr}`)
  }
  console.log(`${entry} without settings: ends with 1 and names ${setting}`)
}

/** What is read at run time and imported by nobody. */
function expectFiles(image) {
  const wanted = [
    'dist/supergraph.yaml',
    'dist/subgraphs/users/schema.graphql',
    'dist/subgraphs/users/migrations/meta/_journal.json',
    'dist/subgraphs/passwords/hashing/hash-worker.mjs',
    'dist/router/http/pages/verify.html',
    'dist/router/router.yaml',
    'dist/sdk/persisted-operations.json',
    'deploy/ready.mjs',
  ]
  const missing = wanted.filter((path) => !existsSync(inStage(image, path)))
  if (missing.length > 0) throw new Error(`not in the image: ${missing.join(', ')}`)
  if (existsSync(inStage(image, 'node_modules/jest')))
    throw new Error('development packages are in the image')
}

/** The bill of materials lists every package that is in the image, in each version of it. */
function expectBill(image) {
  const { bomFormat, components } = JSON.parse(readFileSync(inStage(image, 'sbom.json'), 'utf8'))
  const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)))
  const installed = packagesIn(inStage(image, 'node_modules'))
  const unlisted = installed.filter((name) => !listed.has(`pkg:npm/${name}`))
  if (bomFormat !== 'CycloneDX' || unlisted.length > 0)
    throw new Error(`not in sbom.json: ${unlisted.join(', ')}`)
  console.log(`sbom.json lists all ${installed.length} packages`)
}

/** As `name@version`, those within others too. */
function packagesIn(modules) {
  if (!existsSync(modules)) return []
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'))
  return names
    .flatMap((name) => (name.startsWith('@') ? inScope(modules, name) : [name]))
    .flatMap((name) => {
      const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
      return [`${name}@${version}`, ...packagesIn(join(modules, name, 'node_modules'))]
    })
}

function inScope(modules, scope) {
  return readdirSync(join(modules, scope)).map((name) => `${scope}/${name}`)
}
