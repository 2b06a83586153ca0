import { TypeID, typeid } from 'typeid-js'

/** Prefixes of the ids clients see; `node` reads the type from them. */
export const ID_PREFIXES = {
  user: 'usr',
  session: 'ses',
  notification: 'ntf',
  challenge: 'chl',
  apiClient: 'cli',
  contactChange: 'ccg',
  clientSecret: 'cse',
  auditEvent: 'aud',
  enrollment: 'enr',
  device: 'dev',
  /** Not one of ours: whom a further issuer's token means (router/identity/issuers.md). */
  externalSubject: 'ext',
  publicEvent: 'evt',
} as const

export type IdPrefix = (typeof ID_PREFIXES)[keyof typeof ID_PREFIXES]

/** A fresh TypeID: a prefix and a UUIDv7, such as `usr_01jz…`. Ids of one kind sort by time. */
export const newId = (prefix: IdPrefix): string => typeid(prefix).toString()

/** The UUID inside, as it is stored; null when the text is no id of this kind. */
export function idToUuid(prefix: IdPrefix, id: string): string | null {
  if (id.length !== prefix.length + 27) return null
  try {
    return TypeID.fromString(id, prefix).toUUID()
  } catch {
    return null // not an id: the library's only way to say so
  }
}

export const isId = (prefix: IdPrefix, id: string): boolean => idToUuid(prefix, id) !== null

export const uuidToId = (prefix: IdPrefix, uuid: string): string => TypeID.fromUUID(prefix, uuid).toString()
