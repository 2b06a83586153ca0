/** Every code a client can meet in `extensions.code`, and the only words that go with it (SECURITY 1.1). */
export const ERROR_MESSAGES = {
  BAD_USER_INPUT: 'The request is not valid.',
  UNAUTHENTICATED: 'Sign in to do this.',
  FORBIDDEN: 'You may not do this.',
  STEP_UP_REQUIRED: 'Prove again that it is you.',
  NOT_FOUND: 'There is nothing here.',
  CONFLICT: 'This is in progress or was changed meanwhile. Try again.',
  RATE_LIMITED: 'Too many requests. Try again later.',
  QUERY_REJECTED: 'This operation is not accepted.',
  QUERY_TOO_COMPLEX: 'This operation asks for too much.',
  IDEMPOTENCY_CONFLICT: 'This idempotency key was used for another request.',
  SERVICE_UNAVAILABLE: 'The service is busy. Try again soon.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side.',
} as const

export type ErrorCode = keyof typeof ERROR_MESSAGES
