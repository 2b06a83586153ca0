import type { CallerName, SubgraphName } from '../contracts/subgraph-names.js'
import type { CallClient, CallDefinitions, CallHandlers, CallsOf } from './define-calls.js'

/** Handlers of one owner with their definitions, the types of single calls forgotten. */
export type AnyCallHandlers = {
  owner: SubgraphName
  definitions: CallDefinitions
  handlers: Record<string, (input: unknown) => Promise<unknown>>
}

/** Carries internal calls: a function call within one process, HTTP between processes. */
export type CallTransport = {
  call(owner: SubgraphName, name: string, input: unknown): Promise<unknown>
}

/** Opens a transport in a caller's name. */
export type CallTransports = (caller: CallerName) => CallTransport

/** Binds an owner's definitions to its implementation. */
export function answerCalls<Calls extends CallDefinitions>(
  { owner, calls }: CallsOf<Calls>,
  handlers: CallHandlers<Calls>,
): AnyCallHandlers {
  // Each handler's input is parsed with its own definition before it is called, or comes from a typed client.
  return { owner, definitions: calls, handlers: handlers as unknown as AnyCallHandlers['handlers'] }
}

/** What a caller holds: one function for each call of an owner. */
export function callClient<Calls extends CallDefinitions>(
  { owner, calls }: CallsOf<Calls>,
  transport: CallTransport,
): CallClient<Calls> {
  const entries = Object.entries(calls).map(([name, { output }]) => [
    name,
    async (input: unknown) => output.parse(await transport.call(owner, name, input)),
  ])
  return Object.fromEntries(entries) as CallClient<Calls> // one function for each key of `calls`
}
