// npm run test:faults: processes killed and stores emptied under load, many times over. Minutes, not seconds.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(process.execPath, ['scripts/test.mjs', 'faults'], { stdio: 'inherit' })
process.exit(status ?? 1)
