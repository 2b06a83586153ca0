import type { Identifier } from '../../shared/identifiers/identifier.js'

/** A number without its last four digits: whoever earns with texts holds whole ranges (SECURITY 8.8). */
export const prefixOf = (number: string): string => `prefix:${number.slice(0, -4)}`

/** What limits count as one destination: `ada+work@…` is an account of its own, and one mailbox with `ada@…` (SECURITY 9.2). */
export function destinationOf({ kind, value }: Identifier): string {
  if (kind !== 'email') return `${kind}:${value}`
  const [local = '', domain = ''] = value.split('@')
  const plus = local.indexOf('+')
  return `${kind}:${plus > 0 ? local.slice(0, plus) : local}@${domain}`
}
