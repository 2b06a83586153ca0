import { normalizeEmail } from '../../shared/identifiers/email.js'
import type { OperatorStore, RoleGranted } from './ports.js'
import type { Roles } from './roles.js'

export type GiveRoleResult = RoleGranted | 'INVALID_EMAIL' | 'UNKNOWN_ROLE'

type Deps = { accounts: OperatorStore; roles: Pick<Roles, 'has'> }

/**
 * Gives somebody a role. Only an address that was proved: whoever registers a pending account holds it, and it need
 * not be its owner.
 */
export function makeGiveRole({ accounts, roles }: Deps) {
  return async function giveRole(address: string, role: string): Promise<GiveRoleResult> {
    if (!roles.has(role)) return 'UNKNOWN_ROLE'
    const email = normalizeEmail(address)
    return email === null ? 'INVALID_EMAIL' : accounts.grantRole(email, role)
  }
}
