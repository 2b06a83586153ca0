import * as z from 'zod'
import { facts, note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'
import { momentIn } from '../moment.js'

const SessionFacts = z.object({ name: chosenName, at: z.iso.datetime(), timeZone: z.string().nullish() })

export const sessionRevokedEn = defineTemplate(SessionFacts, {
  ...ENGLISH,
  subject: 'We ended one of your sessions',
  heading: 'We ended one of your sessions',
  blocks: ({ at, timeZone, locale, product }) => [
    paragraph(
      `A session of your account at ${product} was used in two places at once. Someone may have copied it, so we ended it.`,
    ),
    facts(['Time', momentIn(at, locale, timeZone)]),
    paragraph('You may be asked to sign in again on one of your devices.'),
    note('If something looks wrong in your account, change your password and end all other sessions.'),
  ],
})
