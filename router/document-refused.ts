import { AppError } from '../subgraphs/shared/errors/app-error.js'
import type { Allowance } from './guard/edge-limits.js'

/** Refused before anything ran; `hints` are for a developer. */
export class DocumentRefused extends AppError {
  constructor(
    code: AppError['code'],
    readonly reason: string,
    readonly hints: readonly string[] = [],
  ) {
    super(code)
  }
}

/** Asked by GET, and not for that. */
export class WantsPost extends DocumentRefused {
  constructor() {
    super('QUERY_REJECTED', 'not by GET')
  }
}

/** Too much in all; what is left is told in headers. */
export class LimitReached extends AppError {
  constructor(
    retryAfterSeconds: number,
    readonly allowance: Allowance | null,
  ) {
    super('RATE_LIMITED', { retryAfterSeconds })
  }
}
