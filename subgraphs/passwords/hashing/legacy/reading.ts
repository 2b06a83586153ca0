import type { Argon2Engine } from '../argon2-engine.mjs'

/** Why a hash that somebody wants to bring cannot be used. */
export type HashRefusal = 'UNKNOWN_FORMAT' | 'MALFORMED' | 'TOO_COSTLY'

/** A hash made elsewhere, understood. `secret` is the password in UTF-8, as it was typed. */
export type LegacyHash = {
  form: string
  matches: (secret: Uint8Array, engine: Argon2Engine) => boolean | Promise<boolean>
}

/** Null for a hash of another form: each form knows its own by how it begins. */
export type ReadForm = (hash: string) => LegacyHash | { refused: 'MALFORMED' | 'TOO_COSTLY' } | null
