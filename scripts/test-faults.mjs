// npm run test:faults: processes killed and stores emptied under load, many times over. Minutes, not seconds. Words after it
// narrow what is run.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(process.execPath, ['scripts/test.mjs', 'faults', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
