import * as z from 'zod'
import type { Database } from '../../shared/database/connect.js'
import type { Logger } from '../../shared/log/logger.js'
import type { Queues } from '../../shared/queue/queues.js'
import { createRounds } from '../../shared/runtime/rounds.js'
import { createDispatcher } from '../delivery/dispatcher.js'
import { makeDeliverWebhook, type Tried } from '../domain/deliver-webhook.js'
import { readEndpointStates, tidyWebhooks } from '../store/webhook-upkeep.js'
import { createWebhookStore } from '../store/webhooks.js'
import { webhookGauges, webhookTries } from './metrics.js'
import { createPost } from './post.js'
import { publicSubscriptions } from './publish.js'
import type { WebhookSettings } from './settings.js'

const WEBHOOKS = 'webhooks'
/** What one endpoint is sent at once. */
const LANE = 4
const LOOK_EVERY_MS = 15_000
/** Of the 20 s in which a process ends (SECURITY 13.7). */
const DRAIN_MS = 10_000

type Parts = { db: Database['db']; queues: Queues; log: Logger; settings: WebhookSettings }

const Delivery = z.object({ id: z.string() })

/**
 * Tells endpoints of the operator's what happened. As with messages the row is the truth, and a job only a hint that a
 * row is due.
 */
export function createWebhooks({ db, queues, log, settings: { endpoints, mayReach } }: Parts) {
  const ids = endpoints.map(({ id }) => id)
  const webhooks = createWebhookStore({ db, endpoints: ids, lane: LANE })
  const lines = endpoints.map((endpoint) => createPost(endpoint, { lane: LANE, mayReach, now: Date.now }))
  const posts = new Map(lines.map(({ post }, index) => [ids[index] ?? '', post]))
  const deliver = makeDeliverWebhook({ webhooks, posts, random: Math.random })
  const dispatcher = createDispatcher({
    ...{ name: WEBHOOKS, deliveries: webhooks, log },
    ...{ queue: queues.queue(WEBHOOKS), messageUuid: (id) => id },
  })
  let isOpen = false
  const upkeep = createRounds({
    ...{ name: 'webhook-upkeep', everyMs: LOOK_EVERY_MS, pokeMs: LOOK_EVERY_MS, log },
    async round() {
      // Whatever they answered the process before: somebody may have mended it.
      if (!isOpen) await webhooks.open(ids)
      if (!isOpen) dispatcher.poke()
      isOpen = true
      await lookAfter(db, ids, log)
    },
  })
  const closeLines = () => Promise.all(lines.map(({ stop }) => stop()))
  let drained: NodeJS.Timeout | undefined

  return {
    subscriptions: publicSubscriptions({ webhooks, endpoints }),
    poke: ids.length > 0 ? dispatcher.poke : () => {},
    start() {
      // What was for endpoints that are gone is over some day, be there others or none.
      upkeep.start()
      if (ids.length === 0) return
      queues.work(
        WEBHOOKS,
        async ({ data }) => {
          const tried = await deliver(Delivery.parse(data).id)
          if (tried) report(tried, log)
          // Its lane has room again.
          dispatcher.poke()
        },
        { concurrency: ids.length * LANE },
      )
      dispatcher.start()
    },
    async stop() {
      await Promise.all([dispatcher.stop(), upkeep.stop()])
      // The workers end with what they are at; an endpoint that is silent does not hold them for longer.
      drained = setTimeout(closeLines, DRAIN_MS)
    },
    /** After the workers. */
    async close() {
      clearTimeout(drained)
      await closeLines()
    },
  }
}

async function lookAfter(db: Database['db'], ids: readonly string[], log: Logger): Promise<void> {
  const { givenUp } = await tidyWebhooks(db)
  if (givenUp > 0) log.error({ event: 'webhook.dead-lettered', deliveries: givenUp })
  for (const { endpoint, waiting, lagSeconds, dead, isOff } of await readEndpointStates(db, ids)) {
    webhookGauges.waiting.set({ endpoint }, waiting)
    webhookGauges.lagSeconds.set({ endpoint }, lagSeconds)
    webhookGauges.dead.set({ endpoint }, dead)
    webhookGauges.isOff.set({ endpoint }, isOff ? 1 : 0)
  }
}

const EVENTS = {
  delivered: { level: 'info', event: 'webhook.delivered' },
  retry: { level: 'warn', event: 'webhook.deferred' },
  /** The alarm: someone has to look at this one. */
  dead: { level: 'error', event: 'webhook.dead-lettered' },
} as const

/** Ids and a class of failure are all that is said. */
function report({ delivery, outcome, recorded }: Tried, log: Logger): void {
  const { level, event } = EVENTS[outcome.kind]
  const { endpoint, webhookId, type, tries } = delivery
  const error = 'error' in outcome ? { error: outcome.error } : {}

  webhookTries.inc({ endpoint, outcome: outcome.kind })
  log[level]({ event, endpoint, webhookId, type, tries, ...error })
  if (!recorded) log.warn({ event: 'webhook.lease-lost', endpoint, webhookId })
  if (outcome.kind !== 'delivered' && outcome.endpoint?.kind === 'off') {
    log.error({ event: 'webhook.endpoint-gone', endpoint })
    webhookGauges.isOff.set({ endpoint }, 1)
  }
}
