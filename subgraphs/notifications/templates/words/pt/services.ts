import type { Language } from '../language.js'

/** What services have to say, in words of their own. */
export const SERVICES_PT = {
  custom: {
    subject: 'Uma mensagem para você',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer: 'Esta mensagem foi enviada automaticamente por {product}; as respostas não são lidas.',
  },
  'product-news': {
    subject: 'Novidades',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer:
      'Você recebeu esta mensagem porque pediu novidades de {product}. Ela foi enviada automaticamente; as respostas não são lidas.',
  },
} satisfies Partial<Language['mails']>
