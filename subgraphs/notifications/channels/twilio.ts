import { Pool } from 'undici'
import type { Sender, Sms } from '../domain/ports.js'
import { judgeAnswer } from './twilio-answer.js'

export type TwilioSettings = {
  /** `https://api.twilio.com`, or whoever speaks its shape. */
  apiUrl: string
  accountSid: string
  authToken: string
  /** A number, a name, or a messaging service (`MG…`). */
  from: string
}

export type TwilioSender = Sender<Sms> & { stop(): Promise<void> }

const CONNECTIONS = 8
const CONNECT_MS = 10_000
const ANSWER_MS = 20_000
/** An answer holds one message; whoever sends more is not what we think it is. */
const MAX_ANSWER_BYTES = 65_536

/**
 * Texts by Twilio's REST interface. Redirects are not followed: the credentials go to the configured host alone
 * (SECURITY 12.2). It takes no key by which it would know a request again, so a text whose answer was lost is sent twice.
 */
export function createTwilioSender({ apiUrl, accountSid, authToken, from }: TwilioSettings): TwilioSender {
  const { origin } = new URL(apiUrl)
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    connectTimeout: CONNECT_MS,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
  }
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }

  return {
    provider: 'twilio',
    stop: () => pool.destroy(),

    async send({ recipient, text }) {
      const body = new URLSearchParams({ To: recipient, ...sender, Body: text }).toString()
      try {
        const answer = await pool.request({ method: 'POST', path, headers, body })
        // Broken JSON is no reason to think that a text was not taken: the status says that.
        return judgeAnswer({ ...answer, body: await answer.body.json().catch(() => null) })
      } catch (failure) {
        return { kind: 'deferred', error: `TWILIO ${codeOf(failure)}` }
      }
    },
  }
}

/** The library's own code, such as `UND_ERR_HEADERS_TIMEOUT`; never its words, which name the host. */
function codeOf(failure: unknown): string {
  const { code } = (typeof failure === 'object' && failure ? failure : {}) as { code?: unknown } // read as unknown
  return typeof code === 'string' ? code : 'failure'
}
