import { action, note, paragraph } from '../blocks.js'
import { defineTemplate } from '../define-template.js'
import { COPY_LINK, ENGLISH } from '../english.js'
import { VerificationFacts } from '../verification-facts.js'

export const invitationEn = defineTemplate(VerificationFacts, {
  ...ENGLISH,
  subject: 'You are invited: choose a password for your account',
  heading: 'Your account is waiting',
  blocks: ({ link, product }) => [
    paragraph(
      `An account at ${product} was made for this email address. Choose a password, and it is yours.`,
    ),
    action('Choose a password', link, COPY_LINK),
    note(
      'The link works for 7 days and once. If you do not want the account, ignore this message: nobody can use it without this link.',
    ),
  ],
})
