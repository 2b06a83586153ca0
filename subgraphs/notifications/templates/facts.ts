import { isIP } from 'node:net'
import * as z from 'zod'
import { inertText, inertWords } from './inert.js'

/** What words are filled with. Everything stored passes one of the shapes below first. */
export type Facts = Record<string, string | number | null | undefined>

export type MailFacts = Facts & { name: string | null }

/** Text that a person or their device chose; harmless once it is read through this. */
const chosenText = z.string().transform(inertText)

/** The name to greet with, when there is one. */
const chosenName = chosenText.nullish().transform((name) => name || null)

const Greeted = z.object({ name: chosenName })

/** Something that happened, told in the time and the manner of its reader. */
const Happened = Greeted.extend({
  at: z.iso.datetime(),
  timeZone: z.string().nullish(),
  regionalLocale: z.string().nullish(),
})

/** The page comes from the operator's list; the token travels in the fragment, which no server sees (SECURITY 10.2). */
const link = { verificationUrl: z.url({ protocol: /^https?$/ }), secret: z.string().regex(/^[\w-]+$/) }

type LinkParts = { verificationUrl: string; secret: string }

const withLink = <Given extends LinkParts>({ verificationUrl, secret, ...facts }: Given) => ({
  ...facts,
  link: `${verificationUrl}#token=${secret}`,
})

const code = z.string().regex(/^\d{6,8}$/)

const withCode = <Given extends { secret: string }>({ secret, ...facts }: Given) => ({
  ...facts,
  code: secret,
})

/** A word of our own, by which a message chooses among its sentences. */
const choice = z.string().regex(/^[A-Z_]{1,40}$/)

/** What a service has to say, as long as it was when it came; its button may be left out. */
const serviceText = z.string().transform(inertWords)

const Said = { title: serviceText, text: serviceText }

const Button = {
  label: serviceText.nullable().default(null),
  link: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
}

export const Mails = {
  Greeted,
  Happened,
  WithLink: Greeted.extend(link).transform(withLink),
  WithCode: Greeted.extend({ secret: code }).transform(withCode),
  FromService: Greeted.extend({ ...Said, ...Button }),
  Changed: Happened.extend({ change: choice }),
  PasswordChanged: Happened.extend({ how: choice }),
  SessionsEnded: Happened.extend({ sessions: z.coerce.number().int().positive() }),
  SignedIn: Happened.extend({
    // auth names it in English; a comma is read in every language.
    device: chosenText.transform((device) => device.replace(' on ', ', ') || 'unknown'),
    ip: z.string().transform((ip) => (isIP(ip) ? ip : 'unknown')),
    isNewDevice: z.enum(['true', 'false']).default('true'),
    failures: z.coerce.number().int().default(0),
  }),
} as const

/** A text holds no name and no device: nothing that anybody chose (SECURITY 9.3). */
export const Texts = {
  Plain: z.object({}),
  /** A service's own words, which no person chose. */
  FromService: z.object({ text: serviceText }),
  WithLink: z.object(link).transform(withLink),
  WithCode: z.object({ secret: code }).transform(withCode),
} as const
