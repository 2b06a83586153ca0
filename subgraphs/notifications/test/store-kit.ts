import { randomBytes, randomUUID } from 'node:crypto'
import { connectDatabase } from '../../shared/database/connect.js'
import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase } from '../../shared/test/database.js'
import { addressDigests } from '../digests.js'
import type { NewMessage } from '../domain/message.js'
import { createDeliveryStore } from '../store/deliveries.js'
import { createMessageStore } from '../store/messages.js'
import { createReportStore } from '../store/reports.js'
import { createSuppressionStore } from '../store/suppressions.js'
import { notificationsSchema } from '../subgraph.js'

const DIGEST_OF = addressDigests(randomBytes(32))

/** The stores on a database of their own. */
export async function createStoreKit() {
  const testDatabase = await createTestDatabase([notificationsSchema])
  const { db, client, stop } = connectDatabase({ url: testDatabase.urlOf('notifications'), name: 'test' })
  const messages = createMessageStore(db)

  return {
    url: testDatabase.urlOf('notifications'),
    db,
    client,
    messages,
    digestOf: DIGEST_OF,
    deliveries: createDeliveryStore(db, DIGEST_OF),
    reports: createReportStore(db, DIGEST_OF),
    suppressions: createSuppressionStore({ db, digestOf: DIGEST_OF, outbox: { poke: () => {} } }),

    async insertMessage(changes: Partial<NewMessage> = {}): Promise<string> {
      const message = { ...someMessage(), ...changes }
      await messages.insert(db, message)
      return message.id
    },

    /** Moves a message's clock instead of waiting for it. */
    async elapse(id: string, interval: string): Promise<void> {
      await client`update notifications.messages set next_attempt_at = next_attempt_at - ${interval}::interval,
        expires_at = expires_at - ${interval}::interval, enqueued_at = enqueued_at - ${interval}::interval
        where id = ${uuidOf(id)}`
    },

    async rowOf(id: string) {
      const [row] = await client`select *, next_attempt_at > now() as waits,
        extract(epoch from expires_at)::float as expires, extract(epoch from expires_at - created_at)::float as lifetime
        from notifications.messages where id = ${uuidOf(id)}`
      return row
    },

    async stop() {
      await stop()
      await testDatabase.stop()
    },
  }
}

/** Somebody's. */
type Personal = NewMessage & { userId: string }

export const someMessage = (changes: Partial<Personal> = {}): Personal => ({
  id: newId('ntf'),
  userId: newId('usr'),
  dedupeKey: randomUUID(),
  kind: 'OTP',
  channel: 'EMAIL',
  template: 'otp',
  locale: 'en',
  recipient: 'ada@example.org',
  variables: { name: 'Ada' },
  sealedSecret: 'sealed',
  expiry: { afterSeconds: 300 },
  urgency: 1,
  notBefore: null,
  causedAt: null,
  ...changes,
})

const uuidOf = (id: string): string => {
  const uuid = idToUuid('ntf', id)
  if (uuid === null) throw new Error('not the id of a message')
  return uuid
}
