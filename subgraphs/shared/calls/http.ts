import { Pool } from 'undici'
import * as z from 'zod'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import { AppError, type ErrorDetails } from '../errors/app-error.js'
import { ERROR_MESSAGES, type ErrorCode } from '../errors/codes.js'
import type { AssertionSigner } from '../identity/assertion.js'
import { insideCaller } from '../identity/inside.js'
import type { CallTransport } from './transport.js'

const TIMEOUT_MS = 5000

const Failure = z.object({ code: z.enum(Object.keys(ERROR_MESSAGES) as [ErrorCode, ...ErrorCode[]]) })

export type HttpCalls = CallTransport & { stop(): Promise<void> }

/** Internal calls over kept-alive connections, each vouched for with the caller's own key. */
export function createHttpCalls(urls: Record<SubgraphName, string>, sign: AssertionSigner): HttpCalls {
  const pools = new Map<SubgraphName, Pool>()

  const poolOf = (owner: SubgraphName) => {
    const known = pools.get(owner)
    if (known) return known
    const pool = new Pool(new URL(urls[owner]).origin, {
      connections: 16,
      connectTimeout: 2000,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
    pools.set(owner, pool)
    return pool
  }

  return {
    async call(owner, name, input) {
      const { statusCode, body } = await poolOf(owner)
        .request({
          method: 'POST',
          path: `/internal/${name}`,
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${await sign(owner, insideCaller())}`,
          },
          body: JSON.stringify(input),
        })
        .catch((cause: unknown) => {
          throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }, { cause })
        })
      const answer = body.json()
      // Half an answer is none: null is what some calls say of an account that does not exist.
      if (statusCode !== 200) throw failureOf(statusCode, await answer.catch(() => null))
      return answer.catch((cause: unknown) => {
        throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }, { cause })
      })
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}

function failureOf(statusCode: number, answer: unknown): Error {
  const failure = Failure.safeParse(answer)
  const details: ErrorDetails = statusCode === 503 ? { retryAfterSeconds: 1 } : {}
  return failure.success
    ? new AppError(failure.data.code, details)
    : new Error(`internal call answered ${statusCode}`)
}
