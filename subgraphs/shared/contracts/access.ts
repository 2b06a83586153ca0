import * as z from 'zod'

/** Somebody's roles or status changed: tokens issued at an older version are worth nothing. */
export const AccessChange = z.object({
  userId: z.string(),
  version: z.number().int(),
  /** Whether their sessions end, as for somebody disabled; else they go on, and get other tokens. */
  endsSessions: z.boolean(),
})

/** The same, and why. */
export const AccessChanged = AccessChange.extend({
  /** Null where it is told by an event of its own, or from before it was said. */
  cause: z.enum(['ROLES', 'DISABLED', 'ENABLED', 'UNDO']).nullable().default(null),
  /** When who was disabled for a time is let in again. */
  until: z.iso.datetime().nullable().default(null),
})
