import type { Language } from '../language.js'

/** What services have to say, in words of their own. */
export const SERVICES_DE = {
  custom: {
    subject: 'Eine Nachricht für Sie',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer: 'Diese Nachricht wurde automatisch von {product} versandt; Antworten werden nicht gelesen.',
  },
  'product-news': {
    subject: 'Neues von uns',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer:
      'Sie erhalten diese Nachricht, weil Sie Neuigkeiten von {product} gewünscht haben. Sie wurde automatisch versandt; Antworten werden nicht gelesen.',
  },
} satisfies Partial<Language['mails']>
