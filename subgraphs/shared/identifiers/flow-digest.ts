import { createHash } from 'node:crypto'

/** Ties a proof to one sign-in or step-up without showing the ticket that it goes on by. */
export const flowDigest = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url')
