import type { Channel } from '../domain/message.js'
import type { Outlet, Sender, Sms } from '../domain/ports.js'
import type { NotificationsEnv } from '../env.js'
import { render } from '../templates/render.js'
import { renderSms } from '../templates/render-sms.js'
import { NO_SMS } from './no-sms.js'
import { createSmsByMail } from './sms-by-mail.js'
import { createSmtpSender, type SmtpSender } from './smtp.js'
import { createTwilioSender } from './twilio.js'

export type Outlets = { outlets: Record<Channel, Outlet>; stop(): Promise<void> }

type Options = { env: NotificationsEnv; messageUuid: (id: string) => string }

/** Every way to a person, as the operator has set it up. */
export function openOutlets({ env, messageUuid }: Options): Outlets {
  const mail = createSmtpSender({ url: env.SMTP_URL, from: env.MAIL_FROM, messageUuid })
  const sms = createSmsSender(env, mail)
  const product = env.PRODUCT_NAME

  return {
    outlets: {
      EMAIL: {
        provider: mail.provider,
        word({ id, recipient, template, locale, variables }, secret) {
          const letter = render(template, { product, locale, variables, secret })
          return () => mail.send({ id, recipient, ...letter })
        },
      },
      SMS: {
        provider: sms.provider,
        word({ id, recipient, template, locale, variables }, secret) {
          const text = renderSms(template, { product, locale, variables, secret })
          return () => sms.send({ id, recipient, text })
        },
      },
    },
    async stop() {
      mail.stop()
      await sms.stop()
    },
  }
}

function createSmsSender(
  { sms }: NotificationsEnv,
  mail: SmtpSender,
): Sender<Sms> & { stop(): Promise<void> } {
  switch (sms.provider) {
    case 'none':
      return { ...NO_SMS, stop: async () => {} }
    case 'dev':
      return { ...createSmsByMail(mail), stop: async () => {} }
    case 'twilio':
      return createTwilioSender(sms)
  }
}
