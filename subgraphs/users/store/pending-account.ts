import { sql } from 'drizzle-orm'
import type { NewAccount } from '../domain/ports.js'

/** The row of an account that waits for its first proof; what was said before of its address or number is not in it. */
export function pendingAccount({ id, wantedUsername, termsVersion, profile }: Omit<NewAccount, 'email'>) {
  return {
    id,
    status: 'PENDING_VERIFICATION' as const,
    roles: ['user'],
    wantedUsername,
    displayName: profile.displayName ?? null,
    givenName: profile.givenName ?? null,
    familyName: profile.familyName ?? null,
    birthdate: profile.birthdate ?? null,
    locale: profile.locale ?? 'en',
    timeZone: profile.timeZone ?? null,
    attributes: profile.attributes?.set ?? {},
    termsVersion,
    termsAcceptedAt: termsVersion === null ? null : sql`now()`,
    createdAt: sql`now()`,
    updatedAt: sql`now()`,
  }
}
