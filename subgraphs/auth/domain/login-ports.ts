import type { Device } from './ports.js'

/** A right password, of somebody who is asked for more. */
export type PendingLogin = {
  userId: string
  clientId: string
  device: Device
  delivery: 'COOKIE' | 'BODY'
  /** Digest of the token that the device showed, base64url; null where it showed none. */
  shownDevice: string | null
}

export type LoginTicketStore = {
  issue(digest: Uint8Array, login: PendingLogin): Promise<{ expiresAt: Date }>
  /** Takes one of its few tries; null for what is no ticket, or has had them, or is over. */
  try(digest: Uint8Array): Promise<PendingLogin | null>
}
