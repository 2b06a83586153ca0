import { action, note, paragraph } from '../blocks.js'
import { defineTemplate } from '../define-template.js'
import { COPY_LINK, ENGLISH } from '../english.js'
import { VerificationFacts } from '../verification-facts.js'

export const welcomeEn = defineTemplate(VerificationFacts, {
  ...ENGLISH,
  subject: 'Welcome! Please confirm your email address',
  heading: 'One step left',
  blocks: ({ link, product }) => [
    paragraph(
      `Thank you for signing up for ${product}. Confirm your email address to start using your account.`,
    ),
    action('Confirm email address', link, COPY_LINK),
    note('The link works for 24 hours. If you did not sign up, ignore this message: nothing will happen.'),
  ],
})
