import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import type { Account, SpentGrant } from './ports.js'

/** Where codes go. */
export type Addresses = {
  email: string | null
  emailVerified: boolean
  phoneNumber: string | null
  phoneNumberVerified: boolean
}

/** What otp says of a code that was spent for a sign-in or step-up that asked for it. */
export type MfaGrant = SpentGrant & {
  userId: string
  /** By which way the code went, and the digest of challenge and address. */
  channel: 'EMAIL' | 'SMS' | null
  challengeId: string
  addressDigest: string | null
  /** Digest of the ticket that it is for. */
  flow: string | null
}

/** Null when it is no such grant of otp's, or has expired. */
export type ReadMfaGrant = (grant: string) => Promise<MfaGrant | null>

type Expected = { account: Pick<Account, 'id'> & Addresses; ticket: string; channel: 'EMAIL' | 'SMS' }

/**
 * A grant is for one person and one ticket, and worth something while the address that its code went to is theirs and is
 * proved. Null where this is not the one; it is still to be spent.
 */
export async function checkMfaGrant(
  readGrant: ReadMfaGrant,
  text: string,
  { account, ticket, channel }: Expected,
): Promise<SpentGrant | null> {
  const grant = await readOwn(readGrant, text, { account, ticket })
  if (grant?.channel !== channel) return null
  const address = provedAddress(account, channel)
  if (address === null || addressDigest(grant.challengeId, address) !== grant.addressDigest) return null
  return { jti: grant.jti, expiresAt: grant.expiresAt }
}

/** The same of an app that was enrolled for the ticket: there a code of the app was right, and none was sent. */
export async function checkEnrollmentGrant(
  readGrant: ReadMfaGrant,
  text: string,
  expected: Omit<Expected, 'channel'>,
): Promise<SpentGrant | null> {
  const grant = await readOwn(readGrant, text, expected)
  return grant && grant.channel === null ? { jti: grant.jti, expiresAt: grant.expiresAt } : null
}

async function readOwn(
  readGrant: ReadMfaGrant,
  text: string,
  { account, ticket }: Omit<Expected, 'channel'>,
): Promise<MfaGrant | null> {
  const grant = await readGrant(text)
  return grant?.userId === account.id && grant.flow === flowDigest(ticket) ? grant : null
}

function provedAddress(account: Addresses, channel: Expected['channel']): string | null {
  if (channel === 'EMAIL') return account.emailVerified ? account.email : null
  return account.phoneNumberVerified ? account.phoneNumber : null
}
