import type { Language } from '../language.js'
import { ACCOUNTS_ES } from './accounts.js'
import { ADDRESSES_ES } from './addresses.js'
import { SERVICES_ES } from './services.js'
import { SIGN_IN_ES } from './sign-in.js'
import { TEXTS_ES } from './texts.js'

export const ES: Language = {
  greeting: 'Hola, {name}:',
  greetingWithoutName: 'Hola:',
  footer:
    'Recibe este mensaje porque tiene relación con una cuenta en {product}. Se ha enviado de forma automática; las respuestas no se leen.',
  colon: ':',
  unsubscribe: 'Dejar de recibir mensajes de este tipo',
  copyLink: 'Si el botón no funciona, copie esta dirección en su navegador:',
  mails: { ...ACCOUNTS_ES, ...ADDRESSES_ES, ...SIGN_IN_ES, ...SERVICES_ES },
  texts: TEXTS_ES,
}
