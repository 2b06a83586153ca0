import config from './jest.config.js'

/** Tests of starting, stopping and being killed: each starts a graph of its own. */
export default {
  ...config,
  testMatch: ['**/*.system.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist', '<rootDir>/.cache/'],
  testTimeout: 120_000,
  // Most of such a test is waiting, but a graph of six processes that starts takes a core for ten seconds.
  maxWorkers: 2,
}
