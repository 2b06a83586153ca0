/** Controls, bidirectional overrides, and more than one invisible character in a row (SECURITY 9.3). */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]|[\u00AD\u200B-\u200F\u2060-\u2064]{2,}/u

const MAX_CODE_POINTS = 64

export type DisplayText = { value: string | null } | { problem: 'TOO_LONG' | 'INVALID' }

/** Reads what a person wrote, a name mostly: NFC, at most so many code points, nothing that hides or reorders text. */
export function readDisplayText(text: string, maxCodePoints = MAX_CODE_POINTS): DisplayText {
  if (text.length > maxCodePoints * 4) return { problem: 'TOO_LONG' }
  const name = text.normalize('NFC').trim()
  if ([...name].length > maxCodePoints) return { problem: 'TOO_LONG' }
  if (UNPRINTABLE.test(name)) return { problem: 'INVALID' }
  return { value: name === '' ? null : name }
}
