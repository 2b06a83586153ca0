import type * as z from 'zod'
import type { EventDefinition } from './define-event.js'
import type { Transaction } from './outbox.js'

/** What to do when told. Whatever it writes goes into `tx`, so that it happens once. */
export type EventHandler<Payload> = (payload: Payload, tx: Transaction, eventId: string) => Promise<void>

type Told<Payload> = { id: string; payload: Payload }

/** The same for many at once: in one statement what would be one for each. */
export type ManyHandler<Payload> = (events: readonly Told<Payload>[], tx: Transaction) => Promise<void>

export type Subscription = {
  event: EventDefinition
  handle: EventHandler<unknown>
  handleMany: ManyHandler<unknown>
}

export const onEvent = <Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  handle: EventHandler<z.output<Payload>>,
): Subscription =>
  subscribe(event, handle, async (events, tx) => {
    for (const { id, payload } of events) await handle(payload, tx, id)
  })

export const onEvents = <Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  handleMany: ManyHandler<z.output<Payload>>,
): Subscription => subscribe(event, (payload, tx, id) => handleMany([{ id, payload }], tx), handleMany)

const subscribe = <Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  handle: EventHandler<z.output<Payload>>,
  handleMany: ManyHandler<z.output<Payload>>,
): Subscription => ({
  event,
  // The payload is parsed with this very definition before either sees it.
  handle: handle as EventHandler<unknown>,
  handleMany: handleMany as ManyHandler<unknown>,
})
