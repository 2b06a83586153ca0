import { DrizzleQueryError } from 'drizzle-orm'
import pino from 'pino'
import { createLogger } from './logger.js'

const SECRET = 'hunter2'

/** What a logger wrote, line by line. */
function written(act: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = []
  const log = createLogger({ level: 'info' })
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) } })
  act(log)
  return lines
}

const nested = (depth: number, value: object): object =>
  depth === 0 ? value : { inner: nested(depth - 1, value) }

const NAMES = [
  'authorization',
  'cookie',
  'password',
  'token',
  'refreshToken',
  'accessToken',
  'code',
  'variables',
  'email',
]

test.each(NAMES)('12.3: %s is not written, however deep it lies', (name) => {
  for (let depth = 0; depth <= 6; depth++) {
    const lines = written((log) => log.info({ event: 'test', ...nested(depth, { [name]: SECRET }) }))

    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('"event":"test"')
    expect(lines[0]).not.toContain(SECRET)
  }
})

test.each([
  ['in a list', { event: 'test', list: [{ password: SECRET }, [{ token: SECRET }]] }],
  ['in capitals', { event: 'test', headers: { Authorization: SECRET, COOKIE: SECRET } }],
  ['as an object', { event: 'test', variables: { input: { anything: SECRET } } }],
])('12.3: a secret is not written %s', (_, line) => {
  expect(written((log) => log.info(line)).join('')).not.toContain(SECRET)
})

test('12.3: a secret among the bindings of a child is not written', () => {
  expect(written((log) => log.child({ token: SECRET }).info({ event: 'test' })).join('')).not.toContain(
    SECRET,
  )
})

const failedQuery = (params: unknown[]) =>
  new DrizzleQueryError('insert into users values ($1)', params, new Error('duplicate key value'))

test.each([
  ['under err', (error: Error) => ({ event: 'test', err: error })],
  ['under another name', (error: Error) => ({ event: 'test', failure: error })],
  ['deep inside', (error: Error) => ({ event: 'test', a: { b: [error] } })],
  ['as the line itself', (error: Error) => error],
  ['as a cause', (error: Error) => ({ event: 'test', err: new Error('outer', { cause: error }) })],
])('12.3: a failed query %s is written without its parameters', (_, lineOf) => {
  const one = written((log) => log.error(lineOf(failedQuery([SECRET])))).join('')
  const several = written((log) => log.error(lineOf(failedQuery([`first\nsecond ${SECRET}`])))).join('')

  expect(one).toContain('insert into users')
  expect(one + several).not.toContain(SECRET)
})

test('an error keeps its name, message, stack and causes', () => {
  const [line] = written((log) =>
    log.error({ event: 'test', err: new TypeError('odd', { cause: new Error('why') }) }),
  )

  expect(JSON.parse(line ?? '')).toMatchObject({
    event: 'test',
    err: {
      type: 'TypeError',
      message: 'odd',
      stack: expect.stringContaining('at '),
      cause: { message: 'why' },
    },
  })
})

test('12.3: a line is JSON with the time in UTC, and control characters are encoded', () => {
  const [line = ''] = written((log) => log.info({ event: 'test', name: 'a\n{"event":"forged"}\u001B' }))

  expect(line.trimEnd()).not.toMatch(/[\p{Cc}]/u)
  expect(JSON.parse(line).time).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/)
})

test('what refers to itself is written and does not hang', () => {
  const loop: Record<string, unknown> = { name: 'loop' }
  loop['self'] = loop

  expect(written((log) => log.info({ event: 'test', loop }))).toHaveLength(1)
})
