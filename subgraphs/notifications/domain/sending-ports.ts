import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Bucket } from '../limits.js'
import type { Channel, MessageKind, MessageView, NewMessage, Variables } from './message.js'

/** What a service may send; all else is sent when what it tells of happens. */
export type ServiceKind = Extract<MessageKind, 'CUSTOM' | 'PRODUCT_NEWS'>

export type VariablesRead =
  | { kind: 'read'; variables: Variables }
  /** Paths begin at the variables. */
  | { kind: 'refused'; problems: Problem[] }

/** A template that a service may use, in the language that was found for it. */
export type ServiceTemplate = {
  locale: string
  /** Reads what a service fills it with, and sees that it can be sent so. */
  read(given: unknown): VariablesRead
}

export type ServiceTemplates = {
  /** In the language that is wanted, in its nearest, or in the one for everybody; null where there is none. */
  find(wanted: { name: string; channel: Channel; locale: string | null }): Promise<ServiceTemplate | null>
}

/** Who asked under which key, and for what; digests. */
export type SendRequest = { key: Uint8Array; payload: Uint8Array }

/** What one send is counted by; each has room for it, or it is not sent. */
export type SendLimit = { key: Uint8Array; bucket: Bucket }

export type Sent =
  | { kind: 'sent'; message: MessageView }
  /** The key was used for something else. */
  | { kind: 'conflict' }

export type SendStore = {
  /** What was sent under a key; null where it was not used. Of an erased account's message nothing is left. */
  find(request: SendRequest): Promise<Sent | { kind: 'gone' } | null>
  /** Writes the message under its key, once, with what counts it and who had it sent. */
  send(
    request: SendRequest,
    send: { message: NewMessage; limits: readonly SendLimit[]; by: Actor },
  ): Promise<Sent | { kind: 'gone' } | { kind: 'full'; retryAfter: number }>
}
