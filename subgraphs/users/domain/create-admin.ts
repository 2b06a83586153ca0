import { normalizeEmail } from '../../shared/identifiers/email.js'
import type { OperatorStore, RoleGranted } from './ports.js'

type Deps = { accounts: OperatorStore }

/**
 * Makes somebody an administrator. Only an address that was proved: whoever registers a pending account holds it, and
 * it need not be its owner.
 */
export function makeCreateAdmin({ accounts }: Deps) {
  return async function createAdmin(address: string): Promise<RoleGranted | 'INVALID_EMAIL'> {
    const email = normalizeEmail(address)
    return email === null ? 'INVALID_EMAIL' : accounts.grantRole(email, 'admin')
  }
}
