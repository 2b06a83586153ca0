import type { Transaction } from '../../shared/events/outbox.js'
import type { Subscription } from '../../shared/events/subscription.js'
import type { Notify } from '../domain/notify.js'

/** A subscription that writes a message when it is told. */
export type NotifyWhen = (notify: Notify<Transaction>) => Subscription

/** How long a mailed link works; users counts the same time from when it made the token (SECURITY 10.1). */
export const LINK_LIFETIME = { afterSeconds: 24 * 60 * 60 } as const

/** How long a change of an address can be undone (SECURITY 9.4). */
export const UNDO_LIFETIME = { afterSeconds: 7 * 24 * 60 * 60 } as const

/** How long a link to reset a password works; passwords counts the same time (SECURITY 10.1). */
export const RESET_LIFETIME = { afterSeconds: 30 * 60 } as const

/** How long an invitation works; users counts the same time. */
export const INVITATION_LIFETIME = { afterSeconds: 7 * 24 * 60 * 60 } as const
