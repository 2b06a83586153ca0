import type { ErrorCode } from '../../subgraphs/shared/errors/codes.js'

/** What a request that was refused whole is answered with (SECURITY 1.4). Executed operations are 200. */
export const STATUS: Record<ErrorCode, number> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  STEP_UP_REQUIRED: 401,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  QUERY_REJECTED: 400,
  QUERY_TOO_COMPLEX: 400,
  IDEMPOTENCY_CONFLICT: 409,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
}
