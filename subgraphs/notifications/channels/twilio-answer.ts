import * as z from 'zod'
import type { SendResult } from '../domain/ports.js'

/**
 * Answers about the recipient or the words: no number, none that can be texted, one whose owner said STOP, a route that
 * is not there, too long. Others are about our account, our sender or the service, which an operator can mend.
 */
const ABOUT_THE_MESSAGE = new Set([21211, 21214, 21217, 21265, 21602, 21610, 21612, 21614, 21617])

const Taken = z.object({ sid: z.string().max(64) })
const Refused = z.object({ code: z.number().int() })

type Answer = {
  statusCode: number
  headers: Record<string, string | string[] | undefined>
  body: unknown
}

/** What an answer of Twilio's means for the message. */
export function judgeAnswer({ statusCode, headers, body }: Answer): SendResult {
  if (statusCode >= 200 && statusCode < 300) {
    return { kind: 'accepted', providerMessageId: Taken.safeParse(body).data?.sid ?? null }
  }
  const code = Refused.safeParse(body).data?.code
  const error = `TWILIO ${code ?? statusCode}`
  if (statusCode === 400 && code !== undefined && ABOUT_THE_MESSAGE.has(code))
    return { kind: 'refused', error }

  const seconds = secondsOf(headers['retry-after'])
  return { kind: 'deferred', error, ...(seconds !== null && { retryAfterSeconds: seconds }) }
}

/** `Retry-After` in either of its forms (RFC 9110, section 10.2.3). */
function secondsOf(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null
  if (/^\d{1,9}$/.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}
