// npm run check: types, lint and formatting, dependency rules, unused code. All that needs no database.
import { spawnSync } from 'node:child_process'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()

const CHECKS = {
  types: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  'lint and format': ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  'dependency rules': [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'subgraphs',
    'router',
    'local',
    'sdk',
  ],
  'unused code': ['node_modules/knip/bin/knip.js'],
}

const failed = Object.entries(CHECKS).filter(([name, command]) => {
  console.log(`check: ${name}`)
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status !== 0
})

if (failed.length > 0) {
  console.error(`\nThese checks failed: ${failed.map(([name]) => name).join(', ')}`)
  process.exit(1)
}
