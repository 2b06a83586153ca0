import { hash } from 'node:crypto'
import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { DocumentLimits } from './document-limits.js'
import type { OperationFacts } from './facts.js'
import { analyseOperation } from './operation-facts.js'
import { parseBounded } from './parse-bounded.js'
import type { Rejection } from './rejection.js'
import type { RuleTable } from './rules.js'

const MAX_DOCUMENTS = 2000
/** More than one fault is of no more help than the first few. */
const MAX_FAULTS = 5

export type ReadDocument =
  | { kind: 'facts'; facts: OperationFacts }
  /** `hints` name what is wrong in words for a developer; never sent in production. */
  | (Rejection & { hints?: string[] })

/**
 * Reads documents: small enough, valid, and what they ask for. Each is read once, however often it comes, and once more
 * when the limits are others.
 */
export function createDocumentReader(
  schema: GraphQLSchema,
  rules: RuleTable,
  limitsNow: () => DocumentLimits,
) {
  const read = new LRUCache<string, ReadDocument>({ max: MAX_DOCUMENTS })
  let limits = limitsNow()

  return (query: string, operationName: string | undefined): ReadDocument => {
    if (limits !== limitsNow()) {
      limits = limitsNow()
      read.clear()
    }
    const key = hash('sha256', `${operationName ?? ''}\0${query}`, 'base64')
    const known = read.get(key)
    if (known) return known
    const fresh = readDocument(query, operationName)
    read.set(key, fresh)
    return fresh
  }

  function readDocument(query: string, operationName: string | undefined): ReadDocument {
    const parsed = parseBounded(query, limits)
    if (parsed.kind === 'rejected') return parsed
    // Limits first: validating a hostile document can be as costly as running it.
    const analysis = analyseOperation(parsed.document, operationName, schema, rules, limits)
    if (analysis.kind === 'rejected' && analysis.code !== 'BAD_USER_INPUT') return analysis
    return withFaults(parsed.document) ?? analysis
  }

  function withFaults(document: DocumentNode): ReadDocument | null {
    const faults = validate(schema, document, undefined, { maxErrors: MAX_FAULTS, hideSuggestions: true })
    if (faults.length === 0) return null
    return { kind: 'rejected', code: 'BAD_USER_INPUT', reason: 'invalid', hints: faults.map(wordsOf) }
  }
}

const wordsOf = ({ message }: GraphQLError): string => message
