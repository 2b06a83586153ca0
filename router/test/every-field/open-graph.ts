import { pino } from 'pino'
import { AppError } from '../../../subgraphs/shared/errors/app-error.js'
import type { Viewer } from '../../../subgraphs/shared/identity/viewer.js'
import { someCaller } from '../../../subgraphs/shared/test/requests.js'
import { type Answer, makeAnswerOperation } from '../../answer-operation.js'
import { EdgeRules } from '../../edge/edge-rules.js'
import { createDocumentReader } from '../../guard/documents.js'
import { makeRunFiltered } from '../../guard/run-filtered.js'
import type { SubgraphSource } from '../../plan/compose.js'
import { createGateway } from '../../plan/gateway.js'
import { loadSupergraph } from '../../plan/supergraph.js'
import { GatewayDataSource } from '../../subgraphs/gateway-data-source.js'
import { type Asked, answeringSource } from './answering-source.js'
import type { Written } from './writings.js'

export type Mode = EdgeRules['authorization']

/** What came of an operation, and what of it reached subgraphs. */
export type Outcome = Answer & {
  refusal: string | null
  fetches: number
  asked: ReadonlySet<string>
  /** Executions that limits were told of. */
  taken: number
}

/** The guard and the real gateway, from the viewer of a request on, over subgraphs that count what reaches them. */
export async function openGraph(subgraphs: readonly SubgraphSource[]) {
  const log = pino({ level: 'silent' })
  const { sdl, schema, rules } = loadSupergraph(subgraphs)
  const asked: Asked = { fetches: 0, coordinates: new Set(), behind: [] }
  let taken = 0
  const sources = new Map(subgraphs.map((place) => [place.name, answeringSource(place, asked, log)]))
  const gateway = createGateway({
    ...{ supergraphSdl: sdl, introspection: false, log },
    dataSourceOf(name) {
      const source = sources.get(name)
      if (!source) throw new Error(`there is no subgraph ${name}`)
      return new GatewayDataSource({ name, source, verifyNewViewer: async () => null, log })
    },
  })
  await gateway.start()

  const limits = EdgeRules.parse({})
  const readDocument = createDocumentReader(schema, rules, () => limits.documents)
  const runFiltered = makeRunFiltered(schema)
  const answerIn = (authorization: Mode) =>
    makeAnswerOperation({
      ...{ runFiltered, gateway, readDocument, log, introspection: false },
      rulesNow: () => ({ ...limits, authorization }),
      safelist: { find: () => null, lists: () => false },
      edgeLimits: { run: async () => ({ kind: 'ok', allowance: null }) },
      limiter: {
        async take(executions) {
          taken += executions.length
          return { kind: 'ok' }
        },
      },
      refusals: { note() {} },
    })
  const answers = { reject: answerIn('reject'), filter: answerIn('filter') }

  async function ask(
    { query, operationName, variables = {} }: Written,
    { viewer, mode, behind }: { viewer: Viewer | null; mode: Mode; behind: readonly string[] },
  ): Promise<Outcome> {
    Object.assign(asked, { fetches: 0, coordinates: new Set(), behind })
    taken = 0
    const counted = () => ({ fetches: asked.fetches, asked: asked.coordinates, taken })
    const holder = {
      ...{ caller: someCaller({ viewer }), cookies: {}, idempotencyKey: null },
      ...{ startsSession: null, cookieChanges: [] },
    }
    try {
      const { answer } = await answers[mode]({ query, operationName, variables }, holder)
      return { ...answer, refusal: null, ...counted() }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { refusal: error.code, ...counted() }
    }
  }

  return { sdl, schema, rules, ask, stop: () => gateway.stop() }
}

export type OpenGraph = Awaited<ReturnType<typeof openGraph>>
