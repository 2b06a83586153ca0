import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import type { EdgeRules } from '../edge/edge-rules.js'
import { badInput, type Rejection, rejected, tooComplex } from './rejection.js'

/** What a document may hold (SECURITY 2.3). Fragments are expanded for `selections`; spreads count too, or fragments made of nothing else would cost nothing. */
export type DocumentLimits = EdgeRules['documents']

/**
 * Measures a document without a schema, so that nothing dear is done for one that is too large.
 *
 * Each of its operations is measured, also those that will not run: validation reads them all.
 */
export function checkDocumentLimits(document: DocumentNode, limits: DocumentLimits): Rejection | null {
  const fragments = fragmentsOf(document)
  const fault = checkCounts(document, limits)
  if (fault) return fault

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const walk: Walk = { limits, fragments, open: new Set(), selections: 0, rootKeys: new Set() }
    const fault = measure(definition.selectionSet, 1, walk)
    if (fault) return fault
  }
  return null
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )
}

function checkCounts(document: DocumentNode, limits: DocumentLimits): Rejection | null {
  const counts = { aliases: 0, directives: 0, fragments: 0 }
  visit(document, {
    Field({ alias }) {
      if (alias) counts.aliases += 1
    },
    Directive() {
      counts.directives += 1
    },
    FragmentDefinition() {
      counts.fragments += 1
    },
  })

  if (counts.aliases > limits.aliases) return tooComplex('aliases')
  if (counts.directives > limits.directives) return tooComplex('directives')
  return counts.fragments > limits.fragments ? tooComplex('fragments') : null
}

type Walk = {
  limits: DocumentLimits
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Fragments being expanded: one met again inside itself would never end. */
  open: Set<string>
  selections: number
  /** Fields of one response key are one execution, however many fragments name them. */
  rootKeys: Set<string>
}

function measure({ selections }: SelectionSetNode, depth: number, walk: Walk): Rejection | null {
  for (const selection of selections) {
    // The early stop: 20 fragments that double each other are a million selections in two hundred tokens.
    walk.selections += 1
    if (walk.selections > walk.limits.selections) return tooComplex('selections')

    const fault = measureSelection(selection, depth, walk)
    if (fault) return fault
  }
  return null
}

function measureSelection(selection: SelectionNode, depth: number, walk: Walk): Rejection | null {
  switch (selection.kind) {
    case Kind.FIELD:
      return measureField(selection, depth, walk)
    case Kind.INLINE_FRAGMENT:
      return measure(selection.selectionSet, depth, walk)
    case Kind.FRAGMENT_SPREAD:
      return measureFragment(selection.name.value, depth, walk)
  }
}

function measureField({ alias, name, selectionSet }: FieldNode, depth: number, walk: Walk): Rejection | null {
  // Clients of the gateway read `__typename` to tell types apart, and so does the gateway itself.
  if (alias?.value.startsWith('__')) return rejected('an alias with a reserved name')
  if (depth > walk.limits.depth) return tooComplex('levels')
  if (depth === 1) walk.rootKeys.add((alias ?? name).value)
  if (walk.rootKeys.size > walk.limits.rootFields) return tooComplex('root fields')
  if (!selectionSet) return null

  // Introspection is as deep as a type is wrapped. Only its own fields follow, so the subtree stays exempt.
  const next = isIntrospection(name.value) ? Number.NEGATIVE_INFINITY : depth + 1
  return measure(selectionSet, next, walk)
}

function measureFragment(name: string, depth: number, walk: Walk): Rejection | null {
  const fragment = walk.fragments.get(name)
  if (!fragment) return badInput('a fragment that is not defined')
  if (walk.open.has(name)) return rejected('a fragment inside itself')

  walk.open.add(name)
  const fault = measure(fragment.selectionSet, depth, walk)
  walk.open.delete(name)
  return fault
}

export function isIntrospection(field: string): boolean {
  return field === '__schema' || field === '__type'
}
