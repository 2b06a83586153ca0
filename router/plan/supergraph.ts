import type { GraphQLSchema } from 'graphql'
import { type RuleTable, readRules } from '../guard/rules.js'
import { clientSchema } from './client-schema.js'
import { composeSupergraph, type SubgraphSource } from './compose.js'

export type LoadedSupergraph = {
  sdl: string
  /** What clients see, without which nothing is validated. */
  schema: GraphQLSchema
  rules: RuleTable
}

/** A graph that must not be served: it does not compose, or its rules cannot all be kept. */
class SupergraphError extends Error {
  override readonly name = 'SupergraphError'

  constructor(readonly faults: readonly string[]) {
    super(`The supergraph cannot be served:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  }
}

/** Makes ready what the router serves, or says everything that is wrong with it at once. */
export function loadSupergraph(subgraphs: readonly SubgraphSource[]): LoadedSupergraph {
  const composition = composeSupergraph(subgraphs)
  if (composition.kind === 'failed') throw new SupergraphError(composition.faults)

  const read = readRules(composition.supergraphSdl)
  if (read.kind === 'refused') throw new SupergraphError(read.faults)
  return {
    sdl: composition.supergraphSdl,
    schema: clientSchema(composition.supergraphSdl),
    rules: read.rules,
  }
}
