import config from './jest.config.js'

/**
 * Tests of starting, stopping and being killed: each starts a graph of its own. One after another, since six processes
 * that start take every core, and a graph beside them would not answer in time.
 */
export default {
  ...config,
  testMatch: ['**/*.system.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist', '<rootDir>/.cache/'],
  testTimeout: 120_000,
  maxWorkers: 1,
}
