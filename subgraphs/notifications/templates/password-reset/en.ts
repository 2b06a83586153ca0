import { action, note, paragraph } from '../blocks.js'
import { defineTemplate } from '../define-template.js'
import { COPY_LINK, ENGLISH } from '../english.js'
import { VerificationFacts } from '../verification-facts.js'

export const passwordResetEn = defineTemplate(VerificationFacts, {
  ...ENGLISH,
  subject: 'Reset your password',
  heading: 'Reset your password',
  blocks: ({ link, product }) => [
    paragraph(`Somebody asked to reset the password of your account at ${product}.`),
    action('Choose a new password', link, COPY_LINK),
    note(
      'The link works for 30 minutes and once. If it was not you, ignore this message: the password stays as it is, and nobody can change it without this link.',
    ),
  ],
})
