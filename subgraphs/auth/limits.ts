/** Failed checks from one client network (SECURITY 7.2). */
export const NETWORK_FAILURES = { name: 'sign-in-network', max: 30, windowSeconds: 600 }

/** Failures from everywhere within a minute that someone should look at (SECURITY 7.2); nothing is refused for it. */
export const FAILURES_ALARMING = { max: 300, windowMs: 60_000 }

/** Failed checks on one account, from everywhere (SECURITY 7.1). */
export const ACCOUNT_FAILURES = { max: 10, windowSeconds: 900, hardStop: 100 }

/** Further ones from a device that the account knows, in the same time (SECURITY 7.1). */
export const DEVICE_FAILURES = { max: 5 }

/** Sessions of one person at a time; one more ends the oldest (SECURITY 5.4). */
export const MAX_SESSIONS = 20

/** How long a session lives without a refresh, and at the most (SECURITY 5.3). */
export const SESSION_SECONDS = {
  LONG: { idle: 7 * 24 * 3600, absolute: 30 * 24 * 3600 },
  SHORT: { idle: 3600, absolute: 24 * 3600 },
  SHORTEST: { idle: 15 * 60, absolute: 8 * 3600 },
} as const

/** How long a lost answer may be asked for again (SECURITY 5.2). */
export const REFRESH_GRACE_SECONDS = 10

/** Between the two halves of a step-up (SECURITY 8.7). */
export const STEP_UP_TICKET_SECONDS = 300

/** Between a right password and the second factor, and how often that may be tried (SECURITY 8.7). */
export const LOGIN_TICKET = { seconds: 300, attempts: 5 } as const

/** How long a password is enough on a device that its owner trusts. */
export const TRUSTED_DEVICE_DAYS = 30

/** A key is published so long before it signs, and read so long after another signs (SECURITY 4.4): life of a token, skew, caches. */
export const KEY_PUBLISHED_AHEAD_SECONDS = 600
export const KEY_GONE_AFTER_SECONDS = 900

/** Sign-ins with a password under way at once in one process: what waits for a hash within two seconds (SECURITY 6.4). */
export const SIGN_INS_AT_ONCE = 64
