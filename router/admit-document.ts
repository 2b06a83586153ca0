import { DocumentRefused, WantsPost } from './document-refused.js'
import type { EdgeRules } from './edge/edge-rules.js'
import type { ReadDocument } from './guard/documents.js'
import type { OperationFacts } from './guard/facts.js'
import type { Safelist } from './guard/safelist.js'
import type { GraphQLBody } from './http/read-request.js'

type Deps = {
  readDocument: (query: string, operationName: string | undefined) => ReadDocument
  safelist: Safelist
  introspection: boolean
}

/** The operation that is asked for, and what it asks, where it may be asked at all. */
export function admitDocument(
  asked: GraphQLBody,
  { safelist: mode, documents }: EdgeRules,
  { readDocument, safelist, introspection }: Deps,
): { query: string; facts: OperationFacts } {
  const query = queryOf(asked, safelist)
  // Before it is read: what is wrong with a stranger's document is nothing to tell them.
  const isShort = query.length <= documents.characters
  if (mode === 'enforce' && isShort && !safelist.lists(query)) {
    throw new DocumentRefused('QUERY_REJECTED', 'not on the safelist')
  }
  const facts = admit(readDocument(query, asked.operationName), introspection)
  // What changes something least of all: nobody may keep its answer.
  if (asked.byGet && !facts.publicCache) throw new WantsPost()
  return { query, facts }
}

function queryOf({ query }: GraphQLBody, safelist: Safelist): string {
  if (typeof query === 'string') return query
  const persisted = safelist.find(query.id)
  if (persisted === null) throw new DocumentRefused('QUERY_REJECTED', 'no operation is persisted by this id')
  return persisted
}

function admit(read: ReadDocument, introspection: boolean): OperationFacts {
  if (read.kind === 'rejected') throw new DocumentRefused(read.code, read.reason, read.hints)
  if (read.facts.introspects && !introspection)
    throw new DocumentRefused('QUERY_REJECTED', 'introspection is off')
  return read.facts
}
