import {
  type ASTNode,
  type DirectiveNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { argumentsOf } from './links.js'

export type FieldOfType = { type: string; field: string }

/** The fields named by a `@key` or `@requires` field set such as `id organization { id }`, nested ones with their own type. */
export function fieldsInSet(schema: GraphQLSchema, type: string, fieldSet: string): FieldOfType[] {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return []
  return fieldsIn(schema, schema.getType(type), definition.selectionSet)
}

/** The values given to one argument over all uses of a directive, such as every `key` of `@join__type`. */
export function valuesOf(
  node: DirectiveCarrier | null | undefined,
  directive: string,
  argument: string,
): string[] {
  return (node?.directives ?? [])
    .filter(({ name }) => name.value === directive)
    .map((use) => argumentsOf(use)[argument])
    .filter((value) => typeof value === 'string')
}

type DirectiveCarrier = ASTNode & { directives?: readonly DirectiveNode[] | undefined }

function fieldsIn(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
  { selections }: SelectionSetNode,
): FieldOfType[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value
      return fieldsIn(schema, condition ? schema.getType(condition) : type, selection.selectionSet)
    }
    // A field set has no named fragments.
    return selection.kind === Kind.FIELD ? fieldAndNested(schema, type, selection) : []
  })
}

function fieldAndNested(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
  { name, selectionSet }: FieldNode,
): FieldOfType[] {
  if (!(isObjectType(type) || isInterfaceType(type))) return []
  const returned = type.getFields()[name.value]?.type
  const nested = selectionSet && returned ? fieldsIn(schema, getNamedType(returned), selectionSet) : []
  return [{ type: type.name, field: name.value }, ...nested]
}
