import pino, { type Logger } from 'pino'

export type { Logger }

/** Whatever its depth, nothing under these names is written (SECURITY 12.3). */
const SECRETS = [
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
const HIDDEN = new Set(SECRETS.map((name) => name.toLowerCase()))
const CENSOR = '[redacted]'

/** JSON lines, UTC. A line holds an event name and ids; no address, secret, header or GraphQL variable. */
export function createLogger({ level }: { level: string }): Logger {
  return pino({
    level,
    base: null,
    // Under its own key pino would repeat an error's message as the line's, past the serializer that redacts it.
    errorKey: 'error',
    timestamp: pino.stdTimeFunctions.isoTime,
    // For what a child logger is bound to; `redact` knows no depth, so lines are walked.
    redact: { paths: SECRETS, censor: CENSOR },
    hooks: {
      logMethod([line, ...rest]: [unknown, ...unknown[]], write) {
        write.apply(this, [lineOf(line), ...rest] as Parameters<typeof write>) // the line alone has changed
      },
    },
    serializers: { err: describeError },
  })
}

function lineOf(line: unknown): unknown {
  if (line instanceof Error) return { err: line }
  if (typeof line !== 'object' || line === null) return line
  const { err, ...rest } = line as { err?: unknown }
  return { ...(withoutSecrets(rest) as object), ...(err !== undefined && { err }) }
}

function withoutSecrets(value: unknown, around: readonly unknown[] = []): unknown {
  if (value instanceof Error) return describeError(value)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  if (around.includes(value)) return '[circular]'
  const inside = [...around, value]
  return Array.isArray(value)
    ? value.map((item) => withoutSecrets(item, inside))
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shownOf(key, inner, inside)]))
}

const shownOf = (key: string, value: unknown, around: readonly unknown[]): unknown =>
  HIDDEN.has(key.toLowerCase()) ? CENSOR : withoutSecrets(value, around)

/** Name, message, stack and causes, without rows: a failed query's message lists its parameters, and its `detail` too. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: withoutParameters(String(error)) }
  return {
    type: error.name,
    message: withoutParameters(error.message),
    stack: withoutParameters(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

const withoutParameters = (text: string): string =>
  text
    // A parameter may hold line ends: all that follows is one, up to the frames of a stack.
    .replace(/^params: [\s\S]*?(?=\n {4}at |$(?![\s\S]))/gm, 'params: [redacted]')
    .replace(/invalid input syntax for type (\w+): .*/g, 'invalid input syntax for type $1')
