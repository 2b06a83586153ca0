/** The basic alphabet of GSM 03.38 (3GPP TS 23.038, section 6.2.1), a septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Its extension table, two septets each. */
const EXTENDED = new Set('^{}\\[~]|€\f')

type Encoding = 'GSM-7' | 'UCS-2'

/** How many units one message holds, and how many of them a part of a longer one has left beside its header. */
const ROOM: Record<Encoding, { alone: number; part: number }> = {
  'GSM-7': { alone: 160, part: 153 },
  'UCS-2': { alone: 70, part: 67 },
}

/** What a text costs: providers bill each message that it takes. One letter outside GSM 03.38 makes all of it UCS-2. */
export function segmentsOf(text: string): { encoding: Encoding; count: number } {
  const letters = [...text]
  const isBasic = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter))
  const encoding = isBasic ? 'GSM-7' : 'UCS-2'
  const unitsOf = (letter: string) => (isBasic ? (EXTENDED.has(letter) ? 2 : 1) : letter.length)
  return { encoding, count: countOf(letters.map(unitsOf), ROOM[encoding]) }
}

function countOf(sizes: readonly number[], { alone, part }: { alone: number; part: number }): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1

  let count = 1
  let used = 0
  for (const size of sizes) {
    // A letter of two units is not cut in two: it begins the next part.
    if (used + size > part) {
      count += 1
      used = 0
    }
    used += size
  }
  return count
}
