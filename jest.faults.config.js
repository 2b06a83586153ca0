import config from './jest.system.config.js'

/** Heavy runs of what `*.system.test.ts` shows once: `npm run test:faults`. */
export default { ...config, testMatch: ['**/*.faults.test.ts'], testTimeout: 900_000 }
