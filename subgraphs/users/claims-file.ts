import * as z from 'zod'
import { RESERVED_CLAIMS } from '../shared/identity/access-token-claims.js'
import { CLAIM_SOURCES } from './domain/claims.js'

const Name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_:./-]{0,63}$/, 'must be the name of a claim')
  .refine((name) => !RESERVED_CLAIMS.includes(name), 'is reserved')

/** Claims that an operator has in access tokens beside our own. */
export const ClaimsFile = z
  .array(
    z.union([
      z.strictObject({ claim: Name, from: z.enum(CLAIM_SOURCES) }),
      z.strictObject({ claim: Name, role: z.string() }),
      z.strictObject({ claim: Name, attribute: z.string() }),
    ]),
  )
  .max(20)
  .check(({ value, issues }) => {
    for (const [index, { claim }] of value.entries()) {
      if (value.findIndex((other) => other.claim === claim) < index) {
        issues.push({ code: 'custom', path: [index, 'claim'], message: 'is named twice', input: null })
      }
    }
  })
