import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { isLanguageTag } from './language-tag.js'
import type { Channel } from './message.js'
import { endOfQuiet } from './notify.js'
import { type MaskedMessage, masked } from './read-messages.js'
import { limitsOf } from './send-limits.js'
import { makeFindRecipient, type Recipient } from './send-recipient.js'
import type { SendStore, ServiceKind, ServiceTemplates } from './sending-ports.js'
import { urgencyOf } from './urgency.js'

type Given<Value> = Value | null | undefined

export type SendInput = {
  userId?: Given<string>
  to?: Given<string>
  kind: string
  template: string
  locale?: Given<string>
  variables?: unknown
  idempotencyKey: string
}

export type SendMessageResult =
  | { kind: 'sent'; message: MaskedMessage }
  | { kind: 'refused'; problems: Problem[] }
  /** The key was used for something else. */
  | { kind: 'conflict' }

export type SendMessage = (
  channel: Channel,
  input: SendInput,
  sender: { id: string; by: Actor },
) => Promise<SendMessageResult>

type Deps = Parameters<typeof makeFindRecipient>[0] & {
  sends: SendStore
  templates: ServiceTemplates
  /** Keyed, since what it is made of can be guessed, and the same for all that means the same. */
  digestOf: (...parts: unknown[]) => Uint8Array
  textsAnHour: number
  newMessageId: () => string
  now: () => Date
  /** Something is due now. */
  poke: () => void
}

const KINDS: readonly string[] = ['CUSTOM', 'PRODUCT_NEWS'] satisfies ServiceKind[]
const MAX_KEY = 128

/**
 * Writes a message that a service wants sent, once for each of its keys.
 *
 * A key that was used is answered before anything else is looked at: the template or the person may have changed since.
 * Of many who use one at the same moment one writes, and the others find what it wrote (`store/sends.ts`).
 */
export function makeSendMessage(deps: Deps): SendMessage {
  const { sends, templates, digestOf, poke } = deps
  const findRecipient = makeFindRecipient(deps)

  return async function sendMessage(channel, { idempotencyKey, ...input }, sender) {
    const problems = problemsOf(idempotencyKey, input)
    if (problems.length > 0) return { kind: 'refused', problems }
    const request = {
      key: digestOf('key', sender.id, channel, idempotencyKey),
      payload: digestOf('payload', { ...input, variables: input.variables ?? {} }),
    }
    const known = await sends.find(request)
    if (known) return answerOf(known)

    const written = await write(channel, input)
    if (written.kind === 'refused') return written
    const { message, recipient } = written
    const limits = limitsOf({ ...deps, channel, senderId: sender.id, address: recipient.address })
    const sent = await sends.send(request, { message, limits, by: sender.by })
    if (sent.kind === 'sent') poke()
    return answerOf(sent)
  }

  async function write(channel: Channel, input: Omit<SendInput, 'idempotencyKey'>) {
    const found = await findRecipient(channel, input)
    if (found.kind === 'refused') return refused(found.problem)
    const { recipient } = found
    const locale = input.locale ?? recipient.contact?.locale ?? null
    const template = await templates.find({ name: input.template, channel, locale })
    if (!template) return refused({ code: 'TEMPLATE_NOT_FOUND', field: ['template'] })
    const read = template.read(input.variables ?? {})
    if (read.kind === 'refused') {
      const problems = read.problems.map(({ field = [], ...rest }) => ({
        ...rest,
        field: ['variables', ...field],
      }))
      return { kind: 'refused' as const, problems }
    }
    const variables = { ...read.variables, name: recipient.contact?.displayName ?? null }
    const message = messageOf(deps, { channel, input, recipient, locale: template.locale })
    return { kind: 'written' as const, recipient, message: { ...message, variables } }
  }
}

type Written = {
  channel: Channel
  input: Omit<SendInput, 'idempotencyKey'>
  recipient: Recipient
  locale: string
}

function messageOf({ newMessageId, now }: Deps, { channel, input, recipient, locale }: Written) {
  const kind = input.kind as ServiceKind // `problemsOf` has looked
  const { contact, preferences, userId, address } = recipient
  const id = newMessageId()
  return {
    ...{ id, userId, channel, kind, locale, recipient: address },
    ...{ template: input.template, sealedSecret: null, expiry: null },
    ...(kind === 'PRODUCT_NEWS' && { refusedBy: 'productNews' as const }),
    // Its key keeps it single, in a row of its own; of one cause, an event, this is none.
    dedupeKey: id,
    urgency: urgencyOf(kind),
    notBefore: kind === 'PRODUCT_NEWS' && contact ? endOfQuiet(preferences, contact, now()) : null,
    causedAt: null,
  }
}

function problemsOf(key: string, { kind, locale }: Pick<SendInput, 'kind' | 'locale'>): Problem[] {
  const problems: Problem[] = []
  if (key === '') problems.push({ code: 'REQUIRED', field: ['idempotencyKey'] })
  if (key.length > MAX_KEY) problems.push({ code: 'TOO_LONG', field: ['idempotencyKey'] })
  if (!KINDS.includes(kind)) problems.push({ code: 'INVALID', field: ['kind'] })
  if (locale != null && !isLanguageTag(locale)) problems.push({ code: 'INVALID', field: ['locale'] })
  return problems
}

const refused = (problem: Problem) => ({ kind: 'refused' as const, problems: [problem] })

function answerOf(answer: NonNullable<Awaited<ReturnType<SendStore['find' | 'send']>>>): SendMessageResult {
  switch (answer.kind) {
    case 'sent':
      return { kind: 'sent', message: masked(answer.message) }
    case 'conflict':
      return answer
    case 'gone':
      return refused({ code: 'NOT_FOUND', field: ['userId'] })
    case 'full':
      return refused({ code: 'RATE_LIMITED', retryAfter: answer.retryAfter })
  }
}
