import type { MailName } from './catalogue.js'

/** Facts that a message could be filled with, and its secret. */
export type Example = {
  variables: Record<string, string | null>
  secret: string | null
  /** Of what may be refused. */
  unsubscribePage?: string
}

const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIDI1NiByYW5kb20gYml0cw'

const PERSON = { name: 'Ada Lovelace', timeZone: 'Europe/Vienna', at: '2026-11-24T03:16:40.000Z' }

const plain: Example = { variables: PERSON, secret: null }
const code: Example = { variables: PERSON, secret: '482913' }

/** With a link at its foot. */
const refusable = (example: Example): Example => ({
  ...example,
  unsubscribePage: `https://id.example.org/account/unsubscribe#token=${TOKEN}`,
})

const link = (page: string): Example => ({
  variables: { ...PERSON, verificationUrl: `https://id.example.org/account/${page}` },
  secret: TOKEN,
})

const told = (...given: readonly Record<string, string>[]): [Example, ...Example[]] => {
  const [first, ...rest] = given.map((variables) => ({ ...plain, variables: { ...PERSON, ...variables } }))
  return [first ?? plain, ...rest]
}

const device = { device: 'Firefox on Linux', ip: '198.51.100.7' }

const said = (title: string, text: string, button: Record<string, string>): [Example, ...Example[]] =>
  told({ title, text }, { title, text, ...button })

const allRefusable = ([first, ...rest]: readonly [Example, ...Example[]]): [Example, ...Example[]] => [
  refusable(first),
  ...rest.map(refusable),
]

/** For each message every way in which it is worded: what the tests and the page of all messages show. */
export const EXAMPLES: Record<MailName, readonly [Example, ...Example[]]> = {
  welcome: [link('verify')],
  invitation: [link('invite')],
  'email-verification': [link('verify')],
  'account-exists': [plain],
  'number-registered': [plain],
  'account-deletion': [plain],
  'account-kept': [plain],
  'account-deleted': [plain],

  'email-change': [link('confirm')],
  'email-changed': [link('undo')],
  'phone-changed': [link('undo')],
  'address-wanted': [plain],
  'number-wanted': [plain],
  'profile-changed': [refusable(plain)],

  otp: [code],
  'login-alert': told(
    { ...device, isNewDevice: 'true', failures: '0' },
    { ...device, isNewDevice: 'true', failures: '4' },
    { isNewDevice: 'false', failures: '1', device: '', ip: '' },
  ),
  'login-alerts-off': [plain],
  'session-revoked': [plain],
  'sessions-ended': told({ sessions: '1' }, { sessions: '3' }),
  'mfa-changed': told(
    { change: 'TOTP_ENROLLED' },
    { change: 'TOTP_REMOVED' },
    { change: 'SMS_ENROLLED' },
    { change: 'SMS_REMOVED' },
    { change: 'RECOVERY_CODES_RENEWED' },
    { change: 'RESET' },
  ),
  'password-reset': [link('reset')],
  custom: said('Your invoice of November', 'It comes to 12.50. Nothing is left to do.', {
    ...{ label: 'See the invoice', link: 'https://id.example.org/invoices/11' },
  }),
  'product-news': allRefusable(
    said('Passkeys are here', 'From now on you can sign in with your fingerprint.', {
      ...{ label: 'Add one', link: 'https://id.example.org/account' },
    }),
  ),
  'password-changed': told({ how: 'RESET' }, { how: 'CHANGED' }, { how: 'SET' }, { how: 'REMOVED' }),
}
