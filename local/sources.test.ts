import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// What a reader would have to look for in every file, and what no linter here looks for.

const SOURCES = ['subgraphs', 'router', 'local', 'sdk', 'scripts']
const IS_CODE = /\.(ts|tsx|mjs|cjs|js)$/
/** What only tests and whoever tries things out import. */
const IS_TEST = /(\.(test|contract|memory)|-kit)\.ts$|(^|\/)test\//

const files = SOURCES.flatMap((source) =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => IS_CODE.test(file) && !/node_modules|__generated__/.test(file))
    .map((file) => join(source, file))
    .sort(),
)
const production = files
  .filter((file) => !IS_TEST.test(file))
  .map((file) => ({ file, code: readFileSync(file, 'utf8') }))

const filesWith = (pattern: RegExp): string[] =>
  production.filter(({ code }) => pattern.test(code)).map(({ file }) => file)

test('there are sources to look at', () => {
  expect(production.length).toBeGreaterThan(500)
})

test.each([
  ['code that is made of text', /\beval\(|new Function\(|\bvm\.run/],
  ['markup that is made of text', /\.(innerHTML|outerHTML)\b|insertAdjacentHTML|dangerouslySetInnerHTML/],
  ['a switch that has certificates believed', /rejectUnauthorized:(?!\s*true)|NODE_TLS_REJECT_UNAUTHORIZED/],
])('14.2: nowhere is %s', (_, pattern) => {
  expect(filesWith(pattern)).toEqual([])
})

test('14.2: SQL is made of text only where a name cannot be a parameter, and of our own words', () => {
  expect(filesWith(/\.unsafe\(|sql\.raw\(/)).toEqual([
    'subgraphs/notifications/store/tables.ts',
    'subgraphs/shared/database/prepare.ts',
    'subgraphs/shared/database/send.ts',
    'subgraphs/shared/queue/prepare.ts',
  ])
})

test('14.2: chance that can be foretold decides when something is tried again, and nothing else', () => {
  expect(filesWith(/Math\.random/)).toEqual([
    'subgraphs/notifications/webhooks/work.ts',
    'subgraphs/notifications/work.ts',
    'subgraphs/shared/database/connect.ts',
    'subgraphs/shared/runtime/reconnect-delay.ts',
    'router/subgraphs/http-data-source.ts',
  ])
})

test('14.3: nothing that runs imports what tests are made of, or asks whether it is being tested', () => {
  expect(filesWith(/from '[^']*\/test\/|NODE_ENV['\])}]*\s*===?\s*'test'|JEST_WORKER_ID/)).toEqual([])
})
