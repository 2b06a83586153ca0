import type * as z from 'zod'
import type { SubgraphName } from '../contracts/subgraph-names.js'

/** A fact that one subgraph tells others. */
export type EventDefinition<Payload extends z.ZodType = z.ZodType> = {
  name: string
  payload: Payload
  /** Each has a queue of its own, since a queue hands every job to one worker. */
  consumers: readonly SubgraphName[]
  /** Many go into one job, in a queue of their own. */
  gathered: boolean
}

type Options = {
  /** For what happens at every sign-in, say: one of many costs its consumers next to nothing, and holds up no other event. */
  gathered?: boolean
}

/** Names an event and fixes its shape. Producer and consumer both parse with this, so neither trusts the wire. */
export function defineEvent<Payload extends z.ZodType>(
  name: string,
  consumers: readonly SubgraphName[],
  payload: Payload,
  { gathered = false }: Options = {},
): EventDefinition<Payload> {
  return { name, payload, consumers, gathered }
}
