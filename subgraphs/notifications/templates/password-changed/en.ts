import * as z from 'zod'
import { facts, note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'
import { momentIn } from '../moment.js'

const ChangeFacts = z.object({
  name: chosenName,
  how: z.enum(['RESET', 'CHANGED', 'SET']),
  at: z.iso.datetime(),
  timeZone: z.string().nullish(),
})

const WHAT = {
  RESET: 'was reset. All devices were signed out',
  CHANGED: 'was changed. All other devices were signed out',
  SET: 'was set. All other devices were signed out',
} as const

export const passwordChangedEn = defineTemplate(ChangeFacts, {
  ...ENGLISH,
  subject: 'Your password was changed',
  heading: 'Your password was changed',
  blocks: ({ how, at, timeZone, locale, product }) => [
    paragraph(`The password of your account at ${product} ${WHAT[how]}.`),
    facts(['Time', momentIn(at, locale, timeZone)]),
    paragraph('If it was you, there is nothing to do.'),
    note(
      'If it was not, reset the password at once where you sign in, and look through your account. We never ask for your password.',
    ),
  ],
})
