import type { Language } from '../language.js'
import { ACCOUNTS_JA } from './accounts.js'
import { ADDRESSES_JA } from './addresses.js'
import { SERVICES_JA } from './services.js'
import { SIGN_IN_JA } from './sign-in.js'
import { TEXTS_JA } from './texts.js'

export const JA: Language = {
  greeting: '{name} 様',
  greetingWithoutName: 'お客様へ',
  footer:
    'このメールは、{product} のアカウントに関するお知らせとして自動送信されています。ご返信いただいてもお答えできません。',
  colon: '：',
  unsubscribe: 'この種類のメッセージの配信を停止する',
  copyLink: 'ボタンが機能しない場合は、次の URL をブラウザーに貼り付けてください：',
  mails: { ...ACCOUNTS_JA, ...ADDRESSES_JA, ...SIGN_IN_JA, ...SERVICES_JA },
  texts: TEXTS_JA,
}
