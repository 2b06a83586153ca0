import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { errors, Pool } from 'undici'
import * as z from 'zod'
import type { SubgraphName } from '../../subgraphs/shared/contracts/subgraph-names.js'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import type { SubgraphResponse } from '../../subgraphs/shared/graphql/executor.js'
import type { AssertionSigner } from '../../subgraphs/shared/identity/assertion.js'
import type { Caller } from '../../subgraphs/shared/identity/viewer.js'
import { COOKIES_HEADER } from '../../subgraphs/shared/runtime/serve-subgraph.js'
import type { DataSource, SubgraphFetch, SubgraphPlace } from './data-source.js'

const TIMEOUT_MS = 5000
const MAX_RESPONSE = 8 * 1024 * 1024
const RETRY_JITTER_MS = 50

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .optional(),
  // Read, and checked, by whoever may believe it.
  extensions: z.unknown().optional(),
})

/** What ends a fetch. An `AbortSignal` would do the same for several times the price, of each fetch. */
type Clock = { bell: EventEmitter; isOver: boolean }

/** Asks a subgraph over kept-alive connections, each caller vouched for with the router's key (SECURITY 3.1). */
export function createHttpDataSource(
  { name, url }: Pick<SubgraphPlace, 'name' | 'url'>,
  sign: AssertionSigner,
  timeoutMs = TIMEOUT_MS,
): DataSource {
  const { origin, pathname, search } = new URL(url)
  const pool = new Pool(origin, {
    connections: 64,
    connectTimeout: 2000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_RESPONSE,
  })

  /** Within one request everything that is asked here is asked by the same caller: it is vouched for once. */
  const vouched = new WeakMap<Caller, Promise<string>>()
  const vouchFor = (caller: Caller): Promise<string> => {
    // Another team's subgraph is an audience too, under the name it has in the supergraph.
    const assertion = vouched.get(caller) ?? sign(name as SubgraphName, caller)
    vouched.set(caller, assertion)
    return assertion
  }

  const send = async (request: SubgraphFetch, signal: EventEmitter) => {
    const { query, variables, operationName } = request
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: { ...headersOf(request), authorization: `Bearer ${await vouchFor(request.caller)}` },
      body: JSON.stringify({ query, variables, operationName }),
      signal,
    })
    return { statusCode, text: await body.text() }
  }

  const sendTwice = (request: SubgraphFetch, clock: Clock) =>
    send(request, clock.bell)
      .catch(async (error: unknown) => {
        // Whether a mutation that got no answer was carried out, nobody knows.
        if (isMutation(request.query) || !isConnectionFault(error)) throw error
        await sleep(Math.random() * RETRY_JITTER_MS)
        if (clock.isOver) throw error
        return send(request, clock.bell)
      })
      .catch((cause: unknown) => {
        throw unavailable(cause)
      })

  return {
    async fetch(request) {
      // One clock for both tries: a caller waits no longer because the first one failed.
      const clock: Clock = { bell: new EventEmitter(), isOver: false }
      const timer = setTimeout(() => {
        clock.isOver = true
        clock.bell.emit('abort')
      }, timeoutMs)
      try {
        const { statusCode, text } = await sendTwice(request, clock)
        return readAnswer(name, statusCode, text)
      } finally {
        clearTimeout(timer)
      }
    },
    stop: () => pool.close(),
  }
}

function headersOf({ cookies, idempotencyKey }: SubgraphFetch): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(cookies && { [COOKIES_HEADER]: Buffer.from(JSON.stringify(cookies)).toString('base64url') }),
    ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
  }
}

const isMutation = (query: string): boolean => /^\s*mutation\b/.test(query)

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'])

const isConnectionFault = (error: unknown): boolean =>
  error instanceof errors.SocketError ||
  error instanceof errors.ConnectTimeoutError ||
  (error instanceof Error && 'code' in error && CONNECTION_CODES.has(String(error.code)))

const unavailable = (cause: unknown): AppError =>
  new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }, { cause })

function readAnswer(name: string, statusCode: number, text: string): SubgraphResponse {
  if (statusCode === 503) throw unavailable(new Error(`${name} answered 503`))
  if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}`)
  const answer = Answer.parse(JSON.parse(text))
  // The shape was checked just now; only the extensions were left for their reader.
  return answer as SubgraphResponse
}
