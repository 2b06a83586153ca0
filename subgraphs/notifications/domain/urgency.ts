import type { MessageKind } from './message.js'

/** Somebody sits before a screen and waits for it. */
const AWAITED: ReadonlySet<MessageKind> = new Set<MessageKind>([
  'WELCOME',
  'EMAIL_VERIFICATION',
  'PHONE_VERIFICATION',
  'OTP',
  'PASSWORD_RESET',
])

/** What is sent first: 0 is what somebody waits for, so that a code never stands behind a thousand notices. */
export const urgencyOf = (kind: MessageKind): number => (AWAITED.has(kind) ? 0 : 1)
