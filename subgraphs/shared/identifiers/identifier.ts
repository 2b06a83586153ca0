import type { Problem } from '../errors/user-error-codes.js'
import { normalizeEmail } from './email.js'
import { normalizePhoneNumber } from './phone-number.js'
import { normalizeUsername } from './username.js'

export type IdentifierInput = {
  email?: string | null | undefined
  phoneNumber?: string | null | undefined
  username?: string | null | undefined
}

export type Identifier = { kind: 'email' | 'phoneNumber' | 'username'; value: string }

export type ReadIdentifier = { value: Identifier } | { problem: Problem }

const FIELD = 'identifier'

const READERS = {
  email: { read: normalizeEmail, code: 'INVALID_EMAIL' },
  phoneNumber: { read: normalizePhoneNumber, code: 'INVALID_PHONE' },
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
