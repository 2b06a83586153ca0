/** At most `max` of something within any stretch of `seconds`. */
export type Window = { max: number; seconds: number }

/** What a code is (SECURITY 8.1). */
export const CODE = { digits: 6, recoveryDigits: 8, seconds: 300 } as const

/** How often one challenge may be tried and sent again; a new code does not give tries back (8.1, 8.3). */
export const CHALLENGE = { attempts: 5, resends: 3 } as const

/** Codes sent to one destination (8.3). */
export const SENDS: readonly Window[] = [
  { max: 1, seconds: 60 },
  { max: 5, seconds: 3600 },
  { max: 10, seconds: 86_400 },
]

/** Of those, texts that anybody can have sent: the rest is for second factors, so that strangers keep nobody from theirs. */
export const SENDS_FOR_ANYBODY: readonly Window[] = [
  { max: 1, seconds: 60 },
  { max: 3, seconds: 3600 },
  { max: 6, seconds: 86_400 },
]

/** Texts to numbers that differ in their last four digits alone, and from one client network (8.8). */
export const TEXTS_OF_PREFIX: readonly Window[] = [{ max: 10, seconds: 3600 }]
export const TEXTS_OF_PREFIX_FOR_ANYBODY: readonly Window[] = [{ max: 8, seconds: 3600 }]
export const TEXTS_OF_NETWORK: readonly Window[] = [{ max: 5, seconds: 3600 }]

/** Second factors of one person, wherever they sign in: in a network, an office, there may be many people. */
export const TEXTS_OF_PERSON: readonly Window[] = [{ max: 5, seconds: 3600 }]

/** Invitations that one member of staff has texted: a network is an office. */
export const TEXTS_OF_STAFF: readonly Window[] = [{ max: 50, seconds: 3600 }]

/** Texts to one country, and to all, within an hour: how many are settings. */
export const CEILING_SECONDS = 3600
export const CEILING_FOR_ANYBODY = 0.8

/** An alarm where fewer than a fifth of so many texts came back as codes (8.8), and how often one is raised again. */
export const FEW_VERIFIED = { texts: 50, share: 0.2 } as const
export const TEXT_ALARM_MS = 3_600_000

/** Wrong codes for one account, over all its challenges (8.2). */
export const WRONG_CODES: readonly Window[] = [{ max: 20, seconds: 86_400 }]

export const GRANT_SECONDS = 300

/** Challenges that are over are kept this long (12.5). */
export const KEEP_SECONDS = 86_400

/** An enrolment of an authenticator app that nobody confirms is forgotten after this long, and tried this often. */
export const ENROLLMENT = { seconds: 600, attempts: 5 } as const
