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

/** JSON lines, UTC. A line holds an event name and ids; no address, secret, header or GraphQL variable. */
export function createLogger({ level }: { level: string }): Logger {
  return pino({
    level,
    base: null,
    // Under its own key pino would repeat an error's message as the line's, past the serializer that redacts it.
    errorKey: 'error',
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: describeError },
  })
}

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
    .replace(/^params: .*$/gm, 'params: [redacted]')
    .replace(/invalid input syntax for type (\w+): .*/g, 'invalid input syntax for type $1')
