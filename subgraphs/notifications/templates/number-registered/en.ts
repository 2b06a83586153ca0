import * as z from 'zod'
import { note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'

export const numberRegisteredEn = defineTemplate(z.object({ name: chosenName }), {
  ...ENGLISH,
  subject: 'You already have an account',
  heading: 'You already have an account',
  blocks: ({ product }) => [
    paragraph(
      `Someone tried to register at ${product} with your telephone number. It already belongs to your account.`,
    ),
    paragraph(
      'If it was you, sign in as usual. If you do not remember your password, reset it on the sign-in page.',
    ),
    note('If it was not you, there is nothing to do: no account was made, and yours was not changed.'),
  ],
})
