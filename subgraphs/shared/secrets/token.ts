import { createHash, randomBytes } from 'node:crypto'

const PATTERN = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits, as text that fits a link. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored in place of a token: it has too much entropy to be guessed from a plain digest. */
export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest()

export const looksLikeToken = (text: string): boolean => PATTERN.test(text)
