import * as z from 'zod'
import { facts, note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'
import { momentIn } from '../moment.js'

const DeletionFacts = z.object({ name: chosenName, at: z.iso.datetime(), timeZone: z.string().nullish() })

export const accountDeletionEn = defineTemplate(DeletionFacts, {
  ...ENGLISH,
  subject: 'Your account is going to be deleted',
  heading: 'Your account is going to be deleted',
  blocks: ({ at, timeZone, locale, product }) => [
    paragraph(`You asked us to delete your account at ${product}. It will be gone, with all that is in it:`),
    facts(['Time', momentIn(at, locale, timeZone)]),
    paragraph('Until then you can sign in and cancel the deletion.'),
    note('If it was not you, sign in now, cancel the deletion and change your password.'),
  ],
})
