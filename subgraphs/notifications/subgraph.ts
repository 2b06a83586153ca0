import { fileURLToPath } from 'node:url'
import { ITSELF } from '../shared/audit/act.js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { createOutbox, type Transaction } from '../shared/events/outbox.js'
import { createRelay, type Relay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { idToUuid, newId } from '../shared/ids/type-id.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues, type Queues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { createOpen } from '../shared/secrets/sealing.js'
import { type Outlets, openOutlets } from './channels/open-outlets.js'
import { notificationsContext } from './context.js'
import { createDispatcher, DELIVERIES } from './delivery/dispatcher.js'
import { holdLeases } from './delivery/hold-lease.js'
import { recordFirmly } from './delivery/record-firmly.js'
import { workDeliveries } from './delivery/worker.js'
import { makeChangePreferences } from './domain/change-preferences.js'
import { makeDeliverMessage } from './domain/deliver-message.js'
import { makeNotify } from './domain/notify.js'
import type { Contact, PreferenceStore } from './domain/ports.js'
import { DEFAULT_PREFERENCES } from './domain/preferences.js'
import { makeReadMessages } from './domain/read-messages.js'
import { makeRetryMessage } from './domain/retry-message.js'
import type { NotificationsEnv, NotificationsOperatorEnv } from './env.js'
import { createErasing } from './erasing.js'
import { afterEachJob } from './events/after-commit.js'
import { PRODUCES } from './events/produces.js'
import { SUBSCRIPTIONS } from './events/subscriptions.js'
import { NOTICE_TEXTS_A_DAY } from './limits.js'
import { NotificationResolver, notificationByReference } from './resolvers/notification.js'
import { PreferencesResolver } from './resolvers/preferences.js'
import { RetryNotificationResolver } from './resolvers/retry-notification.js'
import { UserResolver, userByReference } from './resolvers/user.js'
import { User } from './schema/user.js'
import { createDeadLetterStore } from './store/dead-letters.js'
import { createDeliveryStore } from './store/deliveries.js'
import { createMessageStore } from './store/messages.js'
import { createPreferenceStore } from './store/preferences.js'
import { inbox, outbox } from './store/tables.js'
import { TEMPLATES_WITH_SECRET } from './templates/catalogue.js'
import { localeFor } from './templates/locales.js'

type Given = { transport: CallTransport; log: Logger }

type Parts = Given & {
  env: NotificationsEnv
  database: Database
  queues: Queues
  preferences: PreferenceStore
  relay: Relay
} & Pick<Outlets, 'outlets'>

/** What `prepareSchema` needs to bring this subgraph's tables up to date. */
export const notificationsSchema = (url: string): SchemaSource => ({
  name: 'notifications',
  migrations: fileURLToPath(new URL('migrations', import.meta.url)),
  url,
})

/** What it owns of the graph; needs no settings, so that it can be composed without running. */
export const buildNotificationsSchema = () =>
  buildSubgraph({
    resolvers: [UserResolver, NotificationResolver, PreferencesResolver, RetryNotificationResolver],
    // The router enters by reference too.
    entities: [User],
    references: { User: userByReference, Notification: notificationByReference },
  })

const openDeadLetters = ({ db }: Pick<Database, 'db'>, outbox: Pick<Relay, 'poke'>) =>
  createDeadLetterStore({ db, outbox, withSecret: TEMPLATES_WITH_SECRET })

/** What an operator does at the command line, on the database alone. */
export function createNotificationsOperator(env: NotificationsOperatorEnv) {
  const database = connectDatabase({ url: env.NOTIFICATIONS_DATABASE_URL, name: 'notifications-operator' })
  // Whoever runs looks every few seconds for what is due and untold.
  const deadLetters = openDeadLetters(database, { poke: () => {} })
  return {
    replayDeadLetters: () => deadLetters.replayAll({ ...ITSELF, client: 'operator' }),
    stop: database.stop,
  }
}

/** Wires the subgraph. The one place that knows every part. */
export async function createNotificationsSubgraph(env: NotificationsEnv, given: Given): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.NOTIFICATIONS_DATABASE_URL,
    name: 'notifications',
    onStatement: () => statements.inc({ part: 'notifications' }),
  })
  const queues = createQueues(queueSettings(env), given.log)
  const { outlets, stop: closeOutlets } = openOutlets({ env, messageUuid })
  const relay = createRelay({ db: database.db, outbox, produces: PRODUCES, queues, log: given.log })
  const preferences = createPreferenceStore(database.db, relay)
  const deadLetters = openDeadLetters(database, relay)
  const work = await wireWork({ ...given, env, database, queues, outlets, preferences, relay })

  return {
    name: 'notifications',
    ...(await buildNotificationsSchema()),
    context: notificationsContext({
      readMessages: makeReadMessages(createMessageStore(database.db)),
      changePreferences: makeChangePreferences({ preferences }),
      preferences,
      retryMessage: makeRetryMessage({ deadLetters, poke: work.poke }),
    }),
    calls: { owner: 'notifications', definitions: {}, handlers: {} },
    start: async () => work.start(),
    async stop() {
      await work.stop()
      await queues.stop()
      await closeOutlets()
      await database.stop()
    },
    // Without its queue it reads and writes all the same; what is due waits in its row.
    isReady: database.isReady,
  }
}

/** What runs beside requests: events become messages, messages become mail. */
async function wireWork(parts: Parts) {
  const { env, database, queues, outlets, preferences, relay, transport, log } = parts
  const { db } = database
  const deliveries = createDeliveryStore(db)
  const messages = createMessageStore(db)
  const dispatcher = createDispatcher({ deliveries, queue: queues.queue(DELIVERIES), messageUuid, log })
  const users = callClient(usersCalls, transport)

  const open = await createOpen(env.NOTIFICATIONS_SEALING_KEY)
  const notifyBy = (contactOf: (userId: string) => Promise<Contact | null>) =>
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
      preferencesOf: async (userId) => (await preferences.findMany([userId]))[0] ?? DEFAULT_PREFERENCES,
      localeFor,
      newMessageId: () => newId('ntf'),
      now: () => new Date(),
    })
  const notify = notifyBy(async (id) => (await users.getMany({ ids: [id] }))[0] ?? null)
  const notifyAt = (contact: Contact) => notifyBy(async () => contact)
  const erasing = createErasing({ db, outbox: createOutbox(outbox, relay.poke), log, open, notifyAt })
  const leases = holdLeases(deliveries)
  const deliver = makeDeliverMessage({
    deliveries: { claim: leases.claim, record: recordFirmly(deliveries.record) },
    open,
    outlets,
    random: Math.random,
  })

  return {
    poke: dispatcher.poke,
    start() {
      workDeliveries({ queues, deliver: (id) => deliver(id).finally(() => leases.release(id)), log })
      consumeEvents({
        name: 'notifications',
        db,
        inbox,
        queues: afterEachJob(queues, dispatcher.poke),
        subscriptions: [...SUBSCRIPTIONS.map((subscribe) => subscribe(notify)), erasing.subscription],
      })
      dispatcher.start()
      relay.start()
      erasing.start()
    },
    stop: async () => {
      await Promise.all([dispatcher.stop(), relay.stop(), erasing.stop()])
      leases.stop()
    },
  }
}

function messageUuid(id: string): string {
  const uuid = idToUuid('ntf', id)
  // Ids of messages are made here alone.
  if (uuid === null) throw new TypeError('not the id of a message')
  return uuid
}
