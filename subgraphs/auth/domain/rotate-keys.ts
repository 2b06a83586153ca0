import type { Actor } from '../../shared/audit/act.js'
import type { KeySummary, SigningKeyStore } from './key-ports.js'

type Deps = {
  keys: Pick<SigningKeyStore, 'rotate'>
  /** Has this process sign with what is in force now. */
  refresh: () => Promise<unknown>
}

/** Has the next key sign, or takes one back; null where there is none of that name. */
export function makeRotateKeys({ keys, refresh }: Deps) {
  return async function rotateKeys(removedKid: string | null, by: Actor): Promise<KeySummary | null> {
    const act = {
      action: removedKid === null ? 'signing-key.rotate' : 'signing-key.remove',
      ...{ outcome: 'SUCCESS' as const, subjectId: null, by },
      detail: removedKid === null ? {} : { kid: removedKid },
    }
    const summary = await keys.rotate(removedKid, act)
    if (summary) await refresh()
    return summary
  }
}
