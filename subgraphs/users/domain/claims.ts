import type { StoredAttributes } from './attributes.js'
import type { Account } from './ports.js'

/** What of an account may stand in a token, by the name that the mapping has for it. */
const SOURCES = {
  roles: ({ roles }) => roles,
  username: ({ username }) => username,
  displayName: ({ displayName }) => displayName,
  givenName: ({ givenName }) => givenName,
  familyName: ({ familyName }) => familyName,
  email: ({ email }) => email,
  emailVerified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
  phoneNumber: ({ phoneNumber }) => phoneNumber,
  phoneNumberVerified: ({ phoneNumberVerifiedAt }) => phoneNumberVerifiedAt !== null,
  locale: ({ locale }) => locale,
  timeZone: ({ timeZone }) => timeZone,
} as const satisfies Record<string, (account: Account) => string | readonly string[] | boolean | null>

export type ClaimSource = keyof typeof SOURCES

// The keys of a literal are its type's.
export const CLAIM_SOURCES = Object.keys(SOURCES) as ClaimSource[]

/**
 * A claim that an operator has in access tokens: a field of the account, whether the person has a role, or an attribute,
 * as `namespace:key`.
 */
export type ClaimRule = { claim: string } & ({ from: ClaimSource } | { role: string } | { attribute: string })

/** The attributes that rules name. */
export const attributesNamed = (rules: readonly ClaimRule[]): string[] =>
  rules.flatMap((rule) => ('attribute' in rule ? [rule.attribute] : []))

/** A token has 4 KiB for everything (SECURITY 4.1), most of them for scopes. */
const MAX_LENGTH = 600

/**
 * What an operator's rules say of an account. What is not known is left out, and so is what would no longer fit: a long
 * name must not make a token that nobody accepts.
 */
export const makeClaimsOf =
  (rules: readonly ClaimRule[]) =>
  (account: Account, attributes: StoredAttributes): Record<string, unknown> => {
    let claims: Record<string, unknown> = {}
    for (const rule of rules) {
      const value = readClaim(rule, account, attributes)
      const more = { ...claims, [rule.claim]: value }
      if (value !== null && value !== undefined && Buffer.byteLength(JSON.stringify(more)) <= MAX_LENGTH)
        claims = more
    }
    return claims
  }

function readClaim(rule: ClaimRule, account: Account, attributes: StoredAttributes): unknown {
  if ('role' in rule) return account.roles.includes(rule.role)
  return 'attribute' in rule ? attributes[rule.attribute] : SOURCES[rule.from](account)
}
