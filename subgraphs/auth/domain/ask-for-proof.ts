import type { Addresses } from './mfa-grant.js'
import type { Account } from './ports.js'

type Channel = 'EMAIL' | 'SMS'

/** Where an address is to be proved, and the code that was sent there; null where none was, be it that one was sent just before. */
export type AskedProof = { channel: Channel; sent: SentCode | null }

export type SentCode = {
  challengeId: string
  destinationMasked: string | null
  expiresAt: Date
  resendAfter: number | null
}

/** Has otp send the code that proves an address of an account. */
export type SendProof = (wanted: {
  channel: Channel
  address: { kind: 'email' | 'phoneNumber'; value: string }
  ip: string
}) => Promise<SentCode | null>

/**
 * The address that somebody has to prove again: of an account that was verified once and has nothing proved by now, as where
 * staff put another address in. Who waits for the end of their account signs in to cancel it (SECURITY 9.8).
 */
export function unprovedAddress({
  status,
  email,
  emailVerified,
  phoneNumber,
  phoneNumberVerified,
}: Pick<Account, 'status'> & Addresses) {
  if (status !== 'ACTIVE' || emailVerified || phoneNumberVerified) return null
  if (email !== null) return { channel: 'EMAIL', address: { kind: 'email', value: email } } as const
  if (phoneNumber === null) return null
  return { channel: 'SMS', address: { kind: 'phoneNumber', value: phoneNumber } } as const
}

export async function askForProof(
  sendProof: SendProof,
  account: Pick<Account, 'status'> & Addresses,
  ip: string,
): Promise<AskedProof> {
  const unproved = unprovedAddress(account)
  if (!unproved) throw new Error('there is nothing to prove')
  return { channel: unproved.channel, sent: await sendProof({ ...unproved, ip }) }
}
