import { createHmac } from 'node:crypto'

type Content = {
  id: string
  /** Of this try, in seconds: a receiver refuses what is old, so that nobody replays it. */
  timestamp: number
  body: string
}

/**
 * `webhook-signature` of the Standard Webhooks specification, version 1.0.0: a signature by each secret, the newest
 * first. While one secret takes the place of another, whoever knows either finds one that fits.
 */
export const signatureOf = (secrets: readonly Uint8Array[], { id, timestamp, body }: Content): string =>
  secrets
    .map((secret) => createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ')
