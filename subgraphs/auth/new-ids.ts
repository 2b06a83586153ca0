import { randomBytes } from 'node:crypto'
import { ID_PREFIXES, idToUuid, newId, uuidToId } from '../shared/ids/type-id.js'
import { newToken } from '../shared/secrets/token.js'
import type { RefreshToken } from './domain/refresh-token.js'

/** A session id and the first refresh token of its line, which holds the id's bytes. */
export function newSession(): { id: string; refresh: RefreshToken } {
  const id = newId(ID_PREFIXES.session)
  const uuid = idToUuid(ID_PREFIXES.session, id) ?? ''
  return { id, refresh: { session: Buffer.from(uuid.replaceAll('-', ''), 'hex'), secret: randomBytes(32) } }
}

/** Secrets have a name of their own kind, so that one that leaks is recognised. */
export const newClientSecret = () => ({ id: newId(ID_PREFIXES.clientSecret), secret: `ugs_${newToken()}` })

export function sessionIdOf({ session }: RefreshToken): string {
  const hex = session.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return uuidToId(ID_PREFIXES.session, parts.join('-'))
}
