import type { CallClient } from '../shared/calls/define-calls.js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import type { Database } from '../shared/database/connect.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { createOutbox, type Transaction } from '../shared/events/outbox.js'
import type { Relay } from '../shared/events/relay.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { newId } from '../shared/ids/type-id.js'
import { timeOf } from '../shared/ids/uuid.js'
import type { Logger } from '../shared/log/logger.js'
import type { Queues } from '../shared/queue/queues.js'
import { createOpen } from '../shared/secrets/sealing.js'
import type { Outlets } from './channels/open-outlets.js'
import { createDispatchers } from './delivery/channel-queues.js'
import { noteHeld } from './delivery/held-notices.js'
import { holdLeases } from './delivery/hold-lease.js'
import { recordFirmly } from './delivery/record-firmly.js'
import { watchBacklog } from './delivery/watch-backlog.js'
import { workDeliveries } from './delivery/worker.js'
import { makeDeliverMessage } from './domain/deliver-message.js'
import { makeIsStopped } from './domain/is-stopped.js'
import { makeNotify } from './domain/notify.js'
import type { Contact, DeadLetterStore, SuppressionStore } from './domain/ports.js'
import { DEFAULT_PREFERENCES, type Preferences } from './domain/preferences.js'
import type { NotificationsEnv } from './env.js'
import { createErasing } from './erasing.js'
import { afterEachJob } from './events/after-commit.js'
import { onAddressProved } from './events/on-address-proved.js'
import { onCodeArrived } from './events/on-code-arrived.js'
import { SUBSCRIPTIONS } from './events/subscriptions.js'
import { NOTICE_TEXTS_A_DAY } from './limits.js'
import { messageUuid } from './message-uuid.js'
import { createDeliveryStore } from './store/deliveries.js'
import { createMessageStore } from './store/messages.js'
import { findPreferences } from './store/preferences.js'
import type { DigestOf } from './store/suppressions.js'
import { inbox, outbox } from './store/tables.js'
import { localeFor } from './templates/locales.js'
import { createWebhooks } from './webhooks/work.js'

type Parts = {
  transport: CallTransport
  log: Logger
  env: NotificationsEnv
  database: Database
  queues: Queues
  deadLetters: DeadLetterStore
  relay: Relay
  suppressions: SuppressionStore<Transaction>
  digestOf: DigestOf
} & Pick<Outlets, 'outlets'>

/** What runs beside requests: events become messages, messages become mail. */
export async function wireWork(parts: Parts) {
  const { env, database, queues, outlets, deadLetters, relay, suppressions, transport, log } = parts
  const { db } = database
  const deliveries = createDeliveryStore(db, parts.digestOf)
  const messages = createMessageStore(db)
  const dispatchers = createDispatchers({ deliveries, queues, messageUuid, log })
  const users = callClient(usersCalls, transport)

  const open = await createOpen(env.NOTIFICATIONS_SEALING_KEY)
  const notifyBy = notifying({ ...parts, users, messages })
  const contactsOf = async (ids: readonly string[]) =>
    new Map((await users.getMany({ ids: [...new Set(ids)] })).map((contact) => [contact.id, contact]))
  const contactOf = async (id: string) => (await contactsOf([id])).get(id) ?? null
  const notify = notifyBy(contactOf)
  const notifyAt = (contact: Contact) => notifyBy(async () => contact)
  const erasing = createErasing({ ...parts, db, outbox: createOutbox(outbox, relay.poke), open, notifyAt })
  const backlog = watchBacklog({ deliveries, deadLetters, log })
  const webhooks = createWebhooks({ db, queues, log, settings: env.webhooks })
  const beside = [dispatchers, relay, erasing, backlog, webhooks]
  const leases = holdLeases(deliveries)
  const deliver = makeDeliverMessage({
    deliveries: { claim: leases.claim, record: recordFirmly(deliveries.record) },
    open,
    outlets,
    isStopped: makeIsStopped({ suppressions, preferencesOf: (id) => preferencesIn(db, id) }),
    random: Math.random,
  })

  return {
    poke: dispatchers.poke,
    start() {
      workDeliveries({ queues, deliver: (id) => deliver(id).finally(() => leases.release(id)), log })
      consumeEvents({
        name: 'notifications',
        db,
        inbox,
        queues: afterEachJob(afterEachJob(queues, dispatchers.poke), webhooks.poke),
        // What is told of an account that is gone is written after the rest of it was erased.
        subscriptions: [
          ...SUBSCRIPTIONS.map((subscribe) => subscribe(notify)),
          onAddressProved({ contactOf, suppressions }),
          onCodeArrived({ contactsOf, suppressions }),
          ...[erasing.subscription, ...webhooks.subscriptions],
        ],
      })
      for (const part of beside) part.start()
    },
    stop: async () => {
      await Promise.all(beside.map((part) => part.stop()))
      leases.stop()
    },
    close: webhooks.close,
  }
}

type Notifying = Pick<Parts, 'env' | 'log' | 'suppressions'> & {
  users: CallClient<typeof usersCalls.calls>
  messages: ReturnType<typeof createMessageStore>
}

/** How a notice becomes a message, for whoever says where a person is. */
const notifying =
  ({ env, log, suppressions, users, messages }: Notifying) =>
  (contactOf: (userId: string) => Promise<Contact | null>) =>
    makeNotify<Transaction>({
      contactOf,
      async addressOf(userId, { changeId, which }) {
        const change = await users.findContactChange({ changeId })
        if (change?.userId !== userId) return null
        if (which === 'OLD') return change.oldValue
        return change.provable ? change.newValue : null
      },
      isTextable: (number) => isTextable(number, env.SMS_COUNTRIES),
      messages,
      hasTextsLeft: async (...notice) => (await messages.countTexts(...notice)) < NOTICE_TEXTS_A_DAY,
      noteHeld: noteHeld(log),
      isUnreachable: (tx, { channel, recipient }) =>
        suppressions.isUnreachable(tx, { channel, address: recipient }),
      timeOf,
      preferencesOf: preferencesIn,
      localeFor,
      newMessageId: () => newId('ntf'),
      now: () => new Date(),
    })

const preferencesIn = async (db: Transaction, userId: string): Promise<Preferences> =>
  (await findPreferences(db, [userId]))[0] ?? DEFAULT_PREFERENCES
