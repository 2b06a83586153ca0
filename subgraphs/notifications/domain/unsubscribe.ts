import type { Actor } from '../../shared/audit/act.js'
import type { PreferenceStore, UnsubscribeTokens } from './ports.js'

type Deps = {
  tokens: Pick<UnsubscribeTokens, 'read'>
  /** Whether there is such an account: of who is gone nothing is written down. */
  isSomebody: (userId: string) => Promise<boolean>
  preferences: Pick<PreferenceStore, 'switchOff'>
}

export type UnsubscribeResult = 'UNSUBSCRIBED' | 'INVALID'

/** Spares a person one kind of message, by the link of one. Whether there is such a person is not told. */
export function makeUnsubscribe({ tokens, isSomebody, preferences }: Deps) {
  return async function unsubscribe(token: string, by: Actor): Promise<UnsubscribeResult> {
    const said = tokens.read(token)
    if (!said) return 'INVALID'
    if (await isSomebody(said.userId)) await preferences.switchOff(said.userId, said.what, by)
    return 'UNSUBSCRIBED'
  }
}
