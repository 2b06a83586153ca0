import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { enforceRules } from '../../../subgraphs/shared/graphql/enforce-rules.js'
import { createExecutor } from '../../../subgraphs/shared/graphql/executor.js'
import { requestContext } from '../../../subgraphs/shared/graphql/request-context.js'
import type { Logger } from '../../../subgraphs/shared/log/logger.js'
import type { SubgraphSource } from '../../plan/compose.js'
import type { DataSource } from '../../subgraphs/data-source.js'
import { OWNER } from './askers.js'

/** What subgraphs were asked since it was last emptied. */
export type Asked = { fetches: number; coordinates: Set<string>; behind: readonly string[] }

/**
 * A subgraph that has one of everything, which is the owner's, and keeps the rules of its schema as ours do.
 *
 * Behind an interface or a union is the type that `asked.behind` names.
 */
export function answeringSource({ typeDefs }: SubgraphSource, asked: Asked, log: Logger): DataSource {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs) })
  fillIn(schema, asked)
  enforceRules(schema)
  const execute = createExecutor(schema, log)
  const known = new Map<string, readonly string[]>()

  return {
    fetch({ query, variables, operationName, ...request }) {
      asked.fetches += 1
      const fields = known.get(query) ?? fieldsIn(schema, query)
      known.set(query, fields)
      for (const coordinate of fields) asked.coordinates.add(coordinate)
      return execute({ query, variables, operationName }, requestContext(request))
    },
  }
}

function fillIn(schema: GraphQLSchema, asked: Asked): void {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType)
  for (const field of types.flatMap((type) => Object.values(type.getFields()))) {
    if (field.name.startsWith('_')) continue
    const { name, type } = field
    field.resolve = (source: Record<string, unknown>) => source?.[name] ?? example(type, schema, asked)
  }
}

const LEAVES: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true, ID: OWNER }

function example(type: GraphQLOutputType, schema: GraphQLSchema, asked: Asked): unknown {
  if (isNonNullType(type)) return example(type.ofType, schema, asked)
  if (isListType(type)) return [example(type.ofType, schema, asked)]
  if (isEnumType(type)) return type.getValues()[0]?.value
  if (!isCompositeType(type)) return LEAVES[type.name] ?? 'x'
  if (!isAbstractType(type)) return { id: OWNER }

  const types = schema.getPossibleTypes(type)
  const behind = types.find(({ name }) => asked.behind.includes(name)) ?? types[0]
  return { __typename: behind?.name, id: OWNER }
}

function fieldsIn(schema: GraphQLSchema, query: string): string[] {
  const types = new TypeInfo(schema)
  const found: string[] = []
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: ({ name }) => void found.push(`${types.getParentType()?.name}.${name.value}`),
    }),
  )
  return found
}
