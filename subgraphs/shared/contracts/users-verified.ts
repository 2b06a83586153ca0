import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'

/** An account is verified: for the first time somebody has proved that an address or number of it is theirs, or staff vouch for it. */
export const userVerified = defineEvent('user.verified', ['notifications'], z.object({ userId: z.string() }))
