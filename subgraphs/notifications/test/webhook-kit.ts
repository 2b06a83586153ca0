import { connectDatabase } from '../../shared/database/connect.js'
import { newId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createTestDatabase } from '../../shared/test/database.js'
import type { PublicEvent } from '../domain/webhook-ports.js'
import { createWebhookStore } from '../store/webhooks.js'
import { notificationsSchema } from '../subgraph.js'

export const LANE = 4

export const someEvent = (changes: Partial<PublicEvent> = {}): PublicEvent => ({
  ...{ eventId: newUuid(), type: 'user.verified', userId: newId('usr'), body: '{"type":"user.verified"}' },
  ...changes,
})

/** The store of webhooks on a database of its own; each test has endpoints of its own. */
export async function createWebhookKit() {
  const testDatabase = await createTestDatabase([notificationsSchema])
  const { db, client, stop } = connectDatabase({ url: testDatabase.urlOf('notifications'), name: 'test' })
  let endpoints = 0

  return {
    db,
    client,

    /** Endpoints that are switched on, and what knows them. */
    async open(count = 1) {
      const ids = Array.from({ length: count }, () => `endpoint-${endpoints++}`)
      const webhooks = createWebhookStore({ db, endpoints: ids, lane: LANE })
      await webhooks.open(ids)
      const [id = ''] = ids
      return { webhooks, ids, id }
    },

    rowsOf: async (endpoint: string) =>
      client`select *, next_attempt_at > now() as waits from notifications.webhooks where endpoint = ${endpoint} order by id`,

    /** Moves the clock of what is for an endpoint instead of waiting for it. */
    async elapse(endpoint: string, interval: string): Promise<void> {
      await client`update notifications.webhooks set next_attempt_at = next_attempt_at - ${interval}::interval,
        enqueued_at = enqueued_at - ${interval}::interval, give_up_at = give_up_at - ${interval}::interval,
        done_at = done_at - ${interval}::interval, created_at = created_at - ${interval}::interval
        where endpoint = ${endpoint}`
      await client`update notifications.webhook_endpoints set held_until = held_until - ${interval}::interval
        where id = ${endpoint}`
    },

    async stop() {
      await stop()
      await testDatabase.stop()
    },
  }
}
