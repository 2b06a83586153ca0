import * as z from 'zod'
import { chosenName } from './define-template.js'

/** The page comes from the operator's list; the token travels in the fragment, which no server sees (SECURITY 10.2). */
export const VerificationFacts = z
  .object({
    name: chosenName,
    verificationUrl: z.url({ protocol: /^https?$/ }),
    secret: z.string().regex(/^[\w-]+$/),
  })
  .transform(({ name, verificationUrl, secret }) => ({ name, link: `${verificationUrl}#token=${secret}` }))
