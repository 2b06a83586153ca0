/** What the server refuses with, and what keeps an answer of its from coming at all. */
export type UsergraphErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'STEP_UP_REQUIRED'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'QUERY_REJECTED'
  | 'QUERY_TOO_COMPLEX'
  | 'IDEMPOTENCY_CONFLICT'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR'
  /** No answer: no network, no such host, a connection that broke, or too long a wait. */
  | 'UNREACHABLE'
  /** An answer, but none of Usergraph's: a wrong `url`, or something in between. */
  | 'UNEXPECTED_ANSWER'

type Details = {
  message?: string
  /** A newer server may say what this version does not know yet. */
  code: UsergraphErrorCode | (string & Record<never, never>)
  status?: number | undefined
  requestId?: string | undefined
  retryAfterSeconds?: number | undefined
  field?: string | undefined
  methods?: readonly string[] | undefined
  assurance?: string | undefined
  maxAgeSeconds?: number | undefined
  path?: readonly (string | number)[] | undefined
}

/** An operation, or with a `path` a part of one, that was refused or failed. */
export class UsergraphError extends Error {
  override readonly name = 'UsergraphError'
  readonly code: Details['code']
  /** Of the HTTP answer; absent when there was none. */
  readonly status: number | undefined
  /** Names this request in the server's log. */
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** The input that is wrong, such as `input.email`. */
  readonly field: string | undefined
  /** Of STEP_UP_REQUIRED: what would prove who is signed in, to which level, and how old that may be. */
  readonly methods: readonly string[] | undefined
  readonly assurance: string | undefined
  readonly maxAgeSeconds: number | undefined
  readonly path: readonly (string | number)[] | undefined

  constructor(details: Details, options?: ErrorOptions) {
    super(details.message ?? details.code, options)
    this.code = details.code
    this.status = details.status
    this.requestId = details.requestId
    this.retryAfterSeconds = details.retryAfterSeconds
    this.field = details.field
    this.methods = details.methods
    this.assurance = details.assurance
    this.maxAgeSeconds = details.maxAgeSeconds
    this.path = details.path
  }
}

export const isUnauthenticated = (error: unknown): boolean =>
  error instanceof UsergraphError && error.code === 'UNAUTHENTICATED'
