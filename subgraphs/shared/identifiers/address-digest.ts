import { createHash } from 'node:crypto'

/** Ties a proof to one address without naming it: whoever spends the proof compares it with the address that they hold. */
export const addressDigest = (challengeId: string, address: string): string =>
  createHash('sha256').update(`${challengeId}:${address}`).digest('base64url')
