import { isIP } from 'node:net'
import * as z from 'zod'
import { facts, note, paragraph } from '../blocks.js'
import { chosenName, chosenText, defineTemplate } from '../define-template.js'
import { ENGLISH } from '../english.js'
import { momentIn } from '../moment.js'

const LoginFacts = z.object({
  name: chosenName,
  device: chosenText.transform((device) => device || 'Unknown device'),
  ip: z.string().transform((ip) => (isIP(ip) ? ip : 'Unknown')),
  isNewDevice: z.stringbool().default(true),
  failures: z.coerce.number().int().default(0),
  at: z.iso.datetime(),
  timeZone: z.string().nullish(),
})

export const loginAlertEn = defineTemplate(LoginFacts, {
  ...ENGLISH,
  subject: 'New sign-in to your account',
  heading: 'New sign-in to your account',
  blocks: ({ device, ip, isNewDevice, failures, at, timeZone, locale, product }) => [
    paragraph(
      isNewDevice
        ? `Your account at ${product} was used on a device that we have not seen before.`
        : `Somebody signed in to your account at ${product}.`,
    ),
    ...(failures > 0 ? [paragraph(`Before that, ${failures} tries to sign in had failed.`)] : []),
    facts(['Device', device], ['IP address', ip], ['Time', momentIn(at, locale, timeZone)]),
    paragraph('If it was you, there is nothing to do.'),
    note('If it was not you, change your password now and end all other sessions in your account.'),
  ],
})
