import type { Act } from '../../shared/audit/act.js'

export type KeySummary = { activeKid: string | null; nextKid: string | null; retiringKids: string[] }

export type SigningKeyStore = {
  /** Makes what is missing, and forgets keys of which nothing lives. */
  keepUp(): Promise<void>
  /** Has the next key sign or, where one is named, takes that one back; null where there is none of that name. */
  rotate(remove: string | null, act: Act): Promise<KeySummary | null>
}
