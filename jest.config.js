import { availableParallelism } from 'node:os'

/** Where a run finds no Redis, what needs one is left out, and `npm test` says so at its end. */
const withoutRedis = process.env['TEST_REDIS_URL']
  ? []
  : ['/local/services/(redis|shared-limits)\\.test\\.ts$']

export default {
  // Files run as they are built, by Node itself: see there.
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
  // A core is left to the database, and to hashes, which give way to whatever else runs and are refused when they wait
  // for too long. Four have connections and Redis databases enough.
  maxWorkers: Math.max(1, Math.min(availableParallelism() - 1, 4)),
}
