import { Pool } from 'undici'
import { codeOf, secondsOf } from '../channels/http-sms.js'
import type { Post, PostAnswer } from '../domain/webhook-ports.js'
import { guardedLookup } from './guarded-lookup.js'
import type { MayReach } from './networks.js'
import { signatureOf } from './sign.js'

export type Endpoint = {
  id: string
  url: string
  /** The newest first. */
  secrets: readonly Uint8Array[]
  timeoutSeconds: number
}

type Options = {
  /** How many requests it gets at once. */
  lane: number
  mayReach: MayReach
  lookup?: typeof guardedLookup
  now: () => number
}

/** Of an answer only the status is read. What else comes is thrown away up to here, then the connection is closed. */
const MAX_ANSWER_BYTES = 16_384

/**
 * Sends webhooks to one endpoint. Redirects are not followed: they would lead past the check of addresses, and past what
 * the operator wrote down.
 */
export function createPost({ id: _id, url, secrets, timeoutSeconds }: Endpoint, options: Options) {
  const { lane, mayReach, lookup = guardedLookup, now } = options
  const { origin, pathname, search } = new URL(url)
  const timeout = timeoutSeconds * 1000
  const pool = new Pool(origin, {
    connections: lane,
    connect: { timeout, lookup: lookup(mayReach) },
    headersTimeout: timeout,
    bodyTimeout: timeout,
  })

  const post: Post = async ({ webhookId, body }) => {
    const timestamp = Math.floor(now() / 1000)
    // From the first byte to the last: one that trickles is as silent as one that says nothing.
    const signal = AbortSignal.timeout(timeout)
    try {
      const answer = await pool.request({
        method: 'POST',
        path: `${pathname}${search}`,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Usergraph-Webhooks',
          'webhook-id': webhookId,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatureOf(secrets, { id: webhookId, timestamp, body }),
        },
        body,
        signal,
      })
      // The status has said it all: what follows, or fails to, changes nothing.
      await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => answer.body.destroy())
      return judge(answer.statusCode, answer.headers['retry-after'])
    } catch (failure) {
      return { kind: 'failed', error: signal.aborted ? 'TIMEOUT' : codeOf(failure) }
    }
  }

  return { post, stop: () => pool.destroy() }
}

function judge(status: number, retryAfter: string | string[] | undefined): PostAnswer {
  if (status >= 200 && status < 300) return { kind: 'taken' }
  if (status === 410) return { kind: 'gone' }
  const error = `HTTP ${status}`
  const seconds = status === 429 || status === 503 ? secondsOf(retryAfter) : null
  return { kind: 'failed', error, ...(seconds !== null && { retryAfterSeconds: seconds }) }
}
