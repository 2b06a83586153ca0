import * as z from 'zod'
import { code, note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'

const CodeFacts = z.object({ name: chosenName, secret: z.string().regex(/^\d{6,8}$/) })

export const otpEn = defineTemplate(CodeFacts, {
  ...ENGLISH,
  subject: 'Your one-time code',
  heading: 'Your one-time code',
  blocks: ({ secret, product }) => [
    paragraph(`Enter this code at ${product} to go on:`),
    code(secret),
    paragraph('It works once, for 5 minutes.'),
    note(
      'Never pass this code on. Nobody from our side will ask for it. If you did not ask for it, ignore this message.',
    ),
  ],
})
