import { typeid } from 'typeid-js'

/** A UUIDv7 (RFC 9562 section 5.7): it sorts by the time it was made. */
export const newUuid = (): string => typeid().toUUID()

/** When a UUIDv7 was made, by the clock of who made it; null for any other. */
export function timeOf(uuid: string): Date | null {
  const digits = uuid.replaceAll('-', '')
  return /^[0-9a-f]{12}7/.test(digits) ? new Date(Number.parseInt(digits.slice(0, 12), 16)) : null
}
