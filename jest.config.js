import { availableParallelism } from 'node:os'

/** Where a run finds no Redis, what needs one is left out, and `npm test` says so at its end. */
const withoutRedis = process.env['TEST_REDIS_URL']
  ? []
  : ['/local/services/(redis|shared-limits)\\.test\\.ts$']

export default {
  // Files run as they are built, in Node's own realm: see there.
  runtime: '<rootDir>/local/test/jest/runtime.cjs',
  testEnvironment: '<rootDir>/local/test/jest/environment.cjs',
  transform: {},
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/dist',
    '<rootDir>/.cache/',
    '\\.(graph|system|faults)\\.test\\.ts$',
    ...withoutRedis,
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
  testTimeout: 60_000,
  // Every core: much of a store test waits for the database, which is busy on them too.
  maxWorkers: Math.min(availableParallelism(), 4),
}
