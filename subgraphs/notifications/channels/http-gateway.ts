import * as z from 'zod'
import type { SendResult } from '../domain/ports.js'
import { type Answer, createHttpSms, deferred, isTaken, type SmsSender } from './http-sms.js'

export type GatewaySettings = {
  url: string
  format: 'json' | 'form'
  /** The whole header, `Bearer …` or `Basic …`; none where the gateway asks for none. */
  authorization: string | null
}

type Options = GatewaySettings & { messageUuid: (id: string) => string }

/**
 * Texts by any gateway that takes `to` and `text` over HTTP. A request carries the same `Idempotency-Key` each time it is
 * tried, so that the gateway can send it once. 2xx is taken, 422 is refused for good, all else is tried again.
 */
export function createGatewaySender({ url, format, authorization, messageUuid }: Options): SmsSender {
  const isForm = format === 'form'

  return createHttpSms({
    provider: 'http',
    url,
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      ...(authorization !== null && { authorization }),
    },
    requestOf: ({ id, recipient, text }) => {
      const fields = { id: messageUuid(id), to: recipient, text }
      return {
        headers: { 'idempotency-key': fields.id },
        body: isForm ? new URLSearchParams(fields).toString() : JSON.stringify(fields),
      }
    },
    judge: judgeGateway,
  })
}

const Taken = z.object({ id: z.string().max(64) })

function judgeGateway(answer: Answer): SendResult {
  const { statusCode, body } = answer
  if (isTaken(answer)) return { kind: 'accepted', providerMessageId: Taken.safeParse(body).data?.id ?? null }
  const error = `HTTP ${statusCode}`
  return statusCode === 422 ? { kind: 'refused', error } : deferred(error, answer)
}
