import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql'
import { checkDocumentLimits, type DocumentLimits } from './document-limits.js'
import type { OperationFacts } from './facts.js'
import { badInput, type Rejection, rejected } from './rejection.js'
import type { RuleTable } from './rules.js'
import { collectSelections } from './selections.js'

export type Analysis = { kind: 'facts'; facts: OperationFacts } | Rejection

/** Reads what an operation asks for. What `@include` or `@skip` may leave out counts as asked. */
export function analyseOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
  clientSchema: GraphQLSchema,
  rules: RuleTable,
  limits: DocumentLimits,
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
