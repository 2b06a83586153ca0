/** Where a run finds no Redis, what needs one is left out, and `npm test` says so at its end. */
const withoutRedis = process.env['TEST_REDIS_URL']
  ? []
  : ['/local/services/(redis|shared-limits)\\.test\\.ts$']

export default {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
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
}
