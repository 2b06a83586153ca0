/** How long a mailed link works (SECURITY 10.1); notifications counts the same time. */
export const RESET_LINK_SECONDS = 30 * 60

/** Mails with a link to one account (SECURITY 10.3). */
export const RESET_MAILS = { secondsBetween: 60, anHour: 3 }

/** How many former passwords may be asked to be kept: each costs a hash when another is chosen. */
export const MAX_HISTORY = 24
