import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** The least that a field can be asked with: required arguments alone, with values that are of their type and mean nothing. */
export function leastArguments({ args }: GraphQLField<unknown, unknown>): string {
  const given = args
    .filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)
    .map((arg) => `${arg.name}: ${literalOf(arg.type)}`)
  return given.length > 0 ? `(${given.join(', ')})` : ''
}

const TEXT = '"x"'
const LITERALS: Record<string, string> = { Int: '1', Float: '1', Boolean: 'false', JSON: '{}' }

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (!isInputObjectType(type)) return LITERALS[type.name] ?? TEXT
  const required = Object.values(type.getFields()).filter(
    (field) => isNonNullType(field.type) && field.defaultValue === undefined,
  )
  return `{ ${required.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`
}
