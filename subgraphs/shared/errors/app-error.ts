import { ERROR_MESSAGES, type ErrorCode } from './codes.js'

export type ErrorDetails = {
  /** Seconds until a retry can succeed. */
  retryAfterSeconds?: number
  /** Path of the input that was wrong, such as `input.email`. */
  field?: string
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
