/**
 * Notices in the same words that a person gets by text in a day. Beyond it they go by mail, or not at all where there is no proved
 * address, and an operator finds `notice.held` in the log: whoever has a number that earns by the text could else have it texted for as long as they like (SECURITY 8.8).
 * Each has its own count, also of two of one kind, so that nobody silences one by another. Notices that are written at the same moment may be a few
 * more. Codes are counted by otp, to the last one.
 */
export const NOTICE_TEXTS_A_DAY = 10

/** So many at once, and one more each so many seconds. */
export type Bucket = { burst: number; everySeconds: number }

/** What one service has sent, by mail and by text: ten a second, lest a faulty one fills the queue before all others. */
export const SENDS_OF_CLIENT: Bucket = { burst: 200, everySeconds: 0.1 }

/** Texts cost money; a service that was taken over spends little of it. */
export const TEXTS_OF_CLIENT: Bucket = { burst: 20, everySeconds: 36 }

/** What one address gets of all services. People call it spam long before. */
export const MAILS_TO_RECIPIENT: readonly Bucket[] = [
  { burst: 5, everySeconds: 600 },
  { burst: 20, everySeconds: 4320 },
]
export const TEXTS_TO_RECIPIENT: readonly Bucket[] = [
  { burst: 3, everySeconds: 1200 },
  { burst: 6, everySeconds: 14_400 },
]

/** Texts to numbers that differ in their last four digits alone, such as one owner of many has (SECURITY 8.8). */
export const TEXTS_TO_PREFIX: Bucket = { burst: 10, everySeconds: 360 }

/** All texts of services together; how many an hour is a setting. */
export const textsOfServices = (anHour: number): Bucket => ({
  burst: Math.max(1, Math.floor(anHour / 4)),
  everySeconds: 3600 / anHour,
})

/** Segments of one text: more are a mail. */
export const TEXT_SEGMENTS = 3

/** How long an idempotency key of a service means what it was first used for (SECURITY 13.4). */
export const SEND_KEY_HOURS = 24

/** A message to an address that a service named is no account's, and goes by itself after so many days. */
export const KEEP_NOBODYS_DAYS = 30

/** Places to fill in words of an operator's, each as often as it stands there: each may be filled with a thousand letters. */
export const MOST_PLACES = 50

/** Bytes of the HTML of one mail: programs cut longer ones off, and writing them holds up all others. */
export const MAIL_BYTES = 100_000

/** That nothing arrives at an address, or its owner complained, without an account that it was known of. Then it may be tried again. */
export const KEEP_NOBODYS_STOPS_DAYS = 365

/** Words that operators may keep: all are listed at once. */
export const MOST_TEMPLATES = 500
