/** Every subgraph of this graph, by the name it has in `supergraph.yaml`. */
export const SUBGRAPH_NAMES = ['users', 'auth', 'passwords', 'otp', 'notifications'] as const

export type SubgraphName = (typeof SUBGRAPH_NAMES)[number]

/** Who may speak on the inside: each has a signing key of its own (SECURITY 3.1). */
export type CallerName = SubgraphName | 'router'
