import type { SubgraphName } from '../contracts/subgraph-names.js'

/** The queue in which a consumer finds every event it is told. */
export const eventQueue = (consumer: SubgraphName): string => `events-${consumer}`
