import * as z from 'zod'
import { facts, note, paragraph } from '../blocks.js'
import { chosenName, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'
import { momentIn } from '../moment.js'

const CHANGES = {
  TOTP_ENROLLED:
    'An authenticator app was added to your account. From now on its codes are asked for when you sign in.',
  TOTP_REMOVED: 'The authenticator app was taken from your account. Your password alone signs you in now.',
  RECOVERY_CODES_RENEWED: 'Your account has new recovery codes. The old ones no longer work.',
  RESET: 'Our staff has taken every second factor from your account. Your password alone signs you in now.',
} as const

const MfaFacts = z.object({
  name: chosenName,
  change: z.enum(['TOTP_ENROLLED', 'TOTP_REMOVED', 'RECOVERY_CODES_RENEWED', 'RESET']),
  at: z.iso.datetime(),
  timeZone: z.string().nullish(),
})

export const mfaChangedEn = defineTemplate(MfaFacts, {
  ...ENGLISH,
  subject: 'How you sign in has changed',
  heading: 'How you sign in has changed',
  blocks: ({ change, at, timeZone, locale }) => [
    paragraph(CHANGES[change]),
    facts(['Time', momentIn(at, locale, timeZone)]),
    note('If it was not you, change your password now and end all other sessions in your account.'),
  ],
})
