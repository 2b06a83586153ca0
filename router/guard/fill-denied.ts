import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsOf } from './document-limits.js'
import { TYPE_KEY } from './without-denied.js'

type Data = Record<string, unknown>
type Path = readonly (string | number)[]

/** Where a denied field would have been in the answer. */
export type DeniedAt = { coordinate: string; path: Path }

type Asked = {
  document: DocumentNode
  operationName: string | undefined
  schema: GraphQLSchema
  denied: { has(coordinate: string): boolean }
  variables: Readonly<Record<string, unknown>>
}

/** More places than this are the same news over again. */
const MAX_PLACES = 100

/** Stands where a value must not be null and is: what is around it takes its place (GraphQL, section 6.4.4). */
const NO_VALUE = Symbol('no value')

/** The answer of what was left of an operation, with null for each field that was denied, and the places of those. */
export function fillDenied(data: Data | null, asked: Asked): { data: Data | null; places: DeniedAt[] } {
  const { document, operationName, schema } = asked
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) throw new Error('an operation that was read before is not there')

  const walk: Walk = { ...asked, fragments: fragmentsOf(document), places: [] }
  const filled =
    data &&
    completeObject(
      data,
      { type: root, sets: [{ set: operation.selectionSet, on: root.name }], path: [] },
      walk,
    )
  return { data: filled === NO_VALUE ? null : filled, places: walk.places.slice(0, MAX_PLACES) }
}

type Walk = Asked & { fragments: ReadonlyMap<string, FragmentDefinitionNode>; places: DeniedAt[] }

/** What is selected, with the type that it is written on: an interface may be stricter than what stands behind it. */
type Sets = readonly { set: SelectionSetNode; on: string }[]

type At = { type: GraphQLObjectType; sets: Sets; path: Path }

/** Selections of one response key, with the type that each is written on. */
type Selected = { node: FieldNode; on: string }

function completeObject(data: Data, { type, sets, path }: At, walk: Walk): Data | typeof NO_VALUE {
  const filled: Data = {}
  let isWhole = true
  for (const [key, selected] of collectFields(type, sets, walk)) {
    const value = completeField(data[key], { type, selected, path: [...path, key] }, walk)
    if (value === NO_VALUE) isWhole = false
    filled[key] = value
  }
  return isWhole ? filled : NO_VALUE
}

type FieldAt = { type: GraphQLObjectType; selected: readonly Selected[]; path: Path }

function completeField(value: unknown, { type, selected, path }: FieldAt, walk: Walk): unknown {
  const [first] = selected
  const field = first && type.getFields()[first.node.name.value]
  if (!field) return value // `__typename`

  const allowed = selected.filter(({ node, on }) => !walk.denied.has(`${on}.${node.name.value}`))
  if (allowed.length === 0) {
    walk.places.push({ coordinate: `${first.on}.${field.name}`, path })
    return isNonNullType(field.type) ? NO_VALUE : null
  }
  const sets = allowed.flatMap((each) => below(each, walk))
  return completeValue(value, field.type, { sets, path }, walk)
}

function below({ node, on }: Selected, { schema }: Walk): Sets {
  const type = schema.getType(on)
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
  return field && node.selectionSet ? [{ set: node.selectionSet, on: getNamedType(field.type).name }] : []
}

type ValueAt = Omit<At, 'type'>

function completeValue(value: unknown, type: GraphQLOutputType, at: ValueAt, walk: Walk): unknown {
  if (isNonNullType(type)) {
    const inner = completeValue(value, type.ofType, at, walk)
    return inner === null ? NO_VALUE : inner
  }
  if (value === null || value === undefined) return null
  if (isListType(type)) return completeList(value as unknown[], type.ofType, at, walk) // as its type says
  if (!isCompositeType(type)) return value

  const data = value as Data
  const runtime = isAbstractType(type) ? walk.schema.getType(String(data[TYPE_KEY])) : type
  if (!isObjectType(runtime)) throw new Error('the type of an answer is not known')
  const filled = completeObject(data, { ...at, type: runtime }, walk)
  return filled === NO_VALUE ? null : filled
}

function completeList(items: unknown[], type: GraphQLOutputType, { sets, path }: ValueAt, walk: Walk) {
  const filled = items.map((item, index) => completeValue(item, type, { sets, path: [...path, index] }, walk))
  return filled.includes(NO_VALUE) ? null : filled
}

/** In the order in which they are written, as the answer has them. */
function collectFields(type: GraphQLObjectType, sets: Sets, walk: Walk): Map<string, Selected[]> {
  const fields = new Map<string, Selected[]>()
  for (const { set, on } of sets) {
    for (const selected of flatten(set.selections, { type, on }, walk)) {
      const key = (selected.node.alias ?? selected.node.name).value
      fields.set(key, [...(fields.get(key) ?? []), selected])
    }
  }
  return fields
}

type Standing = { type: GraphQLObjectType; on: string }

/** The fields of a selection, with those of the fragments that apply. */
function flatten(selections: readonly SelectionNode[], { type, on }: Standing, walk: Walk): Selected[] {
  return selections
    .filter((selection) => isIncluded(selection, walk))
    .flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [{ node: selection, on }]
      const { condition, inner } = read(selection, on, walk)
      return applies(condition, type, walk) ? flatten(inner, { type, on: condition }, walk) : []
    })
}

type FragmentNode = Exclude<SelectionNode, FieldNode>

function read(fragment: FragmentNode, on: string, { fragments }: Walk) {
  const node = fragment.kind === Kind.INLINE_FRAGMENT ? fragment : fragments.get(fragment.name.value)
  return { condition: node?.typeCondition?.name.value ?? on, inner: node?.selectionSet.selections ?? [] }
}

function applies(condition: string, type: GraphQLObjectType, { schema }: Walk): boolean {
  const named = schema.getType(condition)
  return named === type || (isAbstractType(named) && schema.isSubType(named, type))
}

function isIncluded(selection: SelectionNode, { variables }: Walk): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables)
  return skip?.['if'] !== true && include?.['if'] !== false
}
