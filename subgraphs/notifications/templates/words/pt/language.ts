import type { Language } from '../language.js'
import { ACCOUNTS_PT } from './accounts.js'
import { ADDRESSES_PT } from './addresses.js'
import { SERVICES_PT } from './services.js'
import { SIGN_IN_PT } from './sign-in.js'
import { TEXTS_PT } from './texts.js'

export const PT: Language = {
  greeting: 'Olá, {name},',
  greetingWithoutName: 'Olá,',
  footer:
    'Você recebeu esta mensagem por causa de uma conta em {product}. Ela foi enviada automaticamente; as respostas não são lidas.',
  colon: ':',
  unsubscribe: 'Deixar de receber mensagens deste tipo',
  copyLink: 'Se o botão não funcionar, copie este endereço para o seu navegador:',
  mails: { ...ACCOUNTS_PT, ...ADDRESSES_PT, ...SIGN_IN_PT, ...SERVICES_PT },
  texts: TEXTS_PT,
}
