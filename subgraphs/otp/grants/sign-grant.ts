import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { GRANT_TYPE } from '../../shared/contracts/otp.js'
import type { GrantFacts } from '../domain/validate-otp.js'
import { GRANT_SECONDS } from '../limits.js'
import type { SigningKey } from './signing-key.js'

/** Who acts on a code of each purpose: a grant is worth nothing to anyone else. */
const SPENDERS: Record<Exclude<GrantFacts['purpose'], 'CUSTOM'>, string> = {
  EMAIL_VERIFICATION: 'users',
  PHONE_VERIFICATION: 'users',
  PROFILE_CHANGE: 'users',
  LOGIN: 'auth',
  PASSWORD_RESET: 'passwords',
  MFA: 'auth',
}

type Options = { issuer: string; signingKey: () => Promise<SigningKey> }

/** Writes down that a code was spent, for whoever acts on it (DESIGN, grants). */
export function makeSignGrant({ issuer, signingKey }: Options) {
  return async function signGrant({ userId, purpose, channel, challengeId, spentAt, ...bound }: GrantFacts) {
    const { kid, key } = await signingKey()
    const issuedAt = Math.floor(spentAt.getTime() / 1000) // the database's time, as for the code itself
    const expiresAt = issuedAt + GRANT_SECONDS

    const grant = await new SignJWT({
      ...{ purpose, challenge: challengeId, at: spentAt.getTime() },
      ...(channel !== null && { channel }),
      ...(bound.changeId !== null && { change: bound.changeId }),
      // Another team has no use for where the code went.
      ...(bound.addressDigest !== null && bound.custom === null && { address: bound.addressDigest }),
      ...(bound.flow !== null && { flow: bound.flow }),
      ...(bound.custom !== null && { action: bound.custom.action }),
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: GRANT_TYPE, kid })
      .setIssuer(issuer)
      .setAudience(spenderOf(purpose, bound.custom))
      .setSubject(userId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key)
    return { grant, expiresAt: new Date(expiresAt * 1000) }
  }
}

/** A challenge of another team's always says whose; without it the grant would be nobody's. */
function spenderOf(purpose: GrantFacts['purpose'], custom: GrantFacts['custom']): string {
  if (purpose !== 'CUSTOM') return SPENDERS[purpose]
  if (!custom) throw new Error('a grant for another team names its audience')
  return custom.audience
}
