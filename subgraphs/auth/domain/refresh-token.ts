import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const PREFIX = 'ugr_'
const SESSION_BYTES = 16
const SECRET_BYTES = 32
const TAG_BYTES = 16
const PATTERN = /^ugr_[A-Za-z0-9_-]{86}$/

export type RefreshToken = { session: Buffer; secret: Buffer }

/**
 * Refresh tokens: a recognisable prefix, the session, 256 bits that only its holder knows, and a tag of ours.
 *
 * The tag tells a token that we made long ago, whose return means theft, from one that somebody made up, which
 * means nothing: so a session row needs to keep only two digests, however often its token is rotated. The secret of
 * a successor is drawn from that of its predecessor, so that a lost answer can be given again without storing it.
 */
export function createRefreshTokens(key: Uint8Array) {
  const mac = (use: string, { session, secret }: RefreshToken) =>
    createHmac('sha256', key).update(use).update(session).update(secret).digest()
  const tagOf = (token: RefreshToken) => mac('tag', token).subarray(0, TAG_BYTES)

  return {
    format: (token: RefreshToken): string =>
      PREFIX + Buffer.concat([token.session, token.secret, tagOf(token)]).toString('base64url'),

    /** Null when we never made this token. */
    parse(text: string): RefreshToken | null {
      if (!PATTERN.test(text)) return null
      const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url')
      const session = bytes.subarray(0, SESSION_BYTES)
      const secret = bytes.subarray(SESSION_BYTES, SESSION_BYTES + SECRET_BYTES)
      const tag = bytes.subarray(SESSION_BYTES + SECRET_BYTES)
      return timingSafeEqual(tag, tagOf({ session, secret })) ? { session, secret } : null
    },

    successor: (token: RefreshToken): RefreshToken => ({
      session: token.session,
      secret: mac('next', token),
    }),

    /** What is stored in its place. */
    digest: ({ session, secret }: RefreshToken): Buffer =>
      createHash('sha256').update(session).update(secret).digest(),
  }
}

export type RefreshTokens = ReturnType<typeof createRefreshTokens>
