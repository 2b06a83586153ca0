import 'reflect-metadata'
import { buildSubgraphSchema } from '@apollo/subgraph'
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from 'graphql'
import { type BuildSchemaOptions, buildSchema, type ClassType, createResolversMap } from 'type-graphql'
import { enforceRules } from './enforce-rules.js'
import { PRELUDE } from './prelude.js'
import type { RequestContext } from './request-context.js'

/** Turns the key of an entity into the entity, or into null where there is none. */
export type ReferenceResolver<Context extends RequestContext> = (
  reference: { id: string },
  context: Context,
) => unknown

type Options<Context extends RequestContext> = Pick<BuildSchemaOptions, 'resolvers'> & {
  /** Classes that no field returns, such as entities reached only by reference. */
  entities?: ClassType[]
  references?: Record<string, ReferenceResolver<Context>>
}

/**
 * Turns decorated classes into a federation schema.
 *
 * `printSubgraphSchema` fails on a type-graphql schema, so the schema is printed with the directives its AST nodes
 * still hold, and built again from that text.
 */
export async function buildSubgraph<Context extends RequestContext>(
  options: Options<Context>,
): Promise<{ schema: GraphQLSchema; typeDefs: string }> {
  const { resolvers, entities = [], references = {} } = options
  const classes = await buildSchema({ resolvers, orphanedTypes: entities, skipCheck: true, validate: false })
  const document = withEnumArguments(parse(`${PRELUDE}\n${printSchemaWithDirectives(classes)}`))
  const typeDefs = `${print(document)}\n`
  // type-graphql and Apollo name the same shape differently.
  const map = createResolversMap(classes) as unknown as Record<string, Record<string, unknown>>

  for (const [type, resolve] of Object.entries(references)) {
    map[type] = { ...map[type], __resolveReference: resolve }
  }

  const schema = buildSubgraphSchema({
    typeDefs: document,
    resolvers: map as GraphQLResolverMap<unknown>,
  })
  enforceRules(schema)
  return { schema, typeDefs }
}

/** The printer writes an enum in a directive's argument as a text, which no validation takes. */
const withEnumArguments = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Argument: (node) =>
      node.name.value === 'scope' && node.value.kind === Kind.STRING
        ? { ...node, value: { kind: Kind.ENUM, value: node.value.value } }
        : undefined,
  })
