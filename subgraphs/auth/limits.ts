/** Failed checks from one client network (SECURITY 7.2). */
export const NETWORK_FAILURES = { name: 'sign-in-network', max: 30, windowSeconds: 600 }

/** Failures from everywhere within a minute that someone should look at (SECURITY 7.2); nothing is refused for it. */
export const FAILURES_ALARMING = { max: 300, windowMs: 60_000 }

/** Failed checks on one account, from everywhere (SECURITY 7.1). */
export const ACCOUNT_FAILURES = { max: 10, windowSeconds: 900, hardStop: 100 }

/** Sessions of one person at a time; one more ends the oldest (SECURITY 5.4). */
export const MAX_SESSIONS = 20

/** How long a session lives (SECURITY 5.3) and how long a lost answer may be asked for again (5.2); seconds. */
export const SESSION_IDLE_SECONDS = 7 * 24 * 3600
export const SESSION_ABSOLUTE_SECONDS = 30 * 24 * 3600
export const REFRESH_GRACE_SECONDS = 10

/** Between the two halves of a step-up (SECURITY 8.7). */
export const STEP_UP_TICKET_SECONDS = 300

/** A key is published so long before it signs, and read so long after another signs (SECURITY 4.4): life of a token, skew, caches. */
export const KEY_PUBLISHED_AHEAD_SECONDS = 600
export const KEY_GONE_AFTER_SECONDS = 900
