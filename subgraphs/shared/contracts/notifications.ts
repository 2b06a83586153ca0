import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'

/** Somebody no longer wants to be told of sign-ins on new devices. The last thing they are told is that. */
export const loginAlertsSwitchedOff = defineEvent(
  'notifications.login-alerts-switched-off',
  ['notifications'],
  z.object({ userId: z.string(), at: z.iso.datetime() }),
)
