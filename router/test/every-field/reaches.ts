import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

type Fields = GraphQLObjectType | GraphQLInterfaceType

/** A field, on the type whose selection it is written in. */
export type Step = { type: Fields; field: GraphQLField<unknown, unknown> }

export const coordinateOf = ({ type, field }: Step): string => `${type.name}.${field.name}`

/** A way from the top of the graph down to one field. */
export type Reach = { operation: 'query' | 'mutation'; steps: readonly Step[] }

type Weigh = (coordinate: string) => number

/**
 * Ways to every field: to a field at the top itself, to any other through a field that answers its type, and through one
 * that answers an interface or a union in front of it. Each is the one that asks least on the way, so that what is refused
 * is refused for the field at its end.
 */
export function reachesOf(schema: GraphQLSchema, weigh: Weigh): Reach[] {
  const byQuery = waysFrom(schema.getQueryType(), schema, weigh)
  const byMutation = waysFrom(schema.getMutationType(), schema, weigh)

  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      const ofQueries = waysTo(type, byQuery)
      const operation = ofQueries.length > 0 ? ('query' as const) : ('mutation' as const)
      const ways = ofQueries.length > 0 ? ofQueries : waysTo(type, byMutation)
      return ways.flatMap((steps) =>
        Object.values(type.getFields()).map((field) => ({ operation, steps: [...steps, { type, field }] })),
      )
    })
}

type Way = { type: Fields; isNarrowed: boolean; steps: readonly Step[]; weight: number }

const waysTo = (type: Fields, ways: readonly Way[]): (readonly Step[])[] =>
  ways.filter((way) => way.type === type).map(({ steps }) => steps)

/** The lightest way to each type, by its name and by a fragment on it. */
function waysFrom(root: Fields | null | undefined, schema: GraphQLSchema, weigh: Weigh): Way[] {
  const found: Way[] = []
  const open: Way[] = root ? [{ type: root, isNarrowed: false, steps: [], weight: 0 }] : []
  for (let way = takeLightest(open); way; way = takeLightest(open)) {
    const { type, isNarrowed } = way
    if (found.some((known) => known.type === type && known.isNarrowed === isNarrowed)) continue
    found.push(way)
    open.push(...onwardsFrom(way, schema, weigh))
  }
  return found
}

function takeLightest(ways: Way[]): Way | undefined {
  const lightest = Math.min(...ways.map(({ weight }) => weight))
  const index = ways.findIndex(({ weight }) => weight === lightest)
  return index < 0 ? undefined : ways.splice(index, 1)[0]
}

function onwardsFrom({ type, steps, weight }: Way, schema: GraphQLSchema, weigh: Weigh): Way[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const step = { type, field }
    const next = { steps: [...steps, step], weight: weight + weigh(coordinateOf(step)) }
    return typesAnswered(field, schema).map((answered) => ({ ...next, ...answered }))
  })
}

function typesAnswered(field: Step['field'], schema: GraphQLSchema): Pick<Way, 'type' | 'isNarrowed'>[] {
  const type = getNamedType(field.type)
  const own = isObjectType(type) || isInterfaceType(type) ? [{ type, isNarrowed: false }] : []
  const behind = isAbstractType(type) ? schema.getPossibleTypes(type) : []
  return [...own, ...behind.map((each) => ({ type: each, isNarrowed: true }))]
}
