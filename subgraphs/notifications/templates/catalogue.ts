import type * as z from 'zod'
import { type Facts, type MailFacts, Mails, Texts } from './facts.js'

type Template = {
  mail: z.ZodType<MailFacts>
  /** Null for what never goes to a telephone. */
  text: z.ZodType<Facts> | null
}

/** Every message, and what its words are filled with. The words are in `words/`, in every language. */
export const TEMPLATES = {
  welcome: { mail: Mails.WithLink, text: null },
  invitation: { mail: Mails.WithLink, text: Texts.WithLink },
  'email-verification': { mail: Mails.WithLink, text: null },
  'account-exists': { mail: Mails.Greeted, text: null },
  'number-registered': { mail: Mails.Greeted, text: Texts.Plain },
  'account-deletion': { mail: Mails.Happened, text: Texts.Plain },
  'account-kept': { mail: Mails.Greeted, text: Texts.Plain },
  'account-deleted': { mail: Mails.Greeted, text: Texts.Plain },

  'email-change': { mail: Mails.WithLink, text: null },
  'email-changed': { mail: Mails.WithLink, text: Texts.WithLink },
  'phone-changed': { mail: Mails.WithLink, text: Texts.WithLink },
  'address-wanted': { mail: Mails.Greeted, text: null },
  'number-wanted': { mail: Mails.Greeted, text: Texts.Plain },
  'profile-changed': { mail: Mails.Happened, text: Texts.Plain },

  otp: { mail: Mails.WithCode, text: Texts.WithCode },
  'login-alert': { mail: Mails.SignedIn, text: Texts.Plain },
  'login-alerts-off': { mail: Mails.Happened, text: Texts.Plain },
  'session-revoked': { mail: Mails.Happened, text: Texts.Plain },
  'sessions-ended': { mail: Mails.SessionsEnded, text: Texts.Plain },
  'mfa-changed': { mail: Mails.Changed, text: Texts.Plain },
  'password-reset': { mail: Mails.WithLink, text: null },
  'password-changed': { mail: Mails.PasswordChanged, text: Texts.Plain },

  custom: { mail: Mails.FromService, text: Texts.FromService },
  'product-news': { mail: Mails.FromService, text: Texts.FromService },
} as const satisfies Record<string, Template>

export type MailName = keyof typeof TEMPLATES

/** Those that go to a telephone too. */
export type TextName = {
  [Name in MailName]: (typeof TEMPLATES)[Name]['text'] extends null ? never : Name
}[MailName]

/** What the words of one that goes to a telephone are known by, beside those of its mail. */
export const textNameOf = (name: string): string => `${name}-sms`

/** Those with a code or a link in them, which is kept no longer than it takes to send it. */
export const TEMPLATES_WITH_SECRET: readonly string[] = Object.entries<Template>(TEMPLATES)
  .filter(([, { mail }]) => mail === Mails.WithLink || mail === Mails.WithCode)
  .map(([name]) => name)

export function templateNamed(name: string): Template & { name: MailName } {
  if (!isTemplate(name)) throw new Error(`no template is named ${name}`)
  return { ...TEMPLATES[name], name }
}

export const isTemplate = (name: string): name is MailName => Object.hasOwn(TEMPLATES, name)
