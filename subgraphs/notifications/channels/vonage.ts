import * as z from 'zod'
import type { SendResult } from '../domain/ports.js'
import { type Answer, createHttpSms, deferred, isTaken, type SmsSender } from './http-sms.js'
import { VONAGE_STOPS } from './number-stops.js'

export type VonageSettings = {
  /** `https://api.nexmo.com`, or whoever speaks its shape. */
  apiUrl: string
  apiKey: string
  apiSecret: string
  /** A number or a name. */
  from: string
  /** What its callbacks are signed with; without it they are not believed, and not asked for. */
  signatureSecret: string | null
}

type Options = Omit<VonageSettings, 'signatureSecret'> & {
  statusUrl: string | null
  messageUuid: (id: string) => string
}

/**
 * Texts by Vonage's Messages API. It hands `client_ref` back with each status, but sends a second request with the same
 * one again: a text whose answer was lost is sent twice.
 */
export function createVonageSender(options: Options): SmsSender {
  const { apiUrl, apiKey, apiSecret, from, statusUrl, messageUuid } = options

  return createHttpSms({
    provider: 'vonage',
    url: new URL('/v1/messages', apiUrl).href,
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`,
    },
    requestOf: ({ id, recipient, text }) => ({
      body: JSON.stringify({
        channel: 'sms',
        message_type: 'text',
        to: withoutPlus(recipient),
        from: withoutPlus(from),
        text,
        client_ref: messageUuid(id),
        ...(statusUrl !== null && { webhook_url: statusUrl, webhook_version: 'v1' }),
      }),
    }),
    judge: judgeVonage,
  })
}

const withoutPlus = (number: string): string => number.replace(/^\+/, '')

/**
 * Answers about the recipient or the words: a prefix that nobody carries to (1040), a barred number (1050), one that is none (1170)
 * or none of this channel (1430), one that wants no texts (1240). Others are about our account, our sender or the service, which an
 * operator can mend. https://developer.vonage.com/en/api-errors/messages
 */
const ABOUT_THE_MESSAGE = new Set(['1040', '1050', '1170', '1240', '1430'])

const Taken = z.object({ message_uuid: z.string().max(64) })
/** A problem (RFC 7807) whose type ends in its code: `…/api-errors/messages#1240`. */
const Refused = z.object({ type: z.string().regex(/#[\w-]{1,40}$/) })

function judgeVonage(answer: Answer): SendResult {
  const { statusCode, body } = answer
  if (isTaken(answer)) {
    return { kind: 'accepted', providerMessageId: Taken.safeParse(body).data?.message_uuid ?? null }
  }
  const code = Refused.safeParse(body).data?.type.split('#').at(-1)
  const error = `VONAGE ${code ?? statusCode}`
  const isForGood = statusCode === 422 && code !== undefined && ABOUT_THE_MESSAGE.has(code)
  if (!isForGood) return deferred(error, answer)
  const stops = VONAGE_STOPS.get(code)
  return { kind: 'refused', error, ...(stops && { stops }) }
}
