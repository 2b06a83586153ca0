import './env.js'
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import type { FormattedExecutionResult } from 'graphql'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import type { RouterContext } from '../subgraphs/request-holder.js'
import { forGateway } from './gateway-sdl.js'

type Operation = {
  query: string
  operationName?: string | undefined
  variables?: Record<string, unknown> | undefined
}

export type Gateway = {
  /** Runs an operation that the guard has let through; nothing here asks again. */
  execute(operation: Operation, context: RouterContext): Promise<FormattedExecutionResult>
  start(): Promise<void>
  stop(): Promise<void>
}

type Options = {
  supergraphSdl: string
  dataSourceOf: (name: string) => GraphQLDataSource
  introspection: boolean
  log: Logger
}

/** Apollo's planner and executor. Whatever faces clients is ours: limits, rules, masking, cookies, statuses. */
export function createGateway({ supergraphSdl, dataSourceOf, introspection, log }: Options): Gateway {
  const logger = loggerFor(log)
  const server = new ApolloServer<RouterContext>({
    gateway: new ApolloGateway({
      supergraphSdl: forGateway(supergraphSdl),
      buildService: ({ name }) => dataSourceOf(name),
      logger,
    }),
    logger,
    introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // No request reaches it over HTTP: the preflight rule is kept in http/.
    csrfPrevention: false,
    plugins: [ApolloServerPluginLandingPageDisabled()],
  })

  return {
    async execute({ query, operationName, variables }, contextValue) {
      const { body } = await server.executeOperation(
        { query, ...(operationName && { operationName }), ...(variables && { variables }) },
        { contextValue },
      )
      if (body.kind !== 'single') throw new Error('an answer in parts, which no directive of ours allows')
      return body.singleResult
    },
    start: () => server.start(),
    stop: () => server.stop(),
  }
}

/** Theirs say text; ours are lines with an event name. */
const loggerFor = (log: Logger) => ({
  debug: (message?: unknown) => log.debug({ event: 'gateway', message }),
  info: (message?: unknown) => log.debug({ event: 'gateway', message }),
  warn: (message?: unknown) => log.warn({ event: 'gateway', message }),
  error: (message?: unknown) => log.error({ event: 'gateway', message }),
})
