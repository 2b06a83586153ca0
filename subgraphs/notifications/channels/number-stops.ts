import type { SuppressionReason } from '../domain/suppression.js'

// What providers say of a number itself, and for good: it is none that can be texted, or its owner said STOP. A telephone that
// is off or full, a network that fails, and what a carrier keeps back for its words say nothing of that.

/** 21610 and 30005 and their like; not 30003, out of reach, nor 30004 and 30007, kept back. */
export const TWILIO_STOPS: ReadonlyMap<number, SuppressionReason> = new Map([
  [21610, 'OPT_OUT'],
  [21614, 'BOUNCE'],
  [30005, 'BOUNCE'],
  [30006, 'BOUNCE'],
])

/** 1170 is no number, 1240 one whose owner wants no texts. */
export const VONAGE_STOPS: ReadonlyMap<string, SuppressionReason> = new Map([
  ['1170', 'BOUNCE'],
  ['1240', 'OPT_OUT'],
])
