import { type DocumentNode, GraphQLError, parse } from 'graphql'
import type { DocumentLimits } from './document-limits.js'
import { badInput, type Rejection, tooComplex } from './rejection.js'

/** graphql-js tells this refusal from a syntax error by its words alone. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[tn] \d+ tokens/

export type ParseResult = { kind: 'parsed'; document: DocumentNode } | Rejection

/** Parses a document that is small enough to be worth it; the parser itself stops at the last token allowed. */
export function parseBounded(source: string, limits: DocumentLimits): ParseResult {
  if (source.length > limits.characters) return tooComplex('characters')

  try {
    return { kind: 'parsed', document: parse(source, { maxTokens: limits.tokens, noLocation: true }) }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return TOO_MANY_TOKENS.test(error.message) ? tooComplex('tokens') : badInput('syntax')
  }
}
