import type { FastifyInstance } from 'fastify'
import type { Logger } from '../subgraphs/shared/log/logger.js'
import type { AnswerOperation } from './answer-operation.js'
import type { CurrentRules } from './edge/edge-rules.js'
import type { RouterEnv } from './env.js'
import type { EdgeLimits } from './guard/edge-limits.js'
import type { Refusals } from './guard/refusals.js'
import { addAccessLog } from './http/access-log.js'
import { addAccountPages } from './http/account-pages.js'
import { addArrivalLimits } from './http/arrival-limits.js'
import { capConnections } from './http/connection-caps.js'
import { createCookies } from './http/cookies.js'
import { addCors, makeIsAllowedOrigin } from './http/cors.js'
import { makeExplorer } from './http/explorer.js'
import { addFirewall } from './http/firewall.js'
import { addGraphQLRoute, type GraphQLDeps } from './http/graphql-route.js'
import { addHooks, type TakeHook } from './http/hooks.js'
import { addQueryByGet } from './http/query-by-get.js'
import { createServer } from './http/server.js'
import { cutSlowClients } from './http/slow-clients.js'
import type { Tls } from './http/tls.js'
import { addJwks } from './http/well-known.js'
import type { EndedSessions } from './identity/ended-sessions.js'
import type { Issuers } from './identity/issuers.js'
import type { KeySet } from './identity/key-set.js'

type Parts = {
  answer: AnswerOperation
  issuers: Issuers
  accessKeys: KeySet
  grantKeys: KeySet
  endedSessions: EndedSessions
  rulesNow: CurrentRules
  edgeLimits: EdgeLimits
  refusals: Refusals
  takeHook: TakeHook
  tls: Tls | undefined
}

/** Everything that is answered outside, in the order in which a request meets it. */
export async function createPublicServer(
  env: RouterEnv,
  log: Logger,
  parts: Parts,
): Promise<FastifyInstance> {
  const { rulesNow, tls } = parts
  const server = createServer({ trustedHops: env.TRUSTED_PROXY_HOPS, log, tls })
  const isAllowedOrigin = makeIsAllowedOrigin(env.ALLOWED_ORIGINS, rulesNow)

  capConnections(server.server, {
    rulesNow,
    isBehindProxy: env.TRUSTED_PROXY_HOPS > 0,
  })
  cutSlowClients(server, rulesNow)
  addFirewall(server, parts)
  addCors(server, { isAllowed: isAllowedOrigin, rulesNow })
  addArrivalLimits(server, parts)
  const graphql: GraphQLDeps = {
    answer: parts.answer,
    verifyAccessToken: parts.issuers.verify,
    endedSessions: parts.endedSessions,
    refusals: parts.refusals,
    cookies: createCookies(env.PUBLIC_URL),
    isAllowedOrigin,
    showHints: env.INTROSPECTION,
    accessLog: addAccessLog(server, log),
  }
  addGraphQLRoute(server, graphql)
  addQueryByGet(server, graphql, env.EXPLORER ? makeExplorer(env.INBOX_URL) : null)
  addHooks(server, { takeHook: parts.takeHook, publicUrl: env.PUBLIC_URL })
  addJwks(server, [parts.accessKeys.jwks, parts.grantKeys.jwks])
  await addAccountPages(server)
  if (env.EXPLORER) server.get('/', async (_, reply) => reply.redirect('/graphql'))
  return server
}
