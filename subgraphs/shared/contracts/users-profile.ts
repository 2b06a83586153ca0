import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'

/** The plain fields of a profile were changed, by the person or by staff. */
export const profileUpdated = defineEvent(
  'user.profile-updated',
  ['notifications'],
  z.object({ userId: z.string(), at: z.iso.datetime() }),
)
