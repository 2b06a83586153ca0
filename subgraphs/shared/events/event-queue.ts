import type { SubgraphName } from '../contracts/subgraph-names.js'

/** The queue in which a consumer finds every event it is told, one in each job. */
export const eventQueue = (consumer: SubgraphName): string => `events-${consumer}`

/** The queue of those that come many in a job, so that none of the others waits behind them. */
export const gatheredQueue = (consumer: SubgraphName): string => `${eventQueue(consumer)}-gathered`
