import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql'

export type FieldsType = GraphQLObjectType | GraphQLInterfaceType

export type FieldAt = { coordinate: string; type: FieldsType; field: GraphQLField<unknown, unknown> }

/** Every field a schema declares, introspection apart. */
export function fieldsOf(schema: GraphQLSchema): FieldAt[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        coordinate: `${type.name}.${field.name}`,
        type,
        field,
      })),
    )
}
