import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { type FieldOfType, fieldsInSet, valuesOf } from './field-sets.js'

/** Names of each type's fields that the query planner adds to fetches on its own. */
export type PlannerFields = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The names no alias may take (SECURITY 2.13): the gateway reads `@key` and `@requires` fields back
 * by name, and takes whatever an alias has put there.
 *
 * A selection on an interface or union is planned as one on each of its types, so it has their names too.
 */
export function readPlannerFields(schema: GraphQLSchema): PlannerFields {
  const types = Object.values(schema.getTypeMap())
  const own = new Map<string, Set<string>>()
  for (const { type, field } of types.flatMap((type) => fetchedOf(schema, type))) {
    own.set(type, (own.get(type) ?? new Set()).add(field))
  }

  return new Map(
    types.map((type) => [
      type.name,
      new Set(relativesOf(schema, type).flatMap((relative) => [...(own.get(relative.name) ?? [])])),
    ]),
  )
}

function fetchedOf(schema: GraphQLSchema, type: GraphQLNamedType): FieldOfType[] {
  if (!(isObjectType(type) || isInterfaceType(type))) return []
  const requires = Object.values(type.getFields()).flatMap(({ astNode }) =>
    valuesOf(astNode, 'join__field', 'requires'),
  )

  return [...valuesOf(type.astNode, 'join__type', 'key'), ...requires].flatMap((fieldSet) =>
    fieldsInSet(schema, type.name, fieldSet),
  )
}

function relativesOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  if (isAbstractType(type)) return [type, ...schema.getPossibleTypes(type)]
  return isObjectType(type) ? [type, ...type.getInterfaces()] : []
}
