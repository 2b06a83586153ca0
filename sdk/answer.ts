import { UsergraphError, type UsergraphErrorCode } from './errors.js'

export type Answer<Result> = {
  /** Null when a field that may not be null failed. */
  data: Result | null
  /** Fields that failed, by their `path`; empty when all went well. */
  errors: readonly UsergraphError[]
}

type WireError = {
  message: string
  path?: (string | number)[]
  extensions: { code: string } & Partial<
    Pick<
      UsergraphError,
      'requestId' | 'retryAfterSeconds' | 'field' | 'methods' | 'assurance' | 'maxAgeSeconds'
    >
  >
}

/** Answers of what stands before the server, a balancer for one, that mean what a code of ours means. */
const CODES: Record<number, UsergraphErrorCode> = {
  429: 'RATE_LIMITED',
  502: 'SERVICE_UNAVAILABLE',
  503: 'SERVICE_UNAVAILABLE',
  504: 'SERVICE_UNAVAILABLE',
}

/** What an HTTP answer holds; throws when the operation was refused whole, which is one without `data`. */
export function readAnswer<Result>({ status, headers }: Response, body: unknown): Answer<Result> {
  const { data, errors: wireErrors } = isRecord(body) ? body : {}
  const errors = Array.isArray(wireErrors)
    ? wireErrors.filter(isWireError).map((error) => toError(error, status))
    : []

  // The types are made from the schema that the server checks its answers against.
  if (data !== undefined) return { data: data as Result | null, errors }
  throw (
    errors[0] ??
    new UsergraphError({
      code: CODES[status] ?? 'UNEXPECTED_ANSWER',
      status,
      requestId: headers.get('x-request-id') ?? undefined,
      retryAfterSeconds: Number(headers.get('retry-after')) || undefined,
    })
  )
}

const toError = ({ message, path, extensions }: WireError, status: number) =>
  new UsergraphError({ ...extensions, message, status, path })

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isWireError = (value: unknown): value is WireError =>
  isRecord(value) && isRecord(value['extensions']) && typeof value['extensions']['code'] === 'string'
