import { createHash } from 'node:crypto'
import { type DocumentNode, type FormattedExecutionResult, type GraphQLSchema, parse } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { fillDenied } from './fill-denied.js'
import { withoutDenied } from './without-denied.js'

type Operation = { query: string; operationName: string | undefined; variables: Record<string, unknown> }

type Filter = {
  denials: ReadonlyMap<string, AppError>
  variableDefaults: Readonly<Record<string, unknown>>
  execute: (operation: Operation) => Promise<FormattedExecutionResult>
}

/** A document, and what of it may be run. */
type Left = { document: DocumentNode; allowed: string }

export type RunFiltered = ReturnType<typeof makeRunFiltered>

const MAX_DOCUMENTS = 500

/** Runs what its caller may ask of an operation; each field that they may not is null, with an error at its place. */
export function makeRunFiltered(schema: GraphQLSchema) {
  // Whoever is denied the same of a document is left the same: that is worked out once.
  const known = new LRUCache<string, Left>({ max: MAX_DOCUMENTS })

  function leftOf({ query, operationName }: Operation, denied: Filter['denials']): Left {
    const key = createHash('sha256')
      .update([operationName, ...denied.keys(), query].join('\0'))
      .digest('base64')
    const before = known.get(key)
    if (before) return before
    const document = parse(query, { noLocation: true })
    const left = { document, allowed: withoutDenied(document, operationName, { schema, denied }) }
    known.set(key, left)
    return left
  }

  return async function runFiltered(
    operation: Operation,
    { denials, variableDefaults, execute }: Filter,
  ): Promise<FormattedExecutionResult> {
    const { operationName, variables } = operation
    const { document, allowed } = leftOf(operation, denials)
    const { data, errors = [] } = await execute({ query: allowed, operationName, variables })
    if (data === undefined) return { errors }

    const given = { ...variableDefaults, ...variables }
    const filled = fillDenied(data, { document, operationName, schema, denied: denials, variables: given })
    const refusals = filled.places.flatMap(({ coordinate, path }) => {
      const error = denials.get(coordinate)
      return error ? [{ message: error.code, path, extensions: { code: error.code, ...error.details } }] : []
    })
    return { data: filled.data, errors: [...errors, ...refusals] }
  }
}
