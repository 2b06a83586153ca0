import * as z from 'zod'

/** Somebody's roles or status changed: tokens issued at an older version are worth nothing. */
export const AccessChange = z.object({
  userId: z.string(),
  version: z.number().int(),
  /** Whether their sessions end, as for somebody disabled; else they go on, and get other tokens. */
  endsSessions: z.boolean(),
})
