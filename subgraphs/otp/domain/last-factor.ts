import type { FactorRemoval } from './factor-ports.js'

/** Why somebody's last factor has to stay: a role demands one, or the password is too short to stand alone (SECURITY 6.1, 8.6). */
export type WhyKept = 'LAST_CREDENTIAL' | 'PASSWORD_TOO_SHORT'

type Asked = { isDemanded: boolean; mayLoseFactors: (userId: string) => Promise<boolean> }

/** Null where it may go. */
export async function whyKept(
  userId: string,
  { isDemanded, mayLoseFactors }: Asked,
): Promise<WhyKept | null> {
  if (isDemanded) return 'LAST_CREDENTIAL'
  return (await mayLoseFactors(userId)) ? null : 'PASSWORD_TOO_SHORT'
}

/** Why a factor was not taken away. */
export const removalProblem = (removal: Exclude<FactorRemoval, 'REMOVED'>, why: WhyKept | null) =>
  removal === 'LAST' && why !== null ? why : 'NOT_ENROLLED'
