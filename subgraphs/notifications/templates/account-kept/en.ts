import * as z from 'zod'
import { note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'

export const accountKeptEn = defineTemplate(z.object({ name: chosenName }), {
  ...ENGLISH,
  subject: 'Your account stays',
  heading: 'Your account stays',
  blocks: ({ product }) => [
    paragraph(`The deletion of your account at ${product} was cancelled. Everything is as it was.`),
    note('If it was not you, change your password now and end all other sessions in your account.'),
  ],
})
