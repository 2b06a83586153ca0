import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import type { Demand, OperationFacts } from './facts.js'

/** The policy the owning subgraph decides row by row. */
const SELF = 'self'

/** The person a session-starting field signs in: known to be someone, and no more. */
const NEWCOMER = { scopes: [] as readonly string[] }

/**
 * Whether all of an operation may run for this viewer; one refused field refuses it all, so that nothing half happens.
 *
 * A row policy needs a viewer here and passes: the subgraph that owns the row decides, and decides again for scopes.
 */
export function authorize(
  facts: OperationFacts,
  viewer: Viewer | null,
): null | 'UNAUTHENTICATED' | 'FORBIDDEN' {
  if (!viewer && needsCaller(facts)) return 'UNAUTHENTICATED'

  // Nothing checks how fresh a proof is yet, so a field that asks for it is for nobody.
  if (facts.assurances.length > 0) return 'FORBIDDEN'

  const allowed =
    facts.scopes.every((demand) => holds(demand, viewer, [])) &&
    facts.policies.every((demand) => holds(demand, viewer, [SELF]))
  return allowed ? null : 'FORBIDDEN'
}

function needsCaller({ needsViewer, scopes, policies, assurances }: OperationFacts): boolean {
  return [needsViewer, scopes, policies, assurances].some((places) =>
    places.some((place) => !place.inNewSession),
  )
}

/** A name nobody knows is held by nobody: an unknown policy refuses. */
function holds({ anyOf, inNewSession }: Demand, viewer: Viewer | null, given: readonly string[]): boolean {
  const { scopes } = inNewSession || !viewer ? NEWCOMER : viewer
  return anyOf.some((allOf) => allOf.every((name) => given.includes(name) || scopes.includes(name)))
}
