import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { ChangeReason, FirstMethod } from './login-ports.js'
import type { Addresses } from './mfa-grant.js'
import type { KnownAccount, SpentGrant } from './ports.js'

/** An account as an identifier names it, with the addresses that codes go to. */
export type NamedAccount = KnownAccount & Addresses

/** What somebody shows to sign in. */
export type Shown = { password: string } | { grant: string }

/** What it turned out to be; a grant is still to be spent. */
export type FirstFactor = { method: FirstMethod; grant: SpentGrant | null } & Change

/** `mustChange`: a password that is to be another from now on, and why. */
type Change = { mustChange: false } | { mustChange: true; changeReason: ChangeReason }

/** What otp says of a code that was spent to sign in. */
export type LoginGrant = SpentGrant & {
  userId: string
  /** By which way the code went, and the digest of challenge and address. */
  channel: 'EMAIL' | 'SMS' | null
  challengeId: string
  addressDigest: string | null
}

export type FirstFactorDeps = {
  verifyPassword: (check: {
    userId: string | null
    password: string
  }) => Promise<{ matches: boolean; mustChange: boolean; changeReason: ChangeReason }>
  /** Null when it is no grant of otp's to sign in with, or has expired. */
  readGrant: (grant: string) => Promise<LoginGrant | null>
}

/** Checks what is shown against an account, or against nobody: at the same cost, and never right. */
export async function checkFirstFactor(
  deps: FirstFactorDeps,
  shown: Shown,
  account: NamedAccount | null,
): Promise<FirstFactor | null> {
  if ('grant' in shown) {
    const grant = await deps.readGrant(shown.grant)
    return grant && account && methodOf(grant, account)
  }
  const { password } = shown
  const { matches, mustChange, changeReason } = await deps.verifyPassword({
    ...{ userId: account?.id ?? null, password },
  })
  if (!matches) return null
  return { method: 'PASSWORD', grant: null, ...(mustChange ? { mustChange, changeReason } : { mustChange }) }
}

/**
 * A code signs in the person whom it was sent to, while the address that it went to is theirs and is proved. They may
 * have another since, and whoever reads the old mailbox is not let in.
 */
function methodOf(grant: LoginGrant, account: NamedAccount): FirstFactor | null {
  const { userId, jti, expiresAt, channel, challengeId } = grant
  const [method, address, isProved] =
    channel === 'SMS'
      ? (['OTP_SMS', account.phoneNumber, account.phoneNumberVerified] as const)
      : (['OTP_EMAIL', account.email, account.emailVerified] as const)
  const isTheirs = userId === account.id && channel !== null && address !== null && isProved
  if (!isTheirs || addressDigest(challengeId, address) !== grant.addressDigest) return null
  return { method, grant: { jti, expiresAt }, mustChange: false }
}
