import type { FastifyInstance } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import { type CallTransport, callClient } from '../subgraphs/shared/calls/transport.js'
import { authCalls } from '../subgraphs/shared/contracts/auth.js'
import { notificationsCalls } from '../subgraphs/shared/contracts/notifications.js'
import { otpCalls } from '../subgraphs/shared/contracts/otp.js'
import { usersCalls } from '../subgraphs/shared/contracts/users.js'
import { createNewViewerVerifier } from '../subgraphs/shared/identity/new-viewer.js'
import { connectRedis } from '../subgraphs/shared/limiter/connect-redis.js'
import type { Logger } from '../subgraphs/shared/log/logger.js'
import { makeAnswerOperation } from './answer-operation.js'
import type { CurrentRules } from './edge/edge-rules.js'
import { keepEdgeRules } from './edge/keep-edge-rules.js'
import { keepFile } from './edge/keep-file.js'
import type { RouterEnv } from './env.js'
import { createDocumentReader } from './guard/documents.js'
import { createEdgeLimits } from './guard/edge-limits.js'
import { createRateLimiter } from './guard/rate-limits.js'
import { createRefusals } from './guard/refusals.js'
import { makeRunFiltered } from './guard/run-filtered.js'
import { makeSafelist, readManifest } from './guard/safelist.js'
import { createManagement, type Readiness } from './http/management.js'
import { keepTls } from './http/tls.js'
import { createAccessTokenVerifier } from './identity/access-token.js'
import { createEndedSessions } from './identity/ended-sessions.js'
import { createGoneKeys, type GoneKeys } from './identity/gone-keys.js'
import { createIssuers } from './identity/issuers.js'
import { createKeySet } from './identity/key-set.js'
import type { SubgraphSource } from './plan/compose.js'
import { createGateway } from './plan/gateway.js'
import { type LoadedSupergraph, loadSupergraph } from './plan/supergraph.js'
import { createPublicServer } from './public-server.js'
import type { DataSource } from './subgraphs/data-source.js'
import { GatewayDataSource } from './subgraphs/gateway-data-source.js'

type Options = {
  env: RouterEnv
  log: Logger
  /** What the graph is made of. */
  subgraphs: readonly SubgraphSource[]
  /** How each is reached. */
  sourceOf: (place: SubgraphSource) => DataSource
  /** Internal calls in the router's name. */
  calls: CallTransport
  readiness: Readiness
}

/** Ports as they are, where the settings left the choice to the system. */
type Ports = { port: number; managementPort: number }

export type Router = { start(): Promise<Ports>; stop(): Promise<void> }

/** Wires the router: everything a request meets, in the order of the folders. It does not start on a faulty graph. */
export async function createRouter(options: Options): Promise<Router> {
  const { env, log, calls, readiness } = options
  const supergraph = loadSupergraph(options.subgraphs)
  const redis = connectRedis(env.REDIS_URL, log)
  const auth = callClient(authCalls, calls)
  const goneKeys = createGoneKeys()
  const endedSessions = createEndedSessions({ auth, goneKeys, log })
  const { edge, safelist, tls, files } = await openFiles(env, log)
  const { gateway, sources } = createPlan(options, supergraph)
  const refusals = createRefusals(callClient(usersCalls, calls), log)
  const edgeLimits = createEdgeLimits({ redis, rulesNow: edge.current })
  const { schema, rules } = supergraph
  const answer = makeAnswerOperation({
    ...{ gateway, safelist, edgeLimits, refusals, log },
    runFiltered: makeRunFiltered(schema),
    readDocument: createDocumentReader(schema, rules, () => edge.current().documents),
    rulesNow: edge.current,
    limiter: createRateLimiter({ redis }),
    introspection: env.INTROSPECTION,
  })
  const { accessKeys, grantKeys, issuers } = createKeys(options, edge.current, goneKeys)
  const server = await createPublicServer(env, log, {
    ...{ answer, endedSessions, edgeLimits, refusals, accessKeys, grantKeys, issuers },
    ...{ rulesNow: edge.current, tls },
    takeHook: callClient(notificationsCalls, calls).takeHook,
  })
  let stopping = false
  const management = createManagement(async () => ({
    ...(await readiness()),
    accepting: !stopping,
    sessions: endedSessions.isFresh(),
  }))

  return {
    async start() {
      endedSessions.start()
      refusals.start()
      for (const file of files) file.start()
      await gateway.start()
      await server.listen({ port: env.PORT, host: env.HOST })
      await management.listen({ port: env.MANAGEMENT_PORT, host: env.MANAGEMENT_HOST })
      return { port: portOf(server), managementPort: portOf(management) }
    },
    async stop() {
      stopping = true
      for (const file of files) file.stop()
      await server.close()
      await endedSessions.stop()
      await refusals.stop()
      await gateway.stop()
      await Promise.all(sources.map((source) => source.stop?.()))
      await issuers.stop()
      await management.close()
      redis?.disconnect()
    },
  }
}

/** What is read again while the router runs. */
async function openFiles(env: RouterEnv, log: Logger) {
  const edge = await keepEdgeRules(env.ROUTER_CONFIG, log)
  const manifests = await Promise.all(
    env.PERSISTED_OPERATIONS.map((path) => keepFile({ path, name: 'manifest', read: readManifest, log })),
  )
  const tls = env.TLS && (await keepTls({ ...env.TLS, log }))
  return {
    edge,
    safelist: makeSafelist(manifests.map(({ current }) => current)),
    tls,
    files: [edge, ...manifests, ...(tls?.files ?? [])],
  }
}

function portOf(server: FastifyInstance): number {
  const [address] = server.addresses()
  return typeof address === 'object' ? address.port : 0
}

/** The gateway over a data source for each subgraph. */
function createPlan({ env, log, subgraphs, sourceOf }: Options, { sdl }: LoadedSupergraph) {
  const verifyNewViewer = createNewViewerVerifier(env.INTERNAL_JWKS)
  const sources = new Map(subgraphs.map((place) => [place.name, sourceOf(place)]))
  const dataSourceOf = (name: string) => {
    const source = sources.get(name)
    if (!source) throw new Error(`there is no subgraph ${name}`)
    return new GatewayDataSource({ name, source, verifyNewViewer, log })
  }
  const gateway = createGateway({ supergraphSdl: sdl, dataSourceOf, introspection: env.INTROSPECTION, log })
  return { gateway, sources: [...sources.values()] }
}

/** By what tokens and grants are known. */
function createKeys({ env, log, calls }: Options, rulesNow: CurrentRules, { isGone }: GoneKeys) {
  const [auth, otp] = [callClient(authCalls, calls), callClient(otpCalls, calls)]
  const accessKeys = createKeySet(async () => (await auth.signingKeys({})) as JSONWebKeySet, { isGone })
  const own = createAccessTokenVerifier(accessKeys, env.PUBLIC_URL)
  return {
    accessKeys,
    grantKeys: createKeySet(async () => (await otp.grantKeys({})) as JSONWebKeySet),
    issuers: createIssuers({ publicUrl: env.PUBLIC_URL, own, rulesNow, log }),
  }
}
