import type { Language } from '../language.js'
import { ACCOUNTS_FR } from './accounts.js'
import { ADDRESSES_FR } from './addresses.js'
import { SERVICES_FR } from './services.js'
import { SIGN_IN_FR } from './sign-in.js'
import { spaced, unbroken } from './spaced.js'
import { TEXTS_FR } from './texts.js'

export const FR: Language = {
  greeting: 'Bonjour {name},',
  greetingWithoutName: 'Bonjour,',
  footer: unbroken(
    'Vous recevez ce message en raison d’un compte chez {product}. Il a été envoyé automatiquement ; les réponses ne sont pas lues.',
  ),
  colon: '\u00A0:',
  unsubscribe: 'Ne plus recevoir de messages de ce type',
  copyLink: unbroken('Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :'),
  mails: spaced({ ...ACCOUNTS_FR, ...ADDRESSES_FR, ...SIGN_IN_FR, ...SERVICES_FR }),
  texts: TEXTS_FR,
}
