import type { GraphQLFormattedError } from 'graphql'
import type { AppError, ErrorDetails } from '../../subgraphs/shared/errors/app-error.js'
import { ERROR_MESSAGES, type ErrorCode } from '../../subgraphs/shared/errors/codes.js'

export type ClientError = {
  message: string
  path?: readonly (string | number)[]
  extensions: { code: ErrorCode; requestId: string } & ErrorDetails
}

type Fault = (error: GraphQLFormattedError) => void

/** Codes of Apollo Server's own that mean what one of ours means. */
const ALIASES: Record<string, ErrorCode> = {
  GRAPHQL_PARSE_FAILED: 'BAD_USER_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
}

/**
 * Turns whatever failed into what a client may see: a code of ours with its fixed words, the path, the request id,
 * and at most when to retry, which field, or what would prove who it is (SECURITY 1.1). All else is handed to `onFault`
 * for the log.
 */
export const maskErrors = (
  errors: readonly GraphQLFormattedError[],
  requestId: string,
  onFault: Fault,
): ClientError[] => errors.map((error) => mask(error, requestId, onFault))

function mask(error: GraphQLFormattedError, requestId: string, onFault: Fault): ClientError {
  const { extensions = {} } = error
  const code = codeOf(extensions['code'])
  if (code === 'INTERNAL_SERVER_ERROR') onFault(error)

  return {
    message: ERROR_MESSAGES[code],
    ...(error.path && { path: error.path }),
    extensions: { code, requestId, ...detailsOf(extensions) },
  }
}

function codeOf(code: unknown): ErrorCode {
  if (typeof code !== 'string') return 'INTERNAL_SERVER_ERROR'
  const known = ALIASES[code] ?? code
  return Object.hasOwn(ERROR_MESSAGES, known) ? (known as ErrorCode) : 'INTERNAL_SERVER_ERROR'
}

function detailsOf({ retryAfterSeconds, field, methods, assurance, maxAgeSeconds }: Record<string, unknown>) {
  return {
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
    ...(typeof field === 'string' && /^[A-Za-z0-9_.-]{1,100}$/.test(field) && { field }),
    ...(areMethods(methods) && { methods }),
    ...(typeof assurance === 'string' && /^AAL[123]$/.test(assurance) && { assurance }),
    ...(typeof maxAgeSeconds === 'number' && { maxAgeSeconds }),
  }
}

const areMethods = (methods: unknown): methods is string[] =>
  Array.isArray(methods) &&
  methods.every((method) => typeof method === 'string' && /^[A-Z_]{1,30}$/.test(method))

/** One error for a request that was refused whole. */
export const refusal = ({ code, details }: AppError, requestId: string): ClientError => ({
  message: ERROR_MESSAGES[code],
  extensions: { code, requestId, ...detailsOf(details as Record<string, unknown>) },
})
