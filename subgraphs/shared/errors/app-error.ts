import { ERROR_MESSAGES, type ErrorCode } from './codes.js'

export type ErrorDetails = {
  /** Seconds until a retry can succeed. */
  retryAfterSeconds?: number
  /** Path of the input that was wrong, such as `input.email`. */
  field?: string
  /** Of a step-up: the methods that would do, `AAL1` to `AAL3`, and how old the proof may be. */
  methods?: readonly string[]
  assurance?: string
  maxAgeSeconds?: number
}

/** An error a client may see: a code, its fixed words, and at most the details of SECURITY 1.1. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(ERROR_MESSAGES[code], options)
  }
}
