/** Business-level failures, with the words a client may show when it has none of its own. */
export const USER_ERROR_MESSAGES = {
  INVALID: 'This value is not valid.',
  REQUIRED: 'This value is needed.',
  TOO_LONG: 'This value is too long.',
  TAKEN: 'This is taken.',
  NOT_FOUND: 'There is nothing like this.',
  CONFLICT: 'This was changed meanwhile.',
  EXPIRED: 'This has expired.',
  ALREADY_USED: 'This was used before.',
  INVALID_EMAIL: 'This is not an e-mail address.',
  INVALID_PHONE: 'This is not a phone number.',
  USERNAME_NOT_ALLOWED: 'This username is not allowed.',
  INVALID_CREDENTIALS: 'These sign-in details are not right.',
  INVALID_CODE: 'This code is not right.',
  TOO_MANY_ATTEMPTS: 'Too many tries.',
  RATE_LIMITED: 'Too soon. Try again later.',
  STEP_UP_REQUIRED: 'Prove again that it is you.',
  VERIFICATION_REQUIRED: 'Verify your address first.',
  PASSWORD_TOO_SHORT: 'This password is too short.',
  PASSWORD_TOO_LONG: 'This password is too long.',
  PASSWORD_COMMON: 'This password is one of the most used.',
  PASSWORD_BREACHED: 'This password is known from a breach.',
  PASSWORD_REUSED: 'This password was used before.',
  PASSWORD_CONTAINS_IDENTITY: 'This password contains your name or address.',
  PASSWORD_PREDICTABLE: 'This password is a repetition or a sequence.',
  WRONG_PASSWORD: 'This is not your password.',
  NOT_ENROLLED: 'This is not set up.',
  ALREADY_ENROLLED: 'This is set up already.',
  LAST_CREDENTIAL: 'This is the only way to sign in.',
  LAST_ADMIN: 'This is the last administrator.',
  SIGN_UP_CLOSED: 'Sign-up is not open to everyone here.',
  TEMPLATE_NOT_FOUND: 'There is no such template.',
  MISSING_VARIABLE: 'A variable of the template is missing.',
  SUPPRESSED: 'Messages to this address are suppressed.',
} as const

export type UserErrorCode = keyof typeof USER_ERROR_MESSAGES

/** A refusal as the domain says it: a code, and where in the input it belongs. */
export type Problem = { code: UserErrorCode; field?: readonly string[]; retryAfter?: number }
