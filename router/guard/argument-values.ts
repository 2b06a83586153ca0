import { type ArgumentNode, valueFromASTUntyped } from 'graphql'
import type { OperationFacts } from './facts.js'
import type { RateLimitRule } from './rule.js'

/** One execution of a rate-limited field, with what it was given. */
export type Execution = {
  coordinate: string
  rule: RateLimitRule
  credential: boolean
  arguments: Readonly<Record<string, unknown>>
}

/** The executions an operation asks for, once its variables are known. */
export function executionsOf(
  { rateLimited, variableDefaults }: OperationFacts,
  variables: Readonly<Record<string, unknown>>,
): Execution[] {
  const values = { ...variableDefaults, ...variables }
  return rateLimited.map(({ coordinate, rule, credential, arguments: given }) => ({
    coordinate,
    rule,
    credential,
    arguments: valuesOf(given, values),
  }))
}

/** What a field is given, without what the schema puts in the place of what is left out. */
export function valuesOf(
  given: readonly ArgumentNode[],
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  )
}
