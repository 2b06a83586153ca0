import { action, note, paragraph } from '../blocks.js'
import { defineTemplate } from '../define-template.js'
import { COPY_LINK, ENGLISH } from '../english.js'
import { VerificationFacts } from '../verification-facts.js'

export const phoneChangedEn = defineTemplate(VerificationFacts, {
  ...ENGLISH,
  subject: 'Your telephone number was changed',
  heading: 'Your telephone number was changed',
  blocks: ({ link, product }) => [
    paragraph(`Your account at ${product} has another telephone number now.`),
    paragraph('If it was you, there is nothing to do.'),
    action('It was not me: undo the change', link, COPY_LINK),
    note(
      'The link works for 7 days. It puts the number from before back in force and ends every session of your account. Change your password afterwards.',
    ),
  ],
})
