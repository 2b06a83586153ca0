import type { Language } from '../language.js'

/** What services have to say, in words of their own. */
export const SERVICES_ES = {
  custom: {
    subject: 'Un mensaje para usted',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer: '{product} ha enviado este mensaje de forma automática; las respuestas no se leen.',
  },
  'product-news': {
    subject: 'Novedades',
    body: `
      # {title}

      {text}

      [{label}]({link})`,
    footer:
      'Recibe este mensaje porque ha pedido novedades de {product}. Se ha enviado de forma automática; las respuestas no se leen.',
  },
} satisfies Partial<Language['mails']>
