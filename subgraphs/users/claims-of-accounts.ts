import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { attributesNamed, type ClaimRule, makeClaimsOf } from './domain/claims.js'
import type { Account } from './domain/ports.js'
import type { Roles } from './domain/roles.js'
import type { AttributeStore } from './store/attributes.js'

type Claims = Record<string, unknown>

/** What an operator's rules say of an account, and what they say of whoever has shown no second factor (SECURITY 8.6). */
export type ClaimsTold = { claims: Claims; claimsWithoutMfa: Claims }

/** The same of many, in their order; nothing of one that there is not. */
export type ClaimsOfAccounts = (accounts: readonly (Account | null)[]) => Promise<ClaimsTold[]>

const NOTHING: ClaimsTold = { claims: {}, claimsWithoutMfa: {} }

/**
 * Attributes are fetched only where a rule names some, and then for nobody too: an identifier that has no account costs
 * the same statements as one that has (SECURITY 7.4).
 */
export function createClaimsOfAccounts(
  rules: readonly ClaimRule[],
  { findSome }: Pick<AttributeStore, 'findSome'>,
  { withoutMfa }: Pick<Roles, 'withoutMfa'>,
): ClaimsOfAccounts {
  const claimsOf = makeClaimsOf(rules)
  const places = attributesNamed(rules)

  return async (accounts) => {
    const ids = accounts.map((account) => account?.id ?? newId(ID_PREFIXES.user))
    const rows = places.length > 0 ? await findSome(ids, places) : []
    const attributes = new Map(rows.map((row) => [row.id, row.attributes]))
    return accounts.map((account) => {
      if (!account) return NOTHING
      const own = attributes.get(account.id) ?? {}
      const left = { ...account, roles: withoutMfa(account.roles) }
      return { claims: claimsOf(account, own), claimsWithoutMfa: claimsOf(left, own) }
    })
  }
}
