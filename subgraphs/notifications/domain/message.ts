import type { Refusable } from './preferences.js'

/** What a message is about; the part of the graph's `NotificationKind` that is sent today. */
export const MESSAGE_KINDS = [
  'WELCOME',
  'ACCOUNT_EXISTS',
  'INVITATION',
  'EMAIL_VERIFICATION',
  'PHONE_VERIFICATION',
  'LOGIN_ALERT',
  'OTP',
  'PASSWORD_RESET',
  'PASSWORD_CHANGED',
  'SESSION_REVOKED',
  'EMAIL_CHANGED',
  'PHONE_CHANGED',
  'ACCOUNT_DELETION',
  'MFA_CHANGED',
  'PROFILE_CHANGED',
  'PRODUCT_NEWS',
  'CUSTOM',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** The template of the last message to somebody whose account is gone. */
export const FAREWELL = 'account-deleted'

export const MESSAGE_STATUSES = [
  'QUEUED',
  'SENDING',
  'SENT',
  'DELIVERED',
  'BOUNCED',
  'COMPLAINED',
  'FAILED',
  'DEAD_LETTERED',
  'SUPPRESSED',
] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

export const CHANNELS = ['EMAIL', 'SMS'] as const
export type Channel = (typeof CHANNELS)[number]

/** The facts a template is filled with. No secret is among them. */
export type Variables = Record<string, string | number | null>

/** When a message is worth nothing any more; judged by the database's clock. */
export type Expiry = { at: string } | { afterSeconds: number } | null

/** Something to tell a person, before it is known where they are. */
export type Notice = {
  userId: string
  /**
   * By mail unless told otherwise; `EITHER` by mail where there is a proved address, else by SMS; `WHERE_REACHED` by mail
   * where there is any.
   */
  via?: Channel | 'PROVED_EMAIL' | 'EITHER' | 'WHERE_REACHED'
  /** One of the addresses of a change, instead of the one the person has now. */
  address?: { changeId: string; which: 'OLD' | 'NEW' }
  /** Ties it to one address, by `addressDigest` with this salt: where another is in force by now it goes nowhere. */
  boundTo?: { salt: string; digest: string }
  kind: MessageKind
  /** What the person switches it off by; what has none is sent to everybody. */
  refusedBy?: Refusable
  /** It need not disturb anybody's night. A code, and all that has to do with security, does not wait. */
  mayWait?: boolean
  template: string
  variables: Variables
  /** A code or the token of a link, readable only at the moment of sending (SECURITY 11.4). */
  sealedSecret: string | null
  expiry: Expiry
}

export type NewMessage = Omit<Notice, 'userId' | 'address' | 'boundTo' | 'via' | 'mayWait'> & {
  id: string
  /** Null where it goes to an address that a service named. */
  userId: string | null
  /** One cause makes one message of a kind, however often it is told. */
  dedupeKey: string
  channel: Channel
  recipient: string
  locale: string
  /** What is sent first: less goes before more. */
  urgency: number
  /** Not sent before; null for at once. */
  notBefore: Date | null
  /** Since when its cause is true; null for now. */
  causedAt: Date | null
}

/** A message whose lease is held: nobody else sends it meanwhile. */
export type ClaimedMessage = {
  id: string
  lease: string
  /** Null of what a service sent to an address that it named. */
  userId: string | null
  kind: MessageKind
  channel: Channel
  template: string
  locale: string
  recipient: string
  variables: unknown
  sealedSecret: string | null
  /** What the person may switch it off by; null of what everybody gets. */
  refusedBy: Refusable | null
  /** This one included. */
  tries: number
  /** How long it should have been with its person by now. */
  waitedSeconds: number
  expired: boolean
}

/** A message as its owner may see it. */
export type MessageView = {
  id: string
  userId: string | null
  kind: MessageKind
  channel: Channel
  status: MessageStatus
  recipient: string
  template: string
  locale: string
  createdAt: Date
  sentAt: Date | null
}

export type AttemptView = {
  messageId: string
  at: Date
  provider: string
  outcome: MessageStatus
  providerMessageId: string | null
  error: string | null
  nextAttemptAt: Date | null
}
