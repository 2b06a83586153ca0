import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { proofLacking } from '../../subgraphs/shared/identity/assurance.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import { POLICIES, type Policies, policyNamed } from '../../subgraphs/shared/policies/registry.js'
import type { Demand, OperationFacts, Place, PolicyDemand } from './facts.js'

/** What else is known of a request that has been read. */
type Asked = { variables?: Readonly<Record<string, unknown>>; policies?: Policies }

/**
 * Why an operation may not run for this viewer; one refused field refuses it all, so that nothing half happens.
 *
 * A row policy needs a viewer here and passes: the subgraph that owns the row decides, and decides again for the others.
 */
export function authorize(facts: OperationFacts, viewer: Viewer | null, asked: Asked = {}): AppError | null {
  if (!viewer && needsCaller(facts)) return new AppError('UNAUTHENTICATED')

  // What somebody will have proved by signing in is not known before they have.
  const mayHold = makePolicyCheck(viewer, asked)
  const allowed =
    facts.scopes.every((demand) => holds(demand, viewer)) &&
    facts.policies.every(mayHold) &&
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

/** Whom a session-starting field signs in is known to be someone, and no more. */
function holds({ anyOf, inNewSession }: Demand, viewer: Viewer | null): boolean {
  const scopes = inNewSession || !viewer ? [] : viewer.scopes
  return anyOf.some((allOf) => allOf.every((name) => scopes.includes(name)))
}

const NO_VARIABLES = {}

/** Whether a policy may hold, and be it for some row. A name that stands for nothing is held by nobody. */
function makePolicyCheck(
  viewer: Viewer | null,
  { variables = NO_VARIABLES, policies = POLICIES }: Asked,
): (demand: PolicyDemand) => boolean {
  return ({ anyOf, inNewSession, given }) => {
    const asking = inNewSession ? null : viewer
    const mayHold = (name: string): boolean => {
      const policy = policyNamed(name, policies)
      // Who is about to sign in is not known yet; about their own rows the subgraph asks again, when they are.
      return asking ? policy?.mayHold(asking, given(variables)) === true : policy?.holdsFor !== undefined
    }
    return anyOf.some((allOf) => allOf.every(mayHold))
  }
}

/** Every field that this viewer may not ask, by its coordinate, with why. */
export function denialsOf(
  facts: OperationFacts,
  viewer: Viewer | null,
  asked: Asked = {},
): Map<string, AppError> {
  const mayHold = makePolicyCheck(viewer, asked)
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
    facts.scopes.filter((demand) => !holds(demand, viewer)),
    refusal,
  )
  deny(
    facts.policies.filter((demand) => !(viewer || demand.inNewSession) || !mayHold(demand)),
    refusal,
  )
  for (const { assurance, ...place } of facts.assurances) {
    deny([place], () => (viewer && !place.inNewSession ? proofLacking(viewer, [assurance]) : refusal(place)))
  }
  return denials
}

/** The field at the top under which something is denied; null where nothing is. */
export function deniedField(facts: OperationFacts, viewer: Viewer | null, asked: Asked = {}): string | null {
  const [coordinate] = denialsOf(facts, viewer, asked).keys()
  const places: Place[] = [facts.needsViewer, facts.scopes, facts.policies, facts.assurances].flat()
  const root = places.find((place) => place.coordinate === coordinate)?.path.split('.')[0]
  return facts.rootFields.find(({ responseName }) => responseName === root)?.name ?? null
}
