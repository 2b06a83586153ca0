import { createHash } from 'node:crypto'
import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import { LRUCache } from 'lru-cache'
import { AppError } from '../errors/app-error.js'
import { ERROR_MESSAGES } from '../errors/codes.js'
import type { Logger } from '../log/logger.js'
import type { RequestContext, ResponseEffects } from './request-context.js'

export type GraphQLRequest = {
  query: string
  variables?: Record<string, unknown> | undefined
  operationName?: string | undefined
}

export type SubgraphResponse = {
  data?: Record<string, unknown> | null
  errors?: { message: string; path?: readonly (string | number)[]; extensions: Record<string, unknown> }[]
  extensions?: { usergraph: ResponseEffects }
}

export type Executor = (request: GraphQLRequest, context: RequestContext) => Promise<SubgraphResponse>

type Prepared = { document: DocumentNode } | { refused: true }

/** Runs operations of one schema. A document is parsed and checked once, however often it comes. */
export function createExecutor(schema: GraphQLSchema, log: Logger): Executor {
  const prepared = new LRUCache<string, Prepared>({ max: 1000 })

  const prepare = (query: string): Prepared => {
    // Long documents are kept by digest, so that the cache's memory stays bounded.
    const key = query.length < 2000 ? query : createHash('sha256').update(query).digest('base64')
    const known = prepared.get(key)
    if (known) return known
    const fresh = prepareDocument(schema, query)
    prepared.set(key, fresh)
    return fresh
  }

  return async (request, contextValue) => {
    const ready = prepare(request.query)
    if ('refused' in ready)
      return { errors: [{ message: ERROR_MESSAGES.BAD_USER_INPUT, extensions: { code: 'BAD_USER_INPUT' } }] }

    const result = await execute({
      schema,
      document: ready.document,
      contextValue,
      variableValues: request.variables ?? null,
      operationName: request.operationName ?? null,
    })
    const { effects, caller } = contextValue

    return {
      ...(result.data !== undefined && { data: result.data }),
      ...(result.errors && { errors: result.errors.map((error) => describe(error, caller.requestId, log)) }),
      ...((effects.cookies.length > 0 || effects.newViewer) && { extensions: { usergraph: effects } }),
    }
  }
}

function prepareDocument(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query, { noLocation: true })
    return validate(schema, document).length === 0 ? { document } : { refused: true }
  } catch {
    return { refused: true } // a syntax error: the caller learns no more than that
  }
}

/** A typed error keeps its code; anything else is logged with the request id and answered without a word of it. */
function describe(error: GraphQLError, requestId: string, log: Logger) {
  const path = error.path ? { path: error.path } : {}
  const { originalError } = error

  if (originalError instanceof AppError) {
    const { code, details } = originalError
    if (originalError.cause) log.warn({ event: 'request.refused', requestId, code, err: originalError.cause })
    return { message: ERROR_MESSAGES[code], ...path, extensions: { code, ...details } }
  }
  const code = isAboutInput(error) ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR'
  if (code === 'INTERNAL_SERVER_ERROR')
    log.error({ event: 'request.failed', requestId, path: error.path, err: originalError })
  return { message: ERROR_MESSAGES[code], ...path, extensions: { code } }
}

/**
 * Variables that do not fit are refused before any resolver runs, so they have no path. Arguments are read field by
 * field: their errors name the nodes of the document they are about, which no error of a resolver does. Such a
 * message prints the argument as it stands in the document, with the password in it: it must not be logged.
 */
const isAboutInput = ({ originalError, path }: GraphQLError): boolean =>
  originalError === undefined ||
  path === undefined ||
  (originalError instanceof GraphQLError && originalError.nodes !== undefined)
