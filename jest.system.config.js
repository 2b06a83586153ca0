import config from './jest.config.js'

/** Tests of starting, stopping and being killed: each starts a graph of its own, so they run one after another. */
export default {
  ...config,
  testMatch: ['**/*.system.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist', '<rootDir>/.cache/'],
  testTimeout: 120_000,
  maxWorkers: 1,
}
