import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  type OperationTypeNode,
  valueFromASTUntyped,
} from 'graphql'
import { checkDocumentLimits, DOCUMENT_LIMITS, type DocumentLimits } from './document-limits.js'
import { badInput, type Rejection, rejected } from './rejection.js'
import type { AnyOf, AssuranceRule, RateLimitRule } from './rule.js'
import type { RuleTable } from './rules.js'
import { collectSelections } from './selections.js'

/** Where in the operation something is asked; `path` is of response keys. */
export type Place = {
  coordinate: string
  path: string
  /** Under a field that signs someone in: asked as that person, who has no scopes. */
  inNewSession: boolean
}

export type Demand = Place & { anyOf: AnyOf }

export type RootField = {
  coordinate: string
  name: string
  responseName: string
  arguments: readonly ArgumentNode[]
}

export type RateLimitedExecution = Place & {
  rule: RateLimitRule
  credential: boolean
  arguments: readonly ArgumentNode[]
}

/** What the guard must know of an operation. The document alone decides it, so it is worked out once for each. */
export type OperationFacts = {
  operation: OperationTypeNode
  rootFields: RootField[]
  /** Whether it asks for the schema, which not every router answers. */
  introspects: boolean
  needsViewer: Place[]
  scopes: Demand[]
  policies: Demand[]
  assurances: (Place & { assurance: AssuranceRule })[]
  credentialCount: number
  startsSession: RootField | null
  rateLimited: RateLimitedExecution[]
  /** Set when the answer is the same for everyone, with how long it may be kept. */
  publicCache: { maxAgeSeconds: number } | null
  variableDefaults: Readonly<Record<string, unknown>>
}

export type Analysis = { kind: 'facts'; facts: OperationFacts } | Rejection

/** Reads what an operation asks for. What `@include` or `@skip` may leave out counts as asked. */
export function analyseOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
  clientSchema: GraphQLSchema,
  rules: RuleTable,
  limits: DocumentLimits = DOCUMENT_LIMITS,
): Analysis {
  const tooLarge = checkDocumentLimits(document, limits)
  if (tooLarge) return tooLarge

  const operation = getOperationAST(document, operationName)
  if (!operation) return badInput('no such operation')

  const collected = collectSelections(document, operation, clientSchema, rules)
  if (collected.kind === 'rejected') return collected

  const { facts } = collected
  return checkFacts(facts) ?? { kind: 'facts', facts: { ...facts, variableDefaults: defaultsOf(operation) } }
}

function checkFacts(facts: Omit<OperationFacts, 'variableDefaults'>): Rejection | null {
  // Many guesses at a secret in one request would pass whoever counts requests.
  if (facts.credentialCount > 1) return rejected('more than one credential field')
  if (facts.startsSession && facts.rootFields.length > 1)
    return rejected('a field beside one that starts a session')
  return null
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  )
}
