import * as z from 'zod'
import {
  CommonEnv,
  jwk,
  list,
  originList,
  PeersEnv,
  port,
  productName,
  QueueEnv,
  SmsEnv,
  secretBytes,
} from '../shared/env/fragments.js'
import { type EnvSource, readEnv } from '../shared/env/read-env.js'
import { DkimEnv, readDkimSettings } from './dkim-settings.js'
import { readSmsSettings, SmsProviderEnv } from './sms-settings.js'
import { readWebhookSettings, WebhooksEnv } from './webhooks/settings.js'

/** `Name <address>`. Both go into headers, so neither may hold anything that ends or bends one. */
const mailFrom = z
  .string()
  .regex(/^[^\p{Cc}"<>]+ <[^\s"<>@,;:]+@[^\s"<>@,;:]+>$/u, 'must look like: Name <address@domain>')
  .transform((text) => {
    const start = text.lastIndexOf(' <')
    return { name: text.slice(0, start).trim(), address: text.slice(start + 2, -1) }
  })

/** As Standard Webhooks writes them, `whsec_` and Base64; a comma between several. */
const hookSecrets = list
  .pipe(z.array(z.string().regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, 'must be whsec_ and Base64')))
  .transform((secrets) =>
    secrets.map((secret) => new Uint8Array(Buffer.from(secret.slice('whsec_'.length), 'base64'))),
  )
  .pipe(z.array(z.instanceof(Uint8Array).refine(({ length }) => length >= 32, 'must be at least 32 bytes')))

export const NotificationsEnv = z.object({
  ...CommonEnv.shape,
  ...QueueEnv.shape,
  ...PeersEnv.shape,
  ...SmsEnv.shape,
  ...SmsProviderEnv.shape,
  ...DkimEnv.shape,
  ...WebhooksEnv.shape,
  NOTIFICATIONS_DATABASE_URL: z.url(),
  NOTIFICATIONS_PORT: port.default(4105),
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, hostname: /./ }),
  MAIL_FROM: mailFrom.prefault('Usergraph <no-reply@usergraph.test>'),
  PRODUCT_NAME: productName,
  /** Where a button of a service's message may lead, besides `PUBLIC_URL`. */
  MESSAGE_LINK_ORIGINS: originList,
  SMS_HOURLY_MAX_OF_SERVICES: z.coerce.number().int().min(1).max(1_000_000).default(200),
  NOTIFICATIONS_PRIVATE_KEY: jwk,
  NOTIFICATIONS_SEALING_KEY: jwk,
  NOTIFICATIONS_KEY: secretBytes,
  MAIL_HOOK_SECRETS: hookSecrets,
})

/** With what takes more than one setting. */
const WholeEnv = NotificationsEnv.transform((env, context) => {
  const sms = readSmsSettings(env)
  const dkim = readDkimSettings(env)
  const webhooks = readWebhookSettings(env)
  for (const { path, message } of [...sms.faults, ...dkim.faults, ...webhooks.faults]) {
    context.addIssue({ code: 'custom', path: [path].flat(), message })
  }
  return { ...env, sms: sms.settings, dkim: dkim.settings, webhooks: webhooks.settings }
})

export type NotificationsEnv = z.output<typeof WholeEnv>

/** What an operator's command needs of it. */
const NotificationsOperatorEnv = NotificationsEnv.pick({ NOTIFICATIONS_DATABASE_URL: true })

export type NotificationsOperatorEnv = z.output<typeof NotificationsOperatorEnv>

export const readNotificationsOperatorEnv = (source: EnvSource): NotificationsOperatorEnv =>
  readEnv(NotificationsOperatorEnv, source)

/** Reads and checks the settings. Called once, by `index.ts`; everything else gets values. */
export const readNotificationsEnv = (source: EnvSource = process.env): NotificationsEnv =>
  readEnv(WholeEnv, source)
