import { action, note, paragraph } from '../blocks.js'
import { defineTemplate } from '../define-template.js'
import { COPY_LINK, ENGLISH } from '../english.js'
import { VerificationFacts } from '../verification-facts.js'

export const emailChangeEn = defineTemplate(VerificationFacts, {
  ...ENGLISH,
  subject: 'Confirm your new email address',
  heading: 'Confirm your new email address',
  blocks: ({ link, product }) => [
    paragraph(
      `Confirm that this is to be the email address of your account at ${product}. Until you do, the old one stays in force.`,
    ),
    action('Confirm new address', link, COPY_LINK),
    note('The link works for 24 hours. If you did not ask for it, ignore this message: nothing will happen.'),
  ],
})
