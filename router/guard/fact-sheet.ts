import { type FieldNode, type OperationTypeNode, print } from 'graphql'
import type { ReadArguments } from './coerced-arguments.js'
import type { CostTerm } from './cost.js'
import type { OperationFacts, Place, RootField } from './facts.js'
import { createPublicCacheCheck } from './public-cache.js'
import type { Rule } from './rule.js'

export type SelectedField = Place & {
  node: FieldNode
  given: ReadArguments
  rule: Rule
  cost: CostTerm[]
  isRoot: boolean
  isLeaf: boolean
}

export type SheetFacts = Omit<OperationFacts, 'variableDefaults'>

export type FactSheet = ReturnType<typeof createFactSheet>

/** Gathers facts field by field. A response path counts once: fields that share one are one execution. */
export function createFactSheet(operation: OperationTypeNode) {
  const facts = noFacts(operation)
  const roots = new Map<string, RootField>()
  const once = createOnce()
  const cache = createPublicCacheCheck(operation)

  function addRoot(field: SelectedField): void {
    roots.set(field.path, rootOf(field))
    if (field.rule.startsSession) facts.startsSession = rootOf(field)
  }

  return {
    add(field: SelectedField): void {
      const given = (field.node.arguments ?? []).map(print).join()
      // Types that exclude each other may give one path other arguments.
      if (!once(`${field.path} ${field.coordinate} ${given}`)) return

      if (field.isRoot) addRoot(field)
      addExecution(facts, field)
      facts.cost.push(...field.cost)
      // The same field elsewhere in the operation demands the same of the same person, where it is given the same.
      const asked = `${field.coordinate} ${field.inNewSession}`
      if (once(`demand ${asked}`)) addDemands(facts, field)
      if (once(`policy ${asked} ${given}`)) addPolicies(facts, field)
      cache.add(field)
    },

    /** Fields of GraphQL itself: at the root they stand beside others all the same. */
    addMeta(field: Omit<SelectedField, 'given' | 'rule' | 'cost' | 'isLeaf'>): void {
      if (field.isRoot) roots.set(field.path, rootOf(field))
      if (field.node.name.value === '__typename') return

      facts.introspects = true
      cache.close()
    },

    finish(): SheetFacts {
      return { ...facts, rootFields: [...roots.values()], publicCache: cache.result() }
    },
  }
}

function noFacts(operation: OperationTypeNode): SheetFacts {
  return {
    operation,
    rootFields: [],
    introspects: false,
    needsViewer: [],
    scopes: [],
    policies: [],
    assurances: [],
    credentialCount: 0,
    startsSession: null,
    rateLimited: [],
    cost: [],
    publicCache: null,
  }
}

function rootOf({ coordinate, path, node }: Pick<SelectedField, 'coordinate' | 'path' | 'node'>): RootField {
  return { coordinate, name: node.name.value, responseName: path, arguments: node.arguments ?? [] }
}

function addExecution(
  facts: SheetFacts,
  { coordinate, path, inNewSession, node, rule }: SelectedField,
): void {
  const { credential } = rule
  if (credential) facts.credentialCount += 1
  for (const limit of rule.rateLimits) {
    const given = { rule: limit, credential, arguments: node.arguments ?? [] }
    facts.rateLimited.push({ coordinate, path, inNewSession, ...given })
  }
}

function addDemands(facts: SheetFacts, { coordinate, path, inNewSession, rule }: SelectedField): void {
  const place = { coordinate, path, inNewSession }
  if (rule.authenticated) facts.needsViewer.push(place)
  facts.scopes.push(...rule.scopes.map((anyOf) => ({ ...place, anyOf })))
  facts.assurances.push(...rule.assurances.map((assurance) => ({ ...place, assurance })))
}

function addPolicies(
  facts: SheetFacts,
  { coordinate, path, inNewSession, given, rule }: SelectedField,
): void {
  const asked = { coordinate, path, inNewSession, given }
  facts.policies.push(...rule.policies.map((anyOf) => ({ ...asked, anyOf })))
}

/** True the first time it sees a key. */
function createOnce(): (key: string) => boolean {
  const seen = new Set<string>()
  return (key) => {
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  }
}
