import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import type { Database } from '../shared/database/connect.js'
import type { Relay } from '../shared/events/relay.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { isId, newId } from '../shared/ids/type-id.js'
import { sendDigests } from './digests.js'
import type { PreferenceStore, SuppressionStore } from './domain/ports.js'
import { DEFAULT_PREFERENCES } from './domain/preferences.js'
import { makeSendMessage } from './domain/send-message.js'
import type { TemplateStore } from './domain/template-ports.js'
import type { NotificationsEnv } from './env.js'
import { createSendStore } from './store/sends.js'
import type { ReadStoredWords } from './templates/read-stored-words.js'
import { serviceTemplates } from './templates/service-templates.js'
import type { IsLink } from './templates/service-variables.js'

type Parts = {
  env: NotificationsEnv
  database: Database
  relay: Relay
  transport: CallTransport
  preferences: Pick<PreferenceStore, 'findMany'>
  suppressions: Pick<SuppressionStore, 'listReasons'>
  findByName: TemplateStore['findByName']
  readStored: ReadStoredWords
  isLink: IsLink
  poke: () => void
}

/** What services have sent. */
export function openSending({
  env,
  database,
  relay,
  transport,
  preferences,
  suppressions,
  poke,
  ...words
}: Parts) {
  const users = callClient(usersCalls, transport)

  return makeSendMessage({
    sends: createSendStore(database.db, relay),
    templates: serviceTemplates({ product: env.PRODUCT_NAME, ...words }),
    contactOf: async (id) => (await users.getMany({ ids: [id] }))[0] ?? null,
    preferencesOf: async (id) => (await preferences.findMany([id]))[0] ?? DEFAULT_PREFERENCES,
    reasonsOf: suppressions.listReasons,
    isUserId: (id) => isId('usr', id),
    isTextable: (number) => isTextable(number, env.SMS_COUNTRIES),
    digestOf: sendDigests(sealingSecret(env)),
    textsAnHour: env.SMS_HOURLY_MAX_OF_SERVICES,
    newMessageId: () => newId('ntf'),
    now: () => new Date(),
    poke,
  })
}

/** The private half of the key that codes are sealed to: as secret as what it opens, and every process has it. */
const sealingSecret = ({ NOTIFICATIONS_SEALING_KEY: { d = '' } }: NotificationsEnv): Uint8Array =>
  Buffer.from(d, 'base64url')
