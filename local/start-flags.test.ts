import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { START_FLAGS } from './start-flags.mjs'

test('what npm start gives Node is known to it', () => {
  expect(START_FLAGS).toContain('--max-semi-space-size=8')
  expect(spawnSync(process.execPath, [...START_FLAGS, '-e', '']).status).toBe(0)
})

test('a container is given the same', () => {
  const [, entry] = /^ENTRYPOINT (.+)$/m.exec(readFileSync('deploy/Dockerfile', 'utf8')) ?? []

  expect(JSON.parse(entry ?? '')).toEqual(['node', ...START_FLAGS])
})
