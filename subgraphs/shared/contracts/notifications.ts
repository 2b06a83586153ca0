import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'

/** What somebody who carries messages for us sent to the router, as it came: a signature is of these very bytes. */
export const Hook = z.object({
  provider: z.string(),
  /** Where it was sent, as the installation is known outside. */
  url: z.string(),
  /** Those that signatures stand in, in lower case. */
  headers: z.record(z.string(), z.string()),
  /** In Base64. */
  body: z.base64(),
})

export type Hook = z.output<typeof Hook>

export const HookOutcome = z.enum(['TAKEN', 'UNKNOWN', 'UNSIGNED', 'FAULTY'])

export type HookOutcome = z.output<typeof HookOutcome>

export const notificationsCalls = defineCalls('notifications', {
  /** UNKNOWN of a provider that is not set up, UNSIGNED of what is not its word; FAULTY is signed and yet of no use. */
  takeHook: {
    callers: ['router'],
    input: Hook,
    output: z.object({ outcome: HookOutcome }),
  },
})

/** Somebody no longer wants to be told of sign-ins on new devices. The last thing they are told is that. */
export const loginAlertsSwitchedOff = defineEvent(
  'notifications.login-alerts-switched-off',
  ['notifications'],
  z.object({ userId: z.string(), at: z.iso.datetime() }),
)
