import config from './jest.config.js'

/** Where there is no Redis, what stops one of its own is left out, and the run says so at its end. */
const withoutRedis = process.env['TEST_REDIS_URL'] ? [] : ['/local/test/delivery\\.system\\.test\\.ts$']

/**
 * Tests of starting, stopping and being killed: each starts a graph of its own. One after another, since six processes
 * that start take every core, and a graph beside them would not answer in time.
 */
export default {
  ...config,
  testMatch: ['**/*.system.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist', '<rootDir>/.cache/', ...withoutRedis],
  testTimeout: 120_000,
  maxWorkers: 1,
}
