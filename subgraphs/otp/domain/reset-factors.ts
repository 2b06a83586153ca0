import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import type { FactorStore } from './factor-ports.js'

/** Who does it, and what they may. */
export type Staff = { scopes: readonly string[]; by: Actor }

export type ResetResult =
  | { kind: 'reset' }
  | { kind: 'refused'; problems: Problem[] }
  /** It takes more rights than this one has. */
  | { kind: 'forbidden' }

type Deps = {
  factors: Pick<FactorStore, 'reset'>
  /** What somebody's roles allow; null for nobody. */
  scopesOf: (userId: string) => Promise<readonly string[] | null>
  covers: (held: readonly string[], others: readonly string[]) => boolean
}

/** Takes somebody's factors away for them; never those of who may do more. */
export function makeResetFactors({ factors, scopesOf, covers }: Deps) {
  return async function reset(
    { userId, reason: text }: { userId: string; reason: string },
    { scopes, by }: Staff,
  ): Promise<ResetResult> {
    const reason = readDisplayText(text)
    if ('problem' in reason) return refused(reason.problem, 'reason')
    if (reason.value === null) return refused('REQUIRED', 'reason')
    const theirs = await scopesOf(userId)
    if (!theirs) return refused('NOT_FOUND', 'userId')
    if (!covers(scopes, theirs)) return { kind: 'forbidden' }
    return (await factors.reset(userId, { by, reason: reason.value }))
      ? { kind: 'reset' }
      : refused('NOT_ENROLLED', 'userId')
  }
}

const refused = (code: Problem['code'], field: string): ResetResult => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
