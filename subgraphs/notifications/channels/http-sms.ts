import { Pool } from 'undici'
import type { Sender, SendResult, Sms } from '../domain/ports.js'

export type SmsSender = Sender<Sms> & { stop(): Promise<void> }

export type Answer = {
  statusCode: number
  headers: Record<string, string | string[] | undefined>
  /** Null where it was no JSON. */
  body: unknown
}

type Carrier = {
  provider: string
  url: string
  headers: Record<string, string>
  /** What one text is handed over as. */
  requestOf: (sms: Sms) => { body: string; headers?: Record<string, string> }
  /** What an answer means for the text. */
  judge: (answer: Answer) => SendResult
}

const CONNECTIONS = 8
const CONNECT_MS = 10_000
const ANSWER_MS = 20_000
/** From the request to the last byte of its answer: one that trickles would hold a worker that mails wait for. */
const SEND_WITHIN_MS = 60_000
/** An answer is about one message; whoever sends more is not what we think it is. */
const MAX_ANSWER_BYTES = 65_536

/** Texts by an HTTP interface. Redirects are not followed: the credentials go to the configured host alone (SECURITY 12.2). */
export function createHttpSms({ provider, url, headers, requestOf, judge }: Carrier): SmsSender {
  const { origin, pathname, search } = new URL(url)
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    connectTimeout: CONNECT_MS,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
  })

  return {
    provider,
    stop: () => pool.destroy(),

    async send(sms) {
      const { body, headers: own } = requestOf(sms)
      try {
        const answer = await pool.request({
          method: 'POST',
          path: `${pathname}${search}`,
          headers: { accept: 'application/json', ...headers, ...own },
          body,
          signal: AbortSignal.timeout(SEND_WITHIN_MS),
        })
        // Broken JSON is no reason to think that a text was not taken: the status says that.
        return judge({ ...answer, body: await answer.body.json().catch(() => null) })
      } catch (failure) {
        return { kind: 'deferred', error: `${provider.toUpperCase()} ${codeOf(failure)}` }
      }
    },
  }
}

/** What is to be tried again, and not before the provider says. */
export function deferred(error: string, { headers }: Answer): SendResult {
  const seconds = secondsOf(headers['retry-after'])
  return { kind: 'deferred', error, ...(seconds !== null && { retryAfterSeconds: seconds }) }
}

export const isTaken = ({ statusCode }: Answer): boolean => statusCode >= 200 && statusCode < 300

/** `Retry-After` in either of its forms (RFC 9110, section 10.2.3). */
export function secondsOf(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null
  if (/^\d{1,9}$/.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}

/** The library's own code, such as `UND_ERR_HEADERS_TIMEOUT`; never its words, which name the host. */
export function codeOf(failure: unknown): string {
  const { code } = (typeof failure === 'object' && failure ? failure : {}) as { code?: unknown } // read as unknown
  return typeof code === 'string' ? code : 'failure'
}
