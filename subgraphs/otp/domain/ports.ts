import type { Act } from '../../shared/audit/act.js'

export type Purpose =
  | 'EMAIL_VERIFICATION'
  | 'PHONE_VERIFICATION'
  | 'PROFILE_CHANGE'
  | 'LOGIN'
  | 'PASSWORD_RESET'
  | 'MFA'
  | 'CUSTOM'

export type Channel = 'EMAIL' | 'SMS'

/** What a grant is for that another team's subgraph spends. */
export type CustomUse = { action: string; audience: string }

/** A code as it leaves this process: a digest to be compared with, and a seal that only the sender opens. */
export type NewCode = {
  digest: Uint8Array
  sealedCode: string
}

/** Keyed digest of a number's prefix, and its country; all texts together are counted as well (SECURITY 8.8). */
export type TextCounters = { prefix: Uint8Array; country: string }

export type NewChallenge = NewCode & {
  id: string
  /** Null makes a decoy: a challenge that is stored, counted and answered like any other, and never succeeds. */
  userId: string | null
  purpose: Purpose
  channel: Channel
  /** The change whose new address the code goes to; null for the address of an account. */
  changeId: string | null
  /** Ties the grant to one address; null in a decoy. */
  addressDigest: string | null
  /** Ties the grant to one sign-in or step-up: digest of its ticket. Null where it is for neither. */
  flow: string | null
  /** Null where one of our own subgraphs spends the grant. */
  custom: CustomUse | null
  /** Keyed digest of whom the code is about, by the name that was typed; wrong codes are counted under it. */
  subject: Uint8Array
  /** Keyed digest of where codes go; sends are counted under it. */
  destination: Uint8Array
  destinationMasked: string | null
  /** Under what a text is counted besides. Null for a mail. */
  texts: (TextCounters & { network: Uint8Array }) | null
  /**
   * Keyed digest of the mailbox that the code goes to, where it can be named in more ways than one; of nobody's in a
   * decoy. What it limits shows in no answer: it would tell that a username and an address are one person.
   */
  mailbox: Uint8Array | null
  /** False where whoever asked for the code tells of it, in a transaction of their own. */
  isTold: boolean
}

export type Sent = {
  kind: 'sent'
  challengeId: string
  destinationMasked: string | null
  expiresAt: Date
  /** Seconds until this challenge may be sent again; null when it may not. */
  resendAfter: number | null
}

/** `retryAfter` is null where the same request can never succeed. */
export type SendRefused = {
  kind: 'refused'
  reason: 'RATE_LIMITED' | 'EXPIRED' | 'TOO_MANY_ATTEMPTS'
  retryAfter: number | null
}

/** A text that says something else than a code, and the member of staff who has it sent, as a keyed digest. */
export type CountedText = TextCounters & { destination: Uint8Array; staff: Uint8Array }

/** What became of the latest texts with codes whose time is over. */
export type TextOutcomes = {
  sent: number
  verified: number
  /** Whether the newest of them is of the last hour. */
  isRecent: boolean
}

/** A try that was reserved and may be evaluated. */
export type Attempt = {
  kind: 'counted'
  /** Whose challenge it is, for the audit log alone; null in a decoy. */
  subjectId: string | null
  /** Whom it may prove: null in a decoy, and where the account has no tries left. */
  userId: string | null
  purpose: Purpose
  channel: Channel
  changeId: string | null
  addressDigest: string | null
  flow: string | null
  custom: CustomUse | null
  digest: Uint8Array
  attemptsRemaining: number
}

export type AttemptRefused = { kind: 'refused'; reason: 'EXPIRED' | 'TOO_MANY_ATTEMPTS' }

/** What the domain needs from storage. Each method is right however many callers race. */
export type CodeStore = {
  /**
   * Takes a send from the limits of the destination and, for a text, of prefix and network; ends earlier challenges of
   * the subject, and stores this one with the fact that its code is to be sent. A decoy tells nobody, and costs the same
   * statement. Where the mailbox has had its codes this is one; else it makes one of what the person was sent before.
   */
  open(challenge: NewChallenge): Promise<Sent | SendRefused>
  /** Takes a send from the same limits, by member of staff instead of by network. */
  takeText(text: CountedText): Promise<{ kind: 'counted' } | SendRefused>
  /** Of so many of the latest texts. */
  textOutcomes(count: number): Promise<TextOutcomes>
  /** What a challenge is for; null where there is none of that id. */
  findPurpose(challengeId: string): Promise<Purpose | null>
  /** Gives a challenge a new code within the same limits; the old code is dead, the tries stay counted. */
  renew(challengeId: string, code: NewCode & { network: Uint8Array }): Promise<Sent | SendRefused>
  /**
   * Reserves a try of the challenge, and a wrong code of its subject and of its account, before anything is compared.
   * Where the account has none left, by whatever names, its challenges are tried like decoys: but for those of a flow or
   * a change, whose subject is the person.
   */
  countAttempt(challengeId: string): Promise<Attempt | AttemptRefused>
  /**
   * Ends the challenge for exactly one caller, while its code is still the one with this digest, and gives the
   * reserved wrong code back, and tells the audit log, and notifications that it arrived. A text as second factor is one that was used. Null when someone else was first, or for a decoy.
   */
  spend(challengeId: string, digest: Uint8Array, act: Act): Promise<{ spentAt: Date } | null>
  /** Tells the audit log of a wrong code: a decoy's too, so that no statement tells them apart. */
  fail(act: Act): Promise<void>
  /** Forgets challenges that have been over for a day, and counters that limit nothing any more. */
  deleteOld(): Promise<void>
}
