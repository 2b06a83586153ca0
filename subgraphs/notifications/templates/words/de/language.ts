import type { Language } from '../language.js'
import { ACCOUNTS_DE } from './accounts.js'
import { ADDRESSES_DE } from './addresses.js'
import { SERVICES_DE } from './services.js'
import { SIGN_IN_DE } from './sign-in.js'
import { TEXTS_DE } from './texts.js'

export const DE: Language = {
  greeting: 'Guten Tag {name}!',
  greetingWithoutName: 'Guten Tag!',
  footer:
    'Sie erhalten diese Nachricht wegen eines Kontos bei {product}. Sie wurde automatisch versandt; Antworten werden nicht gelesen.',
  colon: ':',
  unsubscribe: 'Nachrichten dieser Art abbestellen',
  copyLink: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
  mails: { ...ACCOUNTS_DE, ...ADDRESSES_DE, ...SIGN_IN_DE, ...SERVICES_DE },
  texts: TEXTS_DE,
}
