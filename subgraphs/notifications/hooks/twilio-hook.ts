import { createHmac } from 'node:crypto'
import * as z from 'zod'
import { uuidToId } from '../../shared/ids/type-id.js'
import { TWILIO_STOPS } from '../channels/number-stops.js'
import type { Report } from '../domain/report.js'
import type { HookRead, HookRequest, ReadHook } from './hook-request.js'
import { isSameDigest } from './same-digest.js'

const Status = z.object({
  MessageSid: z.string().regex(/^\w{1,64}$/),
  MessageStatus: z.string(),
  ErrorCode: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional(),
})

/**
 * The steps before, such as `queued` and `sent`, say nothing that is not known.
 * https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
 */
const OUTCOMES: Record<string, Report['outcome']> = {
  delivered: 'DELIVERED',
  read: 'DELIVERED',
  undelivered: 'FAILED',
  failed: 'FAILED',
}

/**
 * Status callbacks of Twilio. It signs the address that it was given, with the message in it, and every field of the form, by
 * the account's token; so the id in the address is as good as signed by us.
 */
export function makeReadTwilioHook({ authToken }: { authToken: string }): ReadHook {
  return async function readTwilioHook(request) {
    const form = new URLSearchParams(request.body.toString('utf8'))
    if (!isSigned(request, form, authToken)) return { kind: 'unsigned' }
    return reportOf(request, Object.fromEntries(form))
  }
}

/** HMAC-SHA1 over the address and each field's name and value, sorted by name. */
function isSigned({ url, headers }: HookRequest, form: URLSearchParams, authToken: string): boolean {
  const sorted = new URLSearchParams(form)
  sorted.sort()
  const digest = createHmac('sha1', authToken)
    .update(`${url.href}${[...sorted].flat().join('')}`)
    .digest()
  return isSameDigest(digest, Buffer.from(headers['x-twilio-signature'] ?? '', 'base64'))
}

function reportOf({ url }: HookRequest, form: Record<string, string>): HookRead {
  const message = z.uuid().safeParse(url.searchParams.get('message'))
  const status = Status.safeParse(form)
  if (!message.success || !status.success) return { kind: 'faulty' }

  const { MessageSid, MessageStatus, ErrorCode } = status.data
  const outcome = Object.hasOwn(OUTCOMES, MessageStatus) ? OUTCOMES[MessageStatus] : undefined
  if (!outcome) return { kind: 'nothing' }
  const report = {
    messageId: uuidToId('ntf', message.data),
    provider: 'twilio',
    outcome,
    providerMessageId: MessageSid,
    error: outcome === 'FAILED' ? `TWILIO ${ErrorCode ?? MessageStatus}` : null,
    stops: outcome === 'FAILED' ? (TWILIO_STOPS.get(Number(ErrorCode)) ?? null) : null,
  }
  return { kind: 'report', report }
}
