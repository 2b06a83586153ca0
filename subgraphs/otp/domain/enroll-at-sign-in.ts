import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import type { TotpConfirmation } from './factors.js'
import type { GrantFacts } from './validate-otp.js'

type Refused = { kind: 'refused'; problems: Problem[] }
type Confirmed = { kind: 'enrolled'; recoveryCodes: string[] | null; at: Date }

export type EnrolledAtSignIn = { kind: 'enrolled'; recoveryCodes: string[] | null; grant: string } | Refused

type Deps<Begun> = {
  /** Of whom the ticket demands a factor that they do not have; null where it demands none. */
  findHolder: (shown: {
    kind: 'ENROLLMENT'
    ticket: string
    sessionId: null
  }) => Promise<{ userId: string } | null>
  begin: (userId: string) => Promise<Begun>
  confirm: (confirmation: TotpConfirmation, by: Actor) => Promise<Confirmed | Refused>
  signGrant: (facts: GrantFacts) => Promise<{ grant: string }>
}

/**
 * Enrols the first app of somebody who is not signed in yet, since a role of theirs demands it (SECURITY 8.6). The ticket of
 * the sign-in stands for them, and auth says whose it is.
 *
 * Only the first: with a password alone nobody takes the place of an app that is there. The grant goes on with this
 * sign-in and no other.
 */
export function makeEnrollAtSignIn<Begun>({ findHolder, begin, confirm, signGrant }: Deps<Begun>) {
  const holderOf = (ticket: string) => findHolder({ kind: 'ENROLLMENT', ticket, sessionId: null })

  return {
    async begin(ticket: string): Promise<({ kind: 'begun' } & Begun) | Refused> {
      const holder = await holderOf(ticket)
      return holder ? { kind: 'begun', ...(await begin(holder.userId)) } : EXPIRED
    },

    async confirm(
      { ticket, ...typed }: { ticket: string; enrollmentId: string; code: string },
      by: Actor,
    ): Promise<EnrolledAtSignIn> {
      const holder = await holderOf(ticket)
      if (!holder) return EXPIRED
      const { userId } = holder
      const confirmed = await confirm({ userId, ...typed, isFirst: true }, { ...by, userId })
      if (confirmed.kind === 'refused') return confirmed

      const { grant } = await signGrant({
        ...{ userId, purpose: 'MFA', channel: null, challengeId: typed.enrollmentId },
        ...{
          changeId: null,
          addressDigest: null,
          flow: flowDigest(ticket),
          custom: null,
          spentAt: confirmed.at,
        },
      })
      return { kind: 'enrolled', recoveryCodes: confirmed.recoveryCodes, grant }
    },
  }
}

const EXPIRED: Refused = { kind: 'refused', problems: [{ code: 'EXPIRED', field: ['loginTicket'] }] }
