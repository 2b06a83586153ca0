import type { Language } from '../language.js'
import { ACCOUNTS_EN } from './accounts.js'
import { ADDRESSES_EN } from './addresses.js'
import { SERVICES_EN } from './services.js'
import { SIGN_IN_EN } from './sign-in.js'
import { TEXTS_EN } from './texts.js'

export const EN: Language = {
  greeting: 'Hello {name},',
  greetingWithoutName: 'Hello,',
  footer:
    'You get this message because of an account at {product}. It was sent automatically; replies are not read.',
  colon: ':',
  unsubscribe: 'Unsubscribe from messages of this kind',
  copyLink: 'If the button does not work, copy this address into your browser:',
  mails: { ...ACCOUNTS_EN, ...ADDRESSES_EN, ...SIGN_IN_EN, ...SERVICES_EN },
  texts: TEXTS_EN,
}
