import type { Language } from '../language.js'

/** What services have to say, in words of their own. */
export const SERVICES_EN = {
  custom: {
    subject: 'A message for you',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer: 'This message was sent automatically by {product}; replies are not read.',
  },
  'product-news': {
    subject: 'News from us',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer:
      'You get this message because you asked for news from {product}. It was sent automatically; replies are not read.',
  },
} satisfies Partial<Language['mails']>
