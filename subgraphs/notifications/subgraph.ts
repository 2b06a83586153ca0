import { fileURLToPath } from 'node:url'
import { type Actor, ITSELF } from '../shared/audit/act.js'
import type { CallTransport } from '../shared/calls/transport.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { createRelay, type Relay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { isId } from '../shared/ids/type-id.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { openOutlets } from './channels/open-outlets.js'
import { notificationsContext } from './context.js'
import { addressDigests } from './digests.js'
import { makeChangePreferences } from './domain/change-preferences.js'
import { makeListMessages } from './domain/list-messages.js'
import { makeReadMessages } from './domain/read-messages.js'
import { makeRemoveSuppression } from './domain/remove-suppression.js'
import { makeRetryMessage } from './domain/retry-message.js'
import type { NotificationsEnv, NotificationsOperatorEnv } from './env.js'
import { PRODUCES } from './events/produces.js'
import { openHooks } from './hooks/open-hooks.js'
import { answerNotificationsCalls } from './internal/calls.js'
import { messageUuid } from './message-uuid.js'
import { NotificationResolver, notificationByReference } from './resolvers/notification.js'
import { NotificationsResolver } from './resolvers/notifications.js'
import { PreferencesResolver } from './resolvers/preferences.js'
import { RemoveSuppressionResolver } from './resolvers/remove-suppression.js'
import { RetryNotificationResolver } from './resolvers/retry-notification.js'
import { SendResolver } from './resolvers/send.js'
import { TemplatesResolver, templateByReference } from './resolvers/templates.js'
import { UnsubscribeResolver } from './resolvers/unsubscribe.js'
import { UserResolver, userByReference } from './resolvers/user.js'
import { User } from './schema/user.js'
import { openSending } from './sending.js'
import { createDeadLetterStore } from './store/dead-letters.js'
import { createMessageDirectory } from './store/directory.js'
import { createMessageStore } from './store/messages.js'
import { createPreferenceStore } from './store/preferences.js'
import { createReportStore } from './store/reports.js'
import { createSuppressionStore } from './store/suppressions.js'
import { outbox } from './store/tables.js'
import { replayWebhooks } from './store/webhook-upkeep.js'
import { TEMPLATES_WITH_SECRET } from './templates/catalogue.js'
import { openUnsubscribing } from './unsubscribing.js'
import { openWording } from './wording.js'
import { wireWork } from './work.js'

type Given = { transport: CallTransport; log: Logger }

/** What `prepareSchema` needs to bring this subgraph's tables up to date. */
export const notificationsSchema = (url: string): SchemaSource => ({
  name: 'notifications',
  migrations: fileURLToPath(new URL('migrations', import.meta.url)),
  url,
})

/** What it owns of the graph; needs no settings, so that it can be composed without running. */
export const buildNotificationsSchema = () =>
  buildSubgraph({
    resolvers: [
      UserResolver,
      NotificationResolver,
      NotificationsResolver,
      PreferencesResolver,
      RetryNotificationResolver,
      SendResolver,
      TemplatesResolver,
      RemoveSuppressionResolver,
      UnsubscribeResolver,
    ],
    // The router enters by reference too.
    entities: [User],
    references: {
      User: userByReference,
      Notification: notificationByReference,
      NotificationTemplate: templateByReference,
    },
  })

const openDeadLetters = ({ db }: Pick<Database, 'db'>, outbox: Pick<Relay, 'poke'>) =>
  createDeadLetterStore({ db, outbox, withSecret: TEMPLATES_WITH_SECRET })

const BY_OPERATOR: Actor = { ...ITSELF, client: 'operator' }

/** What an operator does at the command line, on the database alone. */
export function createNotificationsOperator(env: NotificationsOperatorEnv) {
  const database = connectDatabase({ url: env.NOTIFICATIONS_DATABASE_URL, name: 'notifications-operator' })
  // Whoever runs looks every few seconds for what is due and untold.
  const deadLetters = openDeadLetters(database, { poke: () => {} })
  return {
    replayDeadLetters: () => deadLetters.replayAll(BY_OPERATOR),
    replayWebhooks: () => replayWebhooks(database.db, BY_OPERATOR),
    stop: database.stop,
  }
}

/** Wires the subgraph. The one place that knows every part. */
export async function createNotificationsSubgraph(env: NotificationsEnv, given: Given): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.NOTIFICATIONS_DATABASE_URL,
    name: 'notifications',
    onStatement: () => statements.inc({ part: 'notifications' }),
    log: given.log,
  })
  const queues = createQueues(queueSettings(env), given.log)
  const relay = createRelay({ db: database.db, outbox, produces: PRODUCES, queues, log: given.log })
  const { wordMessage, templates, ...words } = openWording({ ...given, env, database, relay })
  const preferences = createPreferenceStore(database.db, relay)
  const { tokens, unsubscribe } = openUnsubscribing({ ...given, env, preferences })
  const { outlets, stop: closeOutlets } = openOutlets({ env, messageUuid, wordMessage, tokens })
  const deadLetters = openDeadLetters(database, relay)
  const digestOf = addressDigests(env.NOTIFICATIONS_KEY)
  const suppressions = createSuppressionStore({ db: database.db, digestOf, outbox: relay })
  const work = await wireWork({
    ...{ ...given, env, database, queues, outlets, deadLetters, relay, suppressions, digestOf },
  })

  return {
    name: 'notifications',
    ...(await buildNotificationsSchema()),
    context: notificationsContext({
      readMessages: makeReadMessages(createMessageStore(database.db)),
      listMessages: makeListMessages({ directory: createMessageDirectory(database.db), isUserId }),
      changePreferences: makeChangePreferences({ preferences }),
      preferences,
      retryMessage: makeRetryMessage({ deadLetters, poke: work.poke }),
      sendMessage: openSending({
        ...{ ...given, ...words, env, database, relay, preferences, suppressions, poke: work.poke },
      }),
      templates,
      removeSuppression: makeRemoveSuppression({ suppressions }),
      unsubscribe,
    }),
    calls: answerNotificationsCalls({
      takeHook: openHooks({
        env,
        unsubscribe,
        reports: createReportStore(database.db, digestOf),
        log: given.log,
      }),
    }),
    start: async () => work.start(),
    async stop() {
      await work.stop()
      await queues.stop()
      await work.close()
      await closeOutlets()
      await database.stop()
    },
    // Without its queue it reads and writes all the same; what is due waits in its row.
    readyAt: database.readyAt,
  }
}

const isUserId = (id: string): boolean => isId('usr', id)
