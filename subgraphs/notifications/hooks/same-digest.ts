import { timingSafeEqual } from 'node:crypto'

/** Compares a digest with the one that was sent, in constant time for one of its length. */
export const isSameDigest = (digest: Buffer, sent: Buffer): boolean =>
  digest.length === sent.length && timingSafeEqual(digest, sent)
