import type * as z from 'zod'
import type { CallerName, SubgraphName } from '../contracts/subgraph-names.js'

type CallDefinition = {
  input: z.ZodType
  output: z.ZodType
  /** Who may ask; everyone else gets nothing, whatever key they hold (SECURITY 3.1). */
  callers: readonly CallerName[]
}

export type CallDefinitions = Record<string, CallDefinition>

/** What one subgraph answers other subgraphs at once, outside the graph. */
export type CallsOf<Calls extends CallDefinitions> = {
  owner: SubgraphName
  calls: Calls
}

/** Names the calls of one owner and fixes their shapes; both ends parse with them when a wire lies between. */
export function defineCalls<Calls extends CallDefinitions>(
  owner: SubgraphName,
  calls: Calls,
): CallsOf<Calls> {
  return { owner, calls }
}

/** What the owner implements. */
export type CallHandlers<Calls extends CallDefinitions> = {
  [Name in keyof Calls]: (input: z.output<Calls[Name]['input']>) => Promise<z.input<Calls[Name]['output']>>
}

/** What a caller holds. */
export type CallClient<Calls extends CallDefinitions> = {
  [Name in keyof Calls]: (input: z.input<Calls[Name]['input']>) => Promise<z.output<Calls[Name]['output']>>
}
