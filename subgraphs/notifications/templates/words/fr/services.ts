import type { Language } from '../language.js'

/** What services have to say, in words of their own. */
export const SERVICES_FR = {
  custom: {
    subject: 'Un message pour vous',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer: 'Ce message a été envoyé automatiquement par {product} ; les réponses ne sont pas lues.',
  },
  'product-news': {
    subject: 'Nos actualités',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer:
      'Vous recevez ce message parce que vous avez demandé à recevoir les actualités de {product}. Il a été envoyé automatiquement ; les réponses ne sont pas lues.',
  },
} satisfies Partial<Language['mails']>
