import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { proofLacking } from '../../subgraphs/shared/identity/assurance.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import type { Demand, OperationFacts, Place } from './facts.js'

/** The policy the owning subgraph decides row by row. */
const SELF = 'self'

/** The person a session-starting field signs in: known to be someone, and no more. */
const NEWCOMER = { scopes: [] as readonly string[] }

/**
 * Why an operation may not run for this viewer; one refused field refuses it all, so that nothing half happens.
 *
 * A row policy needs a viewer here and passes: the subgraph that owns the row decides, and decides again for scopes.
 */
export function authorize(facts: OperationFacts, viewer: Viewer | null): AppError | null {
  if (!viewer && needsCaller(facts)) return new AppError('UNAUTHENTICATED')

  // What somebody will have proved by signing in is not known before they have.
  const allowed =
    facts.scopes.every((demand) => holds(demand, viewer, [])) &&
    facts.policies.every((demand) => holds(demand, viewer, [SELF])) &&
    !facts.assurances.some(({ inNewSession }) => inNewSession)
  if (!allowed) return new AppError('FORBIDDEN')

  // Last: nobody proves who they are for what they may not do anyway.
  const rules = facts.assurances.map(({ assurance }) => assurance)
  return viewer && proofLacking(viewer, rules)
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

/** Every field that this viewer may not ask, by its coordinate, with why. */
export function denialsOf(facts: OperationFacts, viewer: Viewer | null): Map<string, AppError> {
  const denials = new Map<string, AppError>()
  const deny = (places: readonly Place[], reason: (place: Place) => AppError | null) => {
    for (const place of places) {
      const error = denials.has(place.coordinate) ? null : reason(place)
      if (error) denials.set(place.coordinate, error)
    }
  }
  const refusal = ({ inNewSession }: Place) =>
    new AppError(viewer || inNewSession ? 'FORBIDDEN' : 'UNAUTHENTICATED')

  deny(facts.needsViewer, (place) => (viewer || place.inNewSession ? null : refusal(place)))
  deny(
    facts.scopes.filter((demand) => !holds(demand, viewer, [])),
    refusal,
  )
  deny(
    facts.policies.filter((demand) => isDenied(demand, viewer)),
    refusal,
  )
  for (const { assurance, ...place } of facts.assurances) {
    deny([place], () => (viewer && !place.inNewSession ? proofLacking(viewer, [assurance]) : refusal(place)))
  }
  return denials
}

/** A row policy passes for anyone who is signed in, or is just being. */
const isDenied = (demand: Demand, viewer: Viewer | null): boolean =>
  !(viewer || demand.inNewSession) || !holds(demand, viewer, [SELF])

/** The field at the top under which something is denied; null where nothing is. */
export function deniedField(facts: OperationFacts, viewer: Viewer | null): string | null {
  const [coordinate] = denialsOf(facts, viewer).keys()
  const places: Place[] = [facts.needsViewer, facts.scopes, facts.policies, facts.assurances].flat()
  const root = places.find((place) => place.coordinate === coordinate)?.path.split('.')[0]
  return facts.rootFields.find(({ responseName }) => responseName === root)?.name ?? null
}
