import * as z from 'zod'
import { note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'

export const numberWantedEn = defineTemplate(z.object({ name: chosenName }), {
  ...ENGLISH,
  subject: 'Someone wants to use your telephone number',
  heading: 'Someone wants to use your telephone number',
  blocks: ({ product }) => [
    paragraph(
      `Someone with another account at ${product} wanted to change its telephone number to yours. It belongs to your account, so nothing was changed.`,
    ),
    paragraph('If you have two accounts, give this one another number first.'),
    note('If it was not you, there is nothing to do.'),
  ],
})
