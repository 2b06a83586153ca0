import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import type { Address, SuppressionStore } from './ports.js'

export type RemoveSuppressionResult = { kind: 'removed' } | { kind: 'refused'; problems: Problem[] }

type Deps = { suppressions: Pick<SuppressionStore, 'remove'> }

/** Has messages sent to an address or a number again. Where none were kept from it, that is so already. */
export function makeRemoveSuppression({ suppressions }: Deps) {
  return async function removeSuppression(text: string, by: Actor): Promise<RemoveSuppressionResult> {
    const address = readAddress(text)
    if (!address) return { kind: 'refused', problems: [{ code: 'INVALID', field: ['address'] }] }
    await suppressions.remove(address, by)
    return { kind: 'removed' }
  }
}

function readAddress(text: string): Address | null {
  const email = normalizeEmail(text)
  if (email !== null) return { channel: 'EMAIL', address: email }
  const number = normalizePhoneNumber(text)
  return number === null ? null : { channel: 'SMS', address: number }
}
