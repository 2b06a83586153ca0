import type { SuppressionReason } from '../domain/suppression.js'

// What providers say of a number itself, and for good: it is none that can be texted, or its owner said STOP. A telephone that
// is off or full, a network that fails, and what a carrier keeps back for its words say nothing of that.

/**
 * 21610 is an owner's STOP; 21211, 21268, 21614, 21635 and 30006 a number that no text goes to, 30005 one that nobody has. Not 30003,
 * out of reach for now, nor 30004 and 30007, kept back on the way. https://www.twilio.com/docs/api/errors
 */
export const TWILIO_STOPS: ReadonlyMap<number, SuppressionReason> = new Map([
  [21211, 'BOUNCE'],
  [21268, 'BOUNCE'],
  [21610, 'OPT_OUT'],
  [21614, 'BOUNCE'],
  [21635, 'BOUNCE'],
  [30005, 'BOUNCE'],
  [30006, 'BOUNCE'],
])

/**
 * 1170 is no number, 1190 one that is no longer in use ("you should remove this phone number"), 1240 one whose owner said STOP. Not
 * 1180 and 1220, out of reach for now, nor 1210 and 1280, kept back on the way. https://developer.vonage.com/en/api-errors/messages
 */
export const VONAGE_STOPS: ReadonlyMap<string, SuppressionReason> = new Map([
  ['1170', 'BOUNCE'],
  ['1190', 'BOUNCE'],
  ['1240', 'OPT_OUT'],
])
