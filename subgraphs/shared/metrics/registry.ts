import { Counter, Histogram, Registry } from 'prom-client'

/** One registry for each process; the management listener shows it. */
export const metrics = new Registry()

export const statements = new Counter({
  name: 'usergraph_database_statements_total',
  help: 'SQL statements sent, by the part that sent them',
  labelNames: ['part'],
  registers: [metrics],
})

export const passwordHashes = new Counter({
  name: 'usergraph_password_hashes_total',
  help: 'Password hashes computed, dummies included',
  registers: [metrics],
})

export const signInFailures = new Counter({
  name: 'usergraph_sign_in_failures_total',
  help: 'Sign-ins that were refused with INVALID_CREDENTIALS',
  registers: [metrics],
})

export const textsHeld = new Counter({
  name: 'usergraph_texts_held_total',
  help: 'Texts that were not sent because of the hourly ceiling of a country, or of all',
  labelNames: ['ceiling'],
  registers: [metrics],
})

export const internalCalls = new Counter({
  name: 'usergraph_internal_calls_total',
  help: 'Calls between subgraphs outside the graph',
  labelNames: ['caller', 'owner', 'call'],
  registers: [metrics],
})

export const subgraphFetches = new Counter({
  name: 'usergraph_subgraph_fetches_total',
  help: 'GraphQL fetches from the router to a subgraph',
  labelNames: ['subgraph', 'outcome'],
  registers: [metrics],
})

export const operations = new Histogram({
  name: 'usergraph_operation_seconds',
  help: 'Time from a GraphQL request to its answer, by outcome',
  labelNames: ['outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
})

export const clientsCutOff = new Counter({
  name: 'usergraph_clients_cut_off_total',
  help: 'Connections that were closed on a client, and requests that the firewall refused, by the reason',
  labelNames: ['reason'],
  registers: [metrics],
})

export const operationCost = new Histogram({
  name: 'usergraph_operation_cost',
  help: 'Price of each operation that may run, as its schema says',
  buckets: [1, 5, 10, 25, 50, 100, 250, 500, 1000],
  registers: [metrics],
})

export const limitsReached = new Counter({
  name: 'usergraph_limits_reached_total',
  help: 'Requests that were refused by a limit of router.yaml, by its name',
  labelNames: ['limit'],
  registers: [metrics],
})

export const refusals = new Counter({
  name: 'usergraph_refusals_total',
  help: 'Requests that the router refused, by the code of the error',
  labelNames: ['code'],
  registers: [metrics],
})
