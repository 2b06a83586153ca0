import { createHash, createHmac } from 'node:crypto'
import * as z from 'zod'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { isId, uuidToId } from '../../shared/ids/type-id.js'
import type { HookRead, HookRequest, ReadHook } from './hook-request.js'
import { parseJson } from './parse-json.js'
import { isSameDigest } from './same-digest.js'

type Options = {
  /** Any of them may have signed: the next is taken before the last is given up. */
  secrets: readonly Uint8Array[]
  now: () => number
}

const PROVIDER = 'mail'
const TOLERANCE_SECONDS = 5 * 60
const MAX_SIGNATURES = 10

const Signed = z.object({
  'webhook-id': z.string().regex(/^[\x21-\x7E]{1,256}$/),
  'webhook-timestamp': z.string().regex(/^\d{1,12}$/),
  'webhook-signature': z.string().max(2048),
})

const said = {
  type: z.enum(['bounce', 'complaint']),
  permanent: z.boolean(),
  at: z.iso.datetime({ offset: true }),
}

/** Our own id of a message in any of its forms: as its Message-ID, with or without brackets, or as the graph has it. */
const MessageId = z
  .string()
  .max(320)
  .transform((text) => /^<?([\w-]{1,64})(?:@[^<>\s]{1,255})?>?$/.exec(text)?.[1] ?? '')
  .transform((id) => (isId('ntf', id) ? id : z.uuid().safeParse(id).success ? uuidToId('ntf', id) : null))

const Recipient = z.string().max(1000).transform(normalizeEmail)

const Said = z.union([
  z.strictObject({ ...said, messageId: MessageId }),
  z.strictObject({ ...said, recipient: Recipient }),
])

/**
 * Bounces and complaints that a mail system hears of later, in a form of our own that is signed by Standard Webhooks: a relay's
 * own callback is turned into it by whatever stands between.
 */
export function makeReadMailHook(options: Options): ReadHook {
  return async function readMailHook(request) {
    const id = signedId(request, options)
    return id === null ? { kind: 'unsigned' } : readSaid(id, request)
  }
}

/** The id of what was signed, lately and by one of our secrets; null of anything else. */
function signedId({ headers, body }: HookRequest, { secrets, now }: Options): string | null {
  const read = Signed.safeParse(headers)
  if (!read.success) return null
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = read.data
  if (Math.abs(now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return null

  const sent = signatures
    .split(' ', MAX_SIGNATURES)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []))
  const digests = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest(),
  )
  return digests.some((digest) => sent.some((one) => isSameDigest(digest, one))) ? id : null
}

function readSaid(webhookId: string, { body }: HookRequest): HookRead {
  const read = Said.safeParse(parseJson(body))
  if (!read.success) return { kind: 'faulty' }
  const { type, permanent, at, ...whom } = read.data
  // A mailbox that is full today takes mail tomorrow.
  if (type === 'bounce' && !permanent) return { kind: 'nothing' }

  const [outcome, stops] =
    type === 'bounce' ? (['BOUNCED', 'BOUNCE'] as const) : (['COMPLAINED', 'COMPLAINT'] as const)
  if ('recipient' in whom) {
    if (whom.recipient === null) return { kind: 'faulty' }
    const report = {
      id: uuidOf(webhookId),
      provider: PROVIDER,
      email: whom.recipient,
      outcome,
      stops,
      at: new Date(at),
    }
    return { kind: 'address-report', report }
  }
  // A message that is not ours, or of somebody who is gone.
  if (whom.messageId === null) return { kind: 'nothing' }
  const report = { messageId: whom.messageId, provider: PROVIDER, outcome, stops }
  return { kind: 'report', report: { ...report, providerMessageId: null, error: null } }
}

/** The id of a callback in the form of an event's, by which it is known when it comes again. */
function uuidOf(webhookId: string): string {
  const hex = createHash('sha256').update(`${PROVIDER} ${webhookId}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
