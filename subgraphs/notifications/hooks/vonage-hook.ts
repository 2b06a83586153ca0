import { createHash } from 'node:crypto'
import { jwtVerify } from 'jose'
import * as z from 'zod'
import { uuidToId } from '../../shared/ids/type-id.js'
import { VONAGE_STOPS } from '../channels/number-stops.js'
import type { Report } from '../domain/report.js'
import type { HookRead, HookRequest, ReadHook } from './hook-request.js'
import { parseJson } from './parse-json.js'
import { isSameDigest } from './same-digest.js'

type Options = { apiKey: string; signatureSecret: string }

/** A callback that was not taken is sent again for a day. An older one is no use to anybody but who kept it. */
const MAX_AGE = '24 hours'

const Claims = z.object({ api_key: z.string(), payload_hash: z.string().regex(/^[0-9a-f]{64}$/i) })

const Status = z.object({
  message_uuid: z.string().regex(/^[\w-]{1,64}$/),
  client_ref: z.uuid(),
  status: z.string(),
  error: z.object({ title: z.union([z.string(), z.number()]).transform(String) }).optional(),
})

/** https://developer.vonage.com/en/api/messages: the status webhook. */
const OUTCOMES: Record<string, Report['outcome']> = {
  delivered: 'DELIVERED',
  read: 'DELIVERED',
  rejected: 'FAILED',
  undeliverable: 'FAILED',
}

/**
 * Status callbacks of Vonage's Messages API: a token in the `authorization` header, signed with the account's signature secret,
 * says what the body hashes to. That is optional to check, as they say; here nothing is believed without it.
 */
export function makeReadVonageHook(options: Options): ReadHook {
  const key = new TextEncoder().encode(options.signatureSecret)

  return async function readVonageHook(request) {
    return (await isSigned(request, key, options.apiKey)) ? reportOf(request) : { kind: 'unsigned' }
  }
}

async function isSigned({ headers, body }: HookRequest, key: Uint8Array, apiKey: string): Promise<boolean> {
  const token = /^Bearer (\S+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? ''
  const verified = await jwtVerify(token, key, { algorithms: ['HS256'], maxTokenAge: MAX_AGE }).catch(
    () => null,
  )
  const claims = Claims.safeParse(verified?.payload)
  if (!claims.success || claims.data.api_key !== apiKey) return false
  const digest = createHash('sha256').update(body).digest()
  return isSameDigest(digest, Buffer.from(claims.data.payload_hash, 'hex'))
}

function reportOf({ body }: HookRequest): HookRead {
  const status = Status.safeParse(parseJson(body))
  if (!status.success) return { kind: 'faulty' }

  const { message_uuid, client_ref, status: said, error } = status.data
  const outcome = Object.hasOwn(OUTCOMES, said) ? OUTCOMES[said] : undefined
  if (!outcome) return { kind: 'nothing' }
  const code = /^[\w-]{1,40}$/.exec(error?.title ?? '')?.[0] ?? said
  const report = {
    messageId: uuidToId('ntf', client_ref),
    provider: 'vonage',
    outcome,
    providerMessageId: message_uuid,
    error: outcome === 'FAILED' ? `VONAGE ${code}` : null,
    stops: outcome === 'FAILED' ? (VONAGE_STOPS.get(code) ?? null) : null,
  }
  return { kind: 'report', report }
}
