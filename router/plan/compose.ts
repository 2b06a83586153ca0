import { composeServices } from '@apollo/composition'
import { type DocumentNode, parse } from 'graphql'
import { findDroppedRules } from './dropped-rules.js'
import { findRenamedRules } from './renamed-rules.js'

export type SubgraphSource = { name: string; url: string; typeDefs: string }

export type Composition = { kind: 'composed'; supergraphSdl: string } | { kind: 'failed'; faults: string[] }

/** Makes one supergraph of the subgraphs, or says why not; a rule that would be lost on the way is a fault. */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composition {
  const parsed = subgraphs.map(parseSubgraph)
  const unreadable = parsed.flatMap((subgraph) => ('fault' in subgraph ? [subgraph.fault] : []))
  if (unreadable.length > 0) return { kind: 'failed', faults: unreadable }

  const readable = parsed.flatMap((subgraph) => ('fault' in subgraph ? [] : [subgraph]))
  const renamed = readable.flatMap(({ name, typeDefs }) => inSubgraph(name, findRenamedRules(typeDefs)))
  const { supergraphSdl, errors } = composeServices(readable)
  if (errors) return { kind: 'failed', faults: [...renamed, ...errors.map((error) => error.message)] }

  const supergraph = parse(supergraphSdl)
  const faults = [
    ...renamed,
    ...findRenamedRules(supergraph),
    ...readable.flatMap(({ name, typeDefs }) => inSubgraph(name, findDroppedRules(typeDefs, supergraph))),
  ]
  return faults.length > 0 ? { kind: 'failed', faults } : { kind: 'composed', supergraphSdl }
}

type Parsed = { name: string; url: string; typeDefs: DocumentNode }

function parseSubgraph({ name, url, typeDefs }: SubgraphSource): Parsed | { fault: string } {
  try {
    return { name, url, typeDefs: parse(typeDefs) }
  } catch (error) {
    return { fault: `[${name}] ${error instanceof Error ? error.message : 'cannot be parsed'}` }
  }
}

function inSubgraph(name: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `[${name}] ${fault}`)
}
