import * as z from 'zod'
import { note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'

export const accountDeletedEn = defineTemplate(z.object({ name: chosenName }), {
  ...ENGLISH,
  // The account that every other mail is sent because of is gone.
  footer: (product) =>
    `This is the last message from ${product} to this address. It was sent automatically; replies are not read.`,
  subject: 'Your account was deleted',
  heading: 'Your account was deleted',
  blocks: ({ product }) => [
    paragraph(
      `Your account at ${product} is gone, and what we knew of you with it. It cannot be brought back.`,
    ),
    note(`If you did not want this, write to those who run ${product}.`),
  ],
})
