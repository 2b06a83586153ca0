import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'

export type IdentifierInput = {
  email?: string | null | undefined
  phoneNumber?: string | null | undefined
  username?: string | null | undefined
}

export type Identifier = { kind: 'email' | 'phoneNumber' | 'username'; value: string }

export type ReadIdentifier = { value: Identifier } | { problem: Problem }

const FIELD = 'identifier'
const E164 = /^\+[1-9]\d{6,14}$/

const READERS = {
  email: { read: normalizeEmail, code: 'INVALID_EMAIL' },
  phoneNumber: { read: (text: string) => (E164.test(text) ? text : null), code: 'INVALID_PHONE' },
  username: { read: normalizeUsername, code: 'INVALID' },
} as const

/** Exactly one of the three, in the form in which users stores it. */
export function readIdentifier(input: IdentifierInput | null | undefined): ReadIdentifier {
  const given = (['email', 'phoneNumber', 'username'] as const).flatMap((kind) => {
    const text = input?.[kind]
    return typeof text === 'string' ? [{ kind, text }] : []
  })
  const [one] = given
  if (!one || given.length > 1) return { problem: { code: one ? 'INVALID' : 'REQUIRED', field: [FIELD] } }

  const { read, code } = READERS[one.kind]
  const value = read(one.text)
  return value === null
    ? { problem: { code, field: [FIELD, one.kind] } }
    : { value: { kind: one.kind, value } }
}

/** What limits count as one destination: `ada+work@…` is an account of its own, and one mailbox with `ada@…` (SECURITY 9.2). */
export function destinationOf({ kind, value }: Identifier): string {
  if (kind !== 'email') return `${kind}:${value}`
  const [local = '', domain = ''] = value.split('@')
  const plus = local.indexOf('+')
  return `${kind}:${plus > 0 ? local.slice(0, plus) : local}@${domain}`
}
