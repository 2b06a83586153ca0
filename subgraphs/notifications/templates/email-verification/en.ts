import { action, note, paragraph } from '../blocks.js'
import { defineTemplate } from '../define-template.js'
import { COPY_LINK, ENGLISH } from '../english.js'
import { VerificationFacts } from '../verification-facts.js'

export const emailVerificationEn = defineTemplate(VerificationFacts, {
  ...ENGLISH,
  subject: 'Confirm your email address',
  heading: 'Confirm your email address',
  blocks: ({ link, product }) => [
    paragraph(
      `Here is a new link to confirm your email address at ${product}. Earlier links no longer work.`,
    ),
    action('Confirm email address', link, COPY_LINK),
    note('The link works for 24 hours. If you did not ask for it, ignore this message: nothing will happen.'),
  ],
})
