import { MAX_WEBHOOK_TRIES, webhookDelayMs } from './webhook-delay.js'
import type {
  ClaimedDelivery,
  DeliveryOutcome,
  EndpointVerdict,
  Post,
  PostAnswer,
  WebhookStore,
} from './webhook-ports.js'

export type Tried = { delivery: ClaimedDelivery; outcome: DeliveryOutcome; recorded: boolean }

type Deps = {
  webhooks: Pick<WebhookStore<never>, 'claim' | 'record'>
  /** By endpoint. */
  posts: ReadonlyMap<string, Post>
  random: () => number
}

/** No endpoint is left alone for longer than this, whatever it asks for. */
const MAX_HOLD_MS = 3_600_000

/** Sends one webhook, if it is due and nobody else is at it. Null when there was nothing to do. */
export function makeDeliverWebhook({ webhooks, posts, random }: Deps) {
  return async function deliverWebhook(id: string): Promise<Tried | null> {
    const delivery = await webhooks.claim(id)
    if (!delivery) return null

    const outcome = outcomeOf(await attempt(posts, delivery), delivery, random)
    return { delivery, outcome, recorded: await webhooks.record(delivery, outcome) }
  }
}

function attempt(posts: Deps['posts'], delivery: ClaimedDelivery): Promise<PostAnswer> | PostAnswer {
  if (delivery.tries > MAX_WEBHOOK_TRIES) return { kind: 'failed', error: 'TOO_MANY_TRIES' }
  // While processes are replaced, one may know an endpoint that another does not.
  const post = posts.get(delivery.endpoint)
  return post ? post(delivery) : { kind: 'failed', error: 'NOT_CONFIGURED' }
}

function outcomeOf(answer: PostAnswer, delivery: ClaimedDelivery, random: () => number): DeliveryOutcome {
  if (answer.kind === 'taken') return { kind: 'delivered' }
  const error = answer.kind === 'gone' ? 'HTTP 410' : answer.error
  const endpoint = verdictOn(answer)
  const { tries, secondsLeft } = delivery
  if (tries >= MAX_WEBHOOK_TRIES || secondsLeft <= 0) return { kind: 'dead', error, endpoint }

  const wait = answer.kind === 'failed' ? answer : {}
  return { kind: 'retry', error, delayMs: webhookDelayMs({ ...wait, tries, secondsLeft, random }), endpoint }
}

/** One that wants no more is left alone; one that asks for time is given it, for all that waits for it. */
function verdictOn(answer: PostAnswer): EndpointVerdict {
  if (answer.kind === 'gone') return { kind: 'off' }
  if (answer.kind === 'taken' || !answer.retryAfterSeconds) return null
  return { kind: 'held', forMs: Math.min(answer.retryAfterSeconds * 1000, MAX_HOLD_MS) }
}
