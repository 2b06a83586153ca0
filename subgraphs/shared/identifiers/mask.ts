import type { Identifier } from './identifier.js'

const HIDDEN = '•••'

/**
 * Masks what was typed, never what is stored: it tells nothing the asker did not know. The number of dots is fixed,
 * so that a length is not told either. A username is no address and has no mask.
 */
export function mask({ kind, value }: Identifier): string | null {
  switch (kind) {
    case 'email':
      return maskEmail(value)
    case 'phoneNumber':
      return `+${HIDDEN}${value.slice(-2)}`
    case 'username':
      return null
  }
}

function maskEmail(address: string): string {
  const [local = '', domain = ''] = address.split('@')
  const topLevel = domain.slice(domain.lastIndexOf('.'))
  return `${local.slice(0, 1)}${HIDDEN}@${domain.slice(0, 1)}${HIDDEN}${topLevel}`
}
