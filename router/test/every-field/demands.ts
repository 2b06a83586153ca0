import {
  buildASTSchema,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Alternatives of which one is enough, each a list of names that must all be held. */
type AnyOf = readonly (readonly string[])[]

/** What a field asks of whoever asks for it. */
export type Demands = {
  signedIn: boolean
  scopes: AnyOf[]
  policies: AnyOf[]
  proofs: { level: number; maxAge: number }[]
}

export const isOpen = ({ signedIn, scopes, policies, proofs }: Demands): boolean =>
  !signedIn && scopes.length + policies.length + proofs.length === 0

/**
 * Reads what each field demands from the text of a supergraph.
 *
 * It is a second reading, which has nothing from the guard: where the two differ one of them is wrong.
 */
export function readDemands(supergraphSdl: string): (coordinate: string) => Demands {
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true })
  const known = new Map<string, Demands>()
  return (coordinate) => {
    const demands = known.get(coordinate) ?? demandsIn(rulesOf(schema, coordinate, new Set()))
    known.set(coordinate, demands)
    return demands
  }
}

const GATHERED = ['authenticated', 'requiresScopes', 'policy']

function rulesOf(schema: GraphQLSchema, coordinate: string, seen: Set<string>): ConstDirectiveNode[] {
  const [typeName = '', name = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  if (seen.has(coordinate) || !(isObjectType(type) || isInterfaceType(type))) return []
  seen.add(coordinate)

  const field = type.getFields()[name]
  const above = type.getInterfaces().flatMap((each) => each.getFields()[name] ?? [])
  const written = [
    ...(field?.astNode?.directives ?? []),
    // Apollo's own there are gathered by composition, from all the types behind it.
    ...above
      .flatMap((each) => each.astNode?.directives ?? [])
      .filter(({ name: { value } }) => !GATHERED.includes(value)),
  ]
  const answered = field ? getNamedType(field.type) : type
  const behind = isInterfaceType(type) ? schema.getPossibleTypes(type) : []
  const others = [
    ...behind.map((each) => `${each.name}.${name}`),
    ...written.flatMap((directive) => requiredBy(schema, type.name, directive)),
  ]
  return [
    ...written,
    ...[type, answered].flatMap((each) => rulesOfType(schema, each)),
    ...others.flatMap((each) => rulesOf(schema, each, seen)),
  ]
}

function rulesOfType(schema: GraphQLSchema, type: GraphQLNamedType): ConstDirectiveNode[] {
  const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type]
  return types.flatMap(({ astNode }) => astNode?.directives ?? [])
}

function requiredBy(schema: GraphQLSchema, type: string, directive: ConstDirectiveNode): string[] {
  const { requires } = valuesOf(directive)
  if (directive.name.value !== 'join__field' || typeof requires !== 'string') return []
  const types = new TypeInfo(schema)
  const found: string[] = []
  visit(
    parse(`fragment F on ${type} { ${requires} }`),
    visitWithTypeInfo(types, {
      Field: ({ name }) => void found.push(`${types.getParentType()?.name}.${name.value}`),
    }),
  )
  return found
}

function demandsIn(directives: readonly ConstDirectiveNode[]): Demands {
  const named = (name: string) => directives.filter((each) => each.name.value === name).map(valuesOf)
  return {
    signedIn: named('authenticated').length > 0,
    // The shapes are those of the directives' definitions, which composition has checked.
    scopes: named('requiresScopes').map(({ scopes }) => scopes as AnyOf),
    policies: named('policy').map(({ policies }) => policies as AnyOf),
    proofs: named('assurance').map(({ level, maxAge }) => ({
      level: Number(level ?? 1),
      maxAge: Number(maxAge ?? 300),
    })),
  }
}

function valuesOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  )
}
