import type { Language } from '../language.js'

/** What services have to say, in words of their own. */
export const SERVICES_JA = {
  custom: {
    subject: 'お知らせ',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer: 'このメールは {product} から自動送信されています。ご返信いただいてもお答えできません。',
  },
  'product-news': {
    subject: '最新情報のお知らせ',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer:
      'このメールは、{product} からの最新情報をご希望の方に自動送信されています。ご返信いただいてもお答えできません。',
  },
} satisfies Partial<Language['mails']>
