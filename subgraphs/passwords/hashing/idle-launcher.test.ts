import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { idleLauncher } from './idle-launcher.js'

/** How Linux numbers SCHED_IDLE, where it shows the policy of a process (proc(5), /proc/[pid]/stat, field 41). */
const SCHED_IDLE = '5'
const OWN_POLICY = `
  const stat = require('node:fs').readFileSync('/proc/self/stat', 'utf8')
  console.log(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38])
`
const hasChrt = ['/usr/bin/chrt', '/bin/chrt'].some((path) => existsSync(path))

const policyOf = ({ execPath, execArgv }: { execPath: string; execArgv: string[] }): string =>
  spawnSync(execPath, [...execArgv, '-e', OWN_POLICY])
    .stdout.toString()
    .trim()

test('a process that is launched so gives way to whatever else runs, on Linux with chrt', () => {
  const usual = { execPath: process.execPath, execArgv: [] }

  const policy = policyOf(idleLauncher() ?? usual)

  expect(policy).toBe(hasChrt ? SCHED_IDLE : policyOf(usual))
})
