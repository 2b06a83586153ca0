import type * as z from 'zod'
import type { EventDefinition } from '../../shared/events/define-event.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvents, type Subscription } from '../../shared/events/subscription.js'
import { timeOf } from '../../shared/ids/uuid.js'
import type { PublicEvent, WebhookStore } from '../domain/webhook-ports.js'
import { isAskedFor, PUBLIC_EVENTS, type PublicEventType } from './catalogue.js'

type Options = {
  webhooks: Pick<WebhookStore<Transaction>, 'insert'>
  endpoints: readonly { id: string; events: readonly string[] }[]
}

/** Writes down what endpoints are to be told, in the transaction that acts on the event. Without endpoints it is nothing. */
export const publicSubscriptions = ({ webhooks, endpoints }: Options): Subscription[] =>
  PUBLIC_EVENTS.map((told) => {
    const askers = endpoints.filter(({ events }) => isAskedFor(told.type, events)).map(({ id }) => id)
    return onEvents(told.event as EventDefinition<z.ZodType>, async (events, tx) => {
      if (askers.length === 0) return
      const toTell = events
        .filter(({ payload }) => told.when(payload))
        .map(({ id, payload }) => publicEventOf(told, payload, id))
      await webhooks.insert(tx, toTell, askers)
    })
  })

function publicEventOf({ type, data }: PublicEventType, payload: unknown, eventId: string): PublicEvent {
  // Parsing leaves out all that the shape does not name.
  const told = data.parse(payload) as { userId: string } // every one is about a person
  const timestamp = (timeOf(eventId) ?? new Date()).toISOString()
  return { eventId, type, userId: told.userId, body: JSON.stringify({ type, timestamp, data: told }) }
}
