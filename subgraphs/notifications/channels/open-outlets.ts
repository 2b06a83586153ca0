import type { Channel, ClaimedMessage } from '../domain/message.js'
import type { Outlet, SendResult, UnsubscribeTokens } from '../domain/ports.js'
import { segmentsOf } from '../domain/segments.js'
import type { NotificationsEnv } from '../env.js'
import type { WordMessage } from '../templates/word-message.js'
import { createGatewaySender } from './http-gateway.js'
import type { SmsSender } from './http-sms.js'
import { NO_SMS } from './no-sms.js'
import { createSmsByMail } from './sms-by-mail.js'
import { createSmtpSender, type SmtpSender } from './smtp.js'
import { statusUrlsAt } from './status-url.js'
import { createTwilioSender } from './twilio.js'
import { createVonageSender } from './vonage.js'

export type Outlets = { outlets: Record<Channel, Outlet>; stop(): Promise<void> }

type MessageUuid = (id: string) => string

type Options = {
  env: NotificationsEnv
  messageUuid: MessageUuid
  wordMessage: WordMessage
  tokens: Pick<UnsubscribeTokens, 'make'>
}

/** What a text that was taken is billed as. */
const withSegments = (result: SendResult, text: string): SendResult =>
  result.kind === 'accepted' ? { ...result, segments: segmentsOf(text).count } : result

/** Every way to a person, as the operator has set it up. */
export function openOutlets({ env, messageUuid, wordMessage, tokens }: Options): Outlets {
  const mail = createSmtpSender({ url: env.SMTP_URL, from: env.MAIL_FROM, dkim: env.dkim, messageUuid })
  const sms = createSmsSender(env, mail, messageUuid)
  const linksOf = unsubscribeLinks(env.PUBLIC_URL, tokens)

  return {
    outlets: {
      EMAIL: {
        provider: mail.provider,
        async word(message, secret) {
          const { id, recipient } = message
          const links = linksOf(message)
          const letter = await wordMessage.mail(message, secret, links?.page ?? null)
          return () => mail.send({ id, recipient, ...letter, unsubscribeUrl: links?.press ?? null })
        },
      },
      SMS: {
        provider: sms.provider,
        async word(message, secret) {
          const { id, recipient } = message
          const text = await wordMessage.text(message, secret)
          return async () => withSegments(await sms.send({ id, recipient, text }), text)
        },
      },
    },
    async stop() {
      mail.stop()
      await sms.stop()
    },
  }
}

/** Where the person of a message that may be refused is spared more of the kind: by a page of ours, or one press. */
const unsubscribeLinks =
  (publicUrl: string, tokens: Pick<UnsubscribeTokens, 'make'>) =>
  ({ userId, refusedBy }: Pick<ClaimedMessage, 'userId' | 'refusedBy'>) => {
    if (userId === null || refusedBy === null) return null
    const token = tokens.make({ userId, what: refusedBy })
    return {
      page: new URL(`/account/unsubscribe#token=${token}`, publicUrl).href,
      press: new URL(`/hooks/unsubscribe?token=${token}`, publicUrl).href,
    }
  }

function createSmsSender(env: NotificationsEnv, mail: SmtpSender, messageUuid: MessageUuid): SmsSender {
  const { sms } = env
  const statusUrlOf = statusUrlsAt(env.PUBLIC_URL)
  switch (sms.provider) {
    case 'none':
      return { ...NO_SMS, stop: async () => {} }
    case 'dev':
      return { ...createSmsByMail(mail), stop: async () => {} }
    case 'twilio':
      return createTwilioSender({ ...sms, statusUrl: statusUrlOf('twilio'), messageUuid })
    case 'vonage':
      return createVonageSender({
        ...sms,
        statusUrl: sms.signatureSecret && statusUrlOf('vonage'),
        messageUuid,
      })
    case 'http':
      return createGatewaySender({ ...sms, messageUuid })
  }
}
