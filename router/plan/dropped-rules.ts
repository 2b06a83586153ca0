import {
  buildASTSchema,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  getDirectiveValues,
  Kind,
} from 'graphql'
import { isCostRule, isFederationRule, isRuleDirective } from './rule-directives.js'

type Use = { coordinate: string; directive: DirectiveNode }

/**
 * Rules written in a subgraph that the supergraph does not hold.
 *
 * Composition drops a directive without a word where `@composeDirective` or the link is missing, and
 * keeps only one of two rules that differ between subgraphs sharing a field.
 */
export function findDroppedRules(subgraph: DocumentNode, supergraph: DocumentNode): string[] {
  const schema = buildASTSchema(supergraph, { assumeValidSDL: true })
  const kept = new Set(rulesIn(supergraph).map((use) => textOf(use, schema)))

  return rulesIn(subgraph)
    .filter((use) => !kept.has(textOf(use, schema)))
    .map(({ coordinate, directive }) => {
      const name = `@${directive.name.value}`
      return `${coordinate}: ${name} is lost in composition. Is it linked, imported, named in @composeDirective and the same in every subgraph?`
    })
}

function rulesIn(document: DocumentNode): Use[] {
  const rootNames = rootNamesOf(document)
  return document.definitions.flatMap((definition) => usesIn(definition, rootNames))
}

function usesIn(definition: DefinitionNode, rootNames: ReadonlyMap<string, string>): Use[] {
  if (!('name' in definition) || !definition.name) return []
  const type = rootNames.get(definition.name.value) ?? definition.name.value
  const fields: readonly FieldDefinitionNode[] = hasFields(definition) ? (definition.fields ?? []) : []

  return [
    ...usesOn(type, definition.directives),
    ...fields.flatMap((field) => usesOn(`${type}.${field.name.value}`, field.directives)),
  ]
}

function hasFields(
  definition: DefinitionNode,
): definition is Extract<DefinitionNode, { fields?: readonly FieldDefinitionNode[] }> {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_EXTENSION
  )
}

function usesOn(coordinate: string, directives: readonly DirectiveNode[] | undefined): Use[] {
  return (directives ?? [])
    .filter((directive) => isRuleDirective(directive.name.value))
    .map((directive) => ({ coordinate, directive }))
}

/** Composition calls the roots Query, Mutation and Subscription, whatever a subgraph calls them. */
function rootNamesOf(document: DocumentNode): ReadonlyMap<string, string> {
  const names = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
        ? (definition.operationTypes ?? []).map(
            (root) => [root.type.name.value, names[root.operation]] as const,
          )
        : [],
    ),
  )
}

/** Apollo's rules are merged into a stricter one, so only their presence counts; ours must come through as written. */
function textOf({ coordinate, directive }: Use, schema: GraphQLSchema): string {
  const name = directive.name.value
  const isMerged = isFederationRule(name) || isCostRule(name)
  const definition = isMerged ? null : schema.getDirective(name)
  const values = definition ? getDirectiveValues(definition, { directives: [directive] }) : {}
  return `${coordinate} @${name} ${JSON.stringify(values)}`
}
