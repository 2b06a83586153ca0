// npm run check: types, lint and formatting, dependency rules, unused code. All that needs no database.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()

const CHECKS = [
  ['types', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  [
    'dependency rules',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ...['subgraphs', 'router', 'local', 'sdk'],
  ],
  ['unused code', 'node_modules/knip/bin/knip.js'],
]

/** Says what a check has to say when it ends, so that two at once do not talk over each other. */
function run([name, ...command]) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] })
  const words = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => words.push(chunk))
  return new Promise((done) => {
    child.once('close', (code) => {
      console.log(`check: ${name}\n${Buffer.concat(words)}`.trimEnd())
      done(code === 0)
    })
  })
}

const waiting = [...CHECKS]
const failed = []

async function runInTurn() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    if (!(await run(check))) failed.push(check[0])
  }
}

await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, runInTurn))

if (failed.length > 0) {
  console.error(`\nThese checks failed: ${failed.join(', ')}`)
  process.exit(1)
}
