import config from './jest.config.js'

/** Tests of the whole graph from outside, against one that `local/test/run-tests.ts` has started. */
export default {
  ...config,
  testMatch: ['**/*.graph.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist', '<rootDir>/.cache/'],
  testTimeout: 30_000,
}
