import type { Actor } from '../../shared/audit/act.js'
import type { AttemptView, Channel, ClaimedMessage, MessageView, NewMessage } from './message.js'
import type { Preferences, Refusable } from './preferences.js'
import type { AddressReport, Report } from './report.js'
import type { SuppressionReason } from './suppression.js'

/** Where a person can be reached, as users knows it now. */
export type Contact = {
  email: string | null
  emailVerified: boolean
  phoneNumber: string | null
  phoneNumberVerified: boolean
  displayName: string | null
  locale: string
  timeZone: string | null
}

export type Mail = {
  id: string
  recipient: string
  subject: string
  text: string
  /** Null for text alone. */
  html: string | null
  /** Where one press in a mail program spares its person more of the kind; none of what everybody gets. */
  unsubscribeUrl?: string | null
}

/** A short message to a telephone. */
export type Sms = { id: string; recipient: string; text: string }

/**
 * A refusal is for good; a deferral may succeed later, and not before what the provider asked for. `error` is a class of
 * failure, never a provider's words.
 */
export type SendResult =
  | { kind: 'accepted'; providerMessageId: string | null; segments?: number }
  | { kind: 'deferred'; error: string; retryAfterSeconds?: number }
  | { kind: 'refused'; error: string /** What it says of the address itself. */; stops?: SuppressionReason }

/** Carries what is fit for one channel. */
export type Sender<Item> = {
  provider: string
  send(item: Item): Promise<SendResult>
}

/** One way to a person: words a message for it, then hands it to whoever carries it. */
export type Outlet = {
  provider: string
  /** Rejects where the message cannot be worded; then nothing was sent. */
  word(message: ClaimedMessage, secret: string | null): Promise<() => Promise<SendResult>>
}

/** How one delivery ended. */
export type Outcome =
  | {
      kind: 'sent'
      providerMessageId: string | null /** Of a text: how many it is billed as. */
      segments?: number
    }
  | { kind: 'retry'; error: string; delayMs: number }
  | { kind: 'dead'; error: string }
  | { kind: 'dropped'; error: string }
  /** Nothing arrives there, now or later. */
  | { kind: 'bounced'; status: 'BOUNCED' | 'FAILED'; error: string; stops: SuppressionReason }
  /** Not handed over. */
  | { kind: 'suppressed'; error: string }

export type MessageStore<Tx> = {
  /** Writes the row with its cause; a second row of the same cause and kind is not made. */
  insert(tx: Tx, message: NewMessage): Promise<void>
  /** Texts with the words of a template to a person in the last 24 hours, with those that the transaction has written. */
  countTexts(tx: Tx, userId: string, template: string): Promise<number>
  /** Newest first, one more than asked for when there are more. */
  listByUser(userId: string, page: { first: number; after: string | null }): Promise<MessageView[]>
  findMany(ids: readonly string[]): Promise<MessageView[]>
  listAttempts(messageIds: readonly string[]): Promise<AttemptView[]>
}

/** Whom a link spares what. */
export type Unsubscribing = { userId: string; what: Refusable }

export type UnsubscribeTokens = {
  make(of: Unsubscribing): string
  /** Null of what is none of ours. */
  read(token: string): Unsubscribing | null
}

export type PreferenceStore = {
  /** In the order of `userIds`; the defaults of who never chose. */
  findMany(userIds: readonly string[]): Promise<Preferences[]>
  /** Changes what is given, and tells who switches sign-in alerts off that they are off. */
  change(userId: string, change: Partial<Preferences>, by: Actor): Promise<void>
  /** The same for one thing that is no longer wanted; nothing where that is so already. */
  switchOff(userId: string, what: Refusable, by: Actor): Promise<void>
}

export type DeadLetterStore = {
  /** Has a dead message sent again; EXPIRED where it held a secret, which is gone, or its time is over. */
  retry(id: string, by: Actor): Promise<'RETRIED' | 'NOT_FOUND' | 'CONFLICT' | 'EXPIRED'>
  /** How many can be sent again. */
  countWaiting(): Promise<number>
  /** All that can be; `left` is how many are dead still. */
  replayAll(by: Actor): Promise<{ replayed: number; left: number }>
}

export type ReportStore = {
  /** Writes what became of a message, with an attempt beside it. False where that is known, or past. */
  record(report: Report): Promise<boolean>
  /** Writes what is said of a mailbox; false where it was said before. */
  recordOfAddress(report: AddressReport): Promise<boolean>
}

/** A mailbox or a number, in the form in which it is stored. */
export type Address = { channel: Channel; address: string }

/** That something has arrived somewhere. */
export type Proof = Address & { at: Date }

export type SuppressionStore<Tx = never> = {
  /** Why nothing, or less, is sent there; nothing of it of most. */
  listReasons(address: Address): Promise<SuppressionReason[]>
  /** Whether nothing arrives there; within a transaction. */
  isUnreachable(tx: Tx, address: Address): Promise<boolean>
  /** Lets a message that would prove the address through; false while another did lately. */
  takeProof(address: Address, messageId: string): Promise<boolean>
  /** Something has arrived at each of them at its moment. */
  lift(tx: Tx, proofs: readonly Proof[]): Promise<void>
  /** Forgets every reason. */
  remove(address: Address, by: Actor): Promise<void>
}

export type DueMessage = { id: string; urgency: number }

/** `NEW` were not in the queue since they became due; with `ABANDONED_TOO` what had a sender that died, with `LOST_TOO` what may be in it still. */
export type WhichDue = 'NEW' | 'ABANDONED_TOO' | 'LOST_TOO'

export type DeliveryStore = {
  /** Takes messages of a channel that are due and not on their way, at most `limit`, the most urgent first; each goes to one caller. */
  takeDue(channel: Channel, limit: number, which?: WhichDue): Promise<DueMessage[]>
  /** Of each channel how long the message has been due that has been so for longest; 0 where none is. */
  oldestDueSeconds(): Promise<Record<Channel, number>>
  /** Gives back what could not be put into the queue. */
  giveBack(ids: readonly string[]): Promise<void>
  /** Takes the lease of a message that is due. Null for all callers but one. */
  claim(id: string): Promise<ClaimedMessage | null>
  /** Holds the lease for longer. False when it was lost. */
  renew(message: Pick<ClaimedMessage, 'id' | 'lease'>): Promise<boolean>
  /** Writes the attempt and what follows from it. False when the lease was lost meanwhile. */
  record(message: Pick<ClaimedMessage, 'id' | 'lease'>, provider: string, outcome: Outcome): Promise<boolean>
}
