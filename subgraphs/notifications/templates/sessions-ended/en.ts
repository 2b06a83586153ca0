import * as z from 'zod'
import { facts, note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'
import { momentIn } from '../moment.js'

const EndedFacts = z.object({
  name: chosenName,
  sessions: z.coerce.number().int().positive(),
  at: z.iso.datetime(),
  timeZone: z.string().nullish(),
})

export const sessionsEndedEn = defineTemplate(EndedFacts, {
  ...ENGLISH,
  subject: 'You were signed out',
  heading: 'You were signed out',
  blocks: ({ sessions, at, timeZone, locale, product }) => [
    paragraph(
      sessions === 1
        ? `Our staff ended a session of your account at ${product}. That device is signed out.`
        : `Our staff ended ${sessions} sessions of your account at ${product}. Those devices are signed out.`,
    ),
    facts(['Time', momentIn(at, locale, timeZone)]),
    paragraph('You can sign in again as before.'),
    note('If you did not ask for this, look through your account. We never ask for your password.'),
  ],
})
