import type { PendingLogin } from './login-ports.js'
import type { Account, Session } from './ports.js'

/**
 * A factor that was shown is worth nothing once one was taken away: whoever holds that session, or is half-way into one, may
 * be why. Enrolling another does not bring it back; showing that one does, by a step-up.
 */
export function asOfNow(session: Session, { removedAtVersion }: Pick<Account, 'removedAtVersion'>): Session {
  return session.factorVersion < removedAtVersion ? { ...session, assurance: 'AAL1' } : session
}

/** Whether a sign-in has shown a second factor that still counts. */
export const hasShownFactor = (
  { secondMethod, factorVersion = 0 }: PendingLogin,
  { removedAtVersion }: Pick<Account, 'removedAtVersion'>,
): boolean => secondMethod !== undefined && factorVersion >= removedAtVersion
