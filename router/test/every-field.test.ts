import { isNonNullType } from 'graphql'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import { describeRules } from '../guard/describe-rules.js'
import { readSupergraphConfig } from '../plan/read-supergraph-config.js'
import { ASKERS, type Asker, isHidden, refusalOf, viewersFor } from './every-field/askers.js'
import { type Demands, isOpen, readDemands } from './every-field/demands.js'
import { ODD_GRAPH } from './every-field/odd-graph.js'
import { type Mode, type OpenGraph, type Outcome, openGraph } from './every-field/open-graph.js'
import { coordinateOf, type Reach, reachesOf } from './every-field/reaches.js'
import { besideHarmless, WRITINGS, type Written } from './every-field/writings.js'

/** A demand on the way weighs more than any detour. */
const HEAVY = 100

const GRAPHS = {
  'our graph': {
    subgraphs: () => readSupergraphConfig('supergraph.yaml'),
    supportScopes: ['users:read', 'users:write', 'sessions:write', 'notifications:read'],
  },
  'a graph of odd shapes': {
    subgraphs: async () => ODD_GRAPH,
    supportScopes: ['people:read', 'boxes:read', 'things:read', 'a'],
  },
}

describe.each(Object.entries(GRAPHS))('2.6, 2.7: %s', (_, { subgraphs, supportScopes }) => {
  let graph: OpenGraph
  let viewers: Record<Asker, Viewer | null>
  let demandsOf: (coordinate: string) => Demands
  let reaches: Reach[]

  beforeAll(async () => {
    graph = await openGraph(await subgraphs())
    viewers = viewersFor(graph.sdl, supportScopes)
    demandsOf = readDemands(graph.sdl)
    const weigh = (coordinate: string) => 1 + (isOpen(demandsOf(coordinate)) ? 0 : HEAVY)
    reaches = reachesOf(graph.schema, weigh).filter(
      ({ steps }) => steps.length === 1 || !isOpen(demandsOf(coordinateOf(lastOf(steps)))),
    )
  })
  afterAll(() => graph.stop())

  const demandsOn = ({ steps }: Reach): Demands[] => steps.map((step) => demandsOf(coordinateOf(step)))

  /** Asks for each field in each way, and says where what comes of it is not as expected. */
  async function differences(
    ways: readonly Reach[],
    { viewer, mode }: { viewer: Viewer | null; mode: Mode },
    isAsExpected: (seen: Seen) => boolean,
  ): Promise<string[]> {
    const wrong: string[] = []
    for (const reach of ways) {
      const behind = reach.steps.map(({ type }) => type.name)
      for (const [writing, write] of Object.entries(WRITINGS)) {
        const asked = write(reach)
        const outcome = await graph.ask(asked, { viewer, mode, behind })
        const seen = { asked, reach, demands: demandsOn(reach), viewer, outcome }
        if (!isAsExpected(seen)) wrong.push(`${writing}: ${asked.query} → ${wordsOf(outcome)}`)
      }
    }
    return wrong
  }

  test('there is a way to each field that has a rule, and rules are of all kinds', () => {
    const described = describeRules(graph.rules).map(({ type, field }) => `${type}.${field}`)
    const reached = reaches.map(({ steps }) => coordinateOf(lastOf(steps)))
    const kinds = reaches.map((reach) => demandsOf(coordinateOf(lastOf(reach.steps))))

    expect(new Set(reached)).toEqual(new Set(described))
    for (const isOfKind of [
      isOpen,
      ({ signedIn }: Demands) => signedIn,
      ({ scopes }: Demands) => scopes.length > 0,
      ({ policies }: Demands) => policies.length > 0,
      ({ proofs }: Demands) => proofs.length > 0,
    ]) {
      expect(kinds.some(isOfKind)).toBe(true)
    }
  })

  test.each(ASKERS)('%s is refused what is not theirs, and no subgraph is asked', async (asker) => {
    const viewer = viewers[asker]

    expect(await differences(reaches, { viewer, mode: 'reject' }, asRejected)).toEqual([])
  })

  test.each(ASKERS)('filtered, %s is answered all but what is not theirs', async (asker) => {
    const viewer = viewers[asker]
    const refused = reaches.filter((reach) => refusalOf(demandsOn(reach), viewer) !== null)

    expect(await differences(refused, { viewer, mode: 'filter' }, asFiltered)).toEqual([])
  })

  test('an operation beside a protected one asks nothing of anybody', async () => {
    for (const reach of reaches) {
      const outcome = await graph.ask(besideHarmless(reach), { viewer: null, mode: 'reject', behind: [] })
      expect(outcome).toMatchObject({ refusal: null, fetches: 0, data: { __typename: 'Query' } })
    }
  })
})

type Seen = {
  asked: Written
  reach: Reach
  demands: Demands[]
  viewer: Viewer | null
  outcome: Outcome
}

function asRejected({ asked, demands, viewer, outcome }: Seen): boolean {
  const refusal = refusalOf(demands, viewer)
  if (refusal !== null) return outcome.refusal === refusal && outcome.fetches === 0 && !outcome.data

  const isSeen = !(asked.isLeftOut || demands.some((each) => isHidden(each, viewer)))
  const isThere = !isNothing(valueAt(outcome.data, asked.keys))
  return outcome.refusal === null && !outcome.errors && isSeen === isThere
}

function asFiltered(seen: Seen): boolean {
  const { asked, reach, demands, viewer, outcome } = seen
  // What changes something is refused whole.
  if (reach.operation === 'mutation') return asRejected(seen)

  const denied = demands.findIndex((each) => refusalOf([each], viewer) !== null)
  const coordinate = reach.steps.slice(denied).map(coordinateOf)[0] ?? ''
  return (
    outcome.refusal === null &&
    placesIn(outcome) === placeOf(seen, denied) &&
    isNothing(valueAt(outcome.data, asked.keys)) &&
    isNullWhereItMayBe(seen, denied) &&
    !outcome.asked.has(coordinate) &&
    (denied > 0 || outcome.fetches === 0)
  )
}

/** Where the answer says that something was denied, and with which code. */
const placesIn = ({ errors = [] }: Outcome): string =>
  errors
    .map(({ path = [], extensions: { code } }) => [...path.filter((key) => typeof key === 'string'), code])
    .join()

/** Nowhere, where the denied field is left out anyway or the row above it is hidden. */
function placeOf({ asked, demands, viewer }: Seen, denied: number): string {
  const isLeftOut = asked.isLeftOut === true && denied === demands.length - 1
  if (isLeftOut || demands.slice(0, denied).some((each) => isHidden(each, viewer))) return ''
  return [...asked.keys.slice(0, denied + 1), refusalOf(demands.slice(denied, denied + 1), viewer)].join()
}

/** Of a field that must not be null, what is around it is null instead. */
function isNullWhereItMayBe({ asked, reach, demands, outcome }: Seen, denied: number): boolean {
  const isLeftOut = asked.isLeftOut === true && denied === demands.length - 1
  const isNonNull = reach.steps.slice(denied, denied + 1).some(({ field }) => isNonNullType(field.type))
  return isLeftOut || !isNonNull || isNothing(valueAt(outcome.data, asked.keys.slice(0, denied)))
}

const isNothing = (value: unknown): boolean => value === null || value === undefined

const lastOf = (steps: Reach['steps']) => steps[steps.length - 1] as Reach['steps'][number] // a way has a step

/** Of each list the first item: there is only one. */
function valueAt(data: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    const item = Array.isArray(at) ? at[0] : at
    return typeof item === 'object' && item !== null ? item[key as never] : item
  }, data)
}

const wordsOf = ({ refusal, errors, data, fetches }: Outcome): string =>
  JSON.stringify({
    refusal,
    codes: errors?.map(({ extensions: { code }, path }) => [code, path]),
    data,
    fetches,
  })
