import { typeid } from 'typeid-js'

/** A UUIDv7 (RFC 9562 section 5.7): it sorts by the time it was made. */
export const newUuid = (): string => typeid().toUUID()
