import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { makeArgumentReader } from './coerced-arguments.js'
import { COST_ROOT, type CostScope, costTerms } from './cost.js'
import { fragmentsOf, isIntrospection } from './document-limits.js'
import { createFactSheet, type FactSheet, type SheetFacts } from './fact-sheet.js'
import { badInput, type Rejection, rejected } from './rejection.js'
import type { RuleTable } from './rules.js'

/** Visits every field an operation may execute, once for each response path. The document has been measured before. */
export function collectSelections(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  rules: RuleTable,
): { kind: 'collected'; facts: SheetFacts } | Rejection {
  const root = schema.getRootType(operation.operation)
  if (!root) return badInput('no such kind of operation')

  const sheet = createFactSheet(operation.operation)
  const isMutation = operation.operation === 'mutation'
  const readerOf = makeArgumentReader(schema, operation)
  const walk: Walk = { schema, rules, fragments: fragmentsOf(document), sheet, readerOf, isMutation }
  const fault = collect(
    operation.selectionSet,
    { type: root, path: '', isRoot: true, inNewSession: false, cost: COST_ROOT },
    walk,
  )
  return fault ?? { kind: 'collected', facts: sheet.finish() }
}

type Walk = {
  schema: GraphQLSchema
  rules: RuleTable
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
  sheet: FactSheet
  readerOf: ReturnType<typeof makeArgumentReader>
  isMutation: boolean
}

type Scope = {
  type: GraphQLCompositeType
  path: string
  isRoot: boolean
  inNewSession: boolean
  cost: CostScope
}

function collect({ selections }: SelectionSetNode, scope: Scope, walk: Walk): Rejection | null {
  for (const selection of selections) {
    const fault = collectSelection(selection, scope, walk)
    if (fault) return fault
  }
  return null
}

function collectSelection(selection: SelectionNode, scope: Scope, walk: Walk): Rejection | null {
  switch (selection.kind) {
    case Kind.FIELD:
      return collectField(selection, scope, walk)
    case Kind.INLINE_FRAGMENT:
      return collectFragment(selection.selectionSet, selection.typeCondition?.name.value, scope, walk)
    case Kind.FRAGMENT_SPREAD: {
      const fragment = walk.fragments.get(selection.name.value)
      return fragment
        ? collectFragment(fragment.selectionSet, fragment.typeCondition.name.value, scope, walk)
        : badInput('a fragment that is not defined')
    }
  }
}

function collectFragment(
  selectionSet: SelectionSetNode,
  condition: string | undefined,
  scope: Scope,
  walk: Walk,
): Rejection | null {
  const type = condition === undefined ? scope.type : walk.schema.getType(condition)
  if (!isCompositeType(type)) return badInput('a fragment on a type that is not there')
  return collect(selectionSet, { ...scope, type }, walk)
}

function collectField(node: FieldNode, scope: Scope, walk: Walk): Rejection | null {
  if (hidesPlannerField(node, scope, walk))
    return rejected('an alias with the name of a key or required field')
  if (node.name.value.startsWith('__')) return collectMetaField(node, scope, walk)

  const { type: parent } = scope
  const field =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined
  return field ? collectDeclared(node, field, scope, walk) : badInput('a field that is not there')
}

function collectDeclared(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  scope: Scope,
  walk: Walk,
): Rejection | null {
  const coordinate = `${scope.type.name}.${field.name}`
  const rule = walk.rules.fields.get(coordinate)
  // Fail closed: the client schema and the rules come from one supergraph, so this is a fault of ours.
  if (!rule) return rejected(`no rule is known for ${coordinate}`)

  const path = pathOf(node, scope)
  const type = getNamedType(field.type)
  const { terms, below } = costTerms(
    { ...scope, field, cost: rule.cost, given: node.arguments ?? [], isMutation: walk.isMutation },
    scope.cost,
  )
  const given = walk.readerOf(field, node)
  walk.sheet.add({
    ...scope,
    coordinate,
    path,
    node,
    given,
    rule,
    cost: terms,
    isLeaf: !isCompositeType(type),
  })
  if (!(node.selectionSet && isCompositeType(type))) return null

  const inNewSession = scope.inNewSession || rule.startsSession
  return collect(node.selectionSet, { type, path, isRoot: false, inNewSession, cost: below }, walk)
}

/** Fields GraphQL itself brings have no rule; whether the schema may be asked for is the router's to say. */
function collectMetaField(node: FieldNode, scope: Scope, walk: Walk): Rejection | null {
  const name = node.name.value
  const isKnown =
    name === '__typename' || (isIntrospection(name) && scope.type === walk.schema.getQueryType())
  if (!isKnown) return badInput('a field that is not there')

  const coordinate = `${scope.type.name}.${name}`
  walk.sheet.addMeta({ ...scope, coordinate, path: pathOf(node, scope), node })
  return null
}

function hidesPlannerField({ alias, name }: FieldNode, { type }: Scope, { rules }: Walk): boolean {
  if (!alias || alias.value === name.value) return false
  return rules.plannerFields.get(type.name)?.has(alias.value) ?? false
}

function pathOf({ alias, name }: FieldNode, { path }: Scope): string {
  const key = (alias ?? name).value
  return path ? `${path}.${key}` : key
}
