import { createExecutor } from '../../subgraphs/shared/graphql/executor.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import type { Subgraph } from '../../subgraphs/shared/runtime/subgraph.js'
import type { DataSource, SubgraphPlace } from './data-source.js'

/**
 * Asks a subgraph that runs in this process; null for one that does not, such as another team's.
 *
 * No assertion is needed: nobody else can call a function of ours.
 */
export function createInProcessDataSource(
  { name }: Pick<SubgraphPlace, 'name'>,
  subgraphs: ReadonlyMap<string, Subgraph>,
  log: Logger,
): DataSource | null {
  const subgraph = subgraphs.get(name)
  if (!subgraph) return null
  const execute = createExecutor(subgraph.schema, log)

  return {
    fetch: ({ query, variables, operationName, ...request }) =>
      execute({ query, variables, operationName }, subgraph.context(request)),
  }
}
