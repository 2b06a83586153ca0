import { type FormattedExecutionResult, type GraphQLSchema, parse } from 'graphql'
import type { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { fillDenied } from './fill-denied.js'
import { withoutDenied } from './without-denied.js'

type Operation = { query: string; operationName: string | undefined; variables: Record<string, unknown> }

type Filter = {
  schema: GraphQLSchema
  denials: ReadonlyMap<string, AppError>
  variableDefaults: Readonly<Record<string, unknown>>
  execute: (operation: Operation) => Promise<FormattedExecutionResult>
}

/** Runs what its caller may ask of an operation; each field that they may not is null, with an error at its place. */
export async function runFiltered(
  { query, operationName, variables }: Operation,
  { schema, denials, variableDefaults, execute }: Filter,
): Promise<FormattedExecutionResult> {
  const document = parse(query, { noLocation: true })
  const allowed = withoutDenied(document, operationName, { schema, denied: denials })
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
