import type { Identifier } from './identifier.js'

/** What limits count as one destination: `ada+work@…` is an account of its own, and one mailbox with `ada@…` (SECURITY 9.2). */
export function destinationOf({ kind, value }: Identifier): string {
  if (kind !== 'email') return `${kind}:${value}`
  const [local = '', domain = ''] = value.split('@')
  const plus = local.indexOf('+')
  return `${kind}:${plus > 0 ? local.slice(0, plus) : local}@${domain}`
}
