/** Who did something, and from where. */
export type Actor = {
  /** The person; null for a visitor, a machine client, an operator at the command line, and the installation itself. */
  userId: string | null
  /** The application or machine client that was used; `operator` for the command line. */
  client: string | null
  ip: string | null
  userAgent: string | null
}

export type AuditOutcome = 'SUCCESS' | 'FAILURE'

/** Codes, names of fields, counts, ids: what the audit log keeps for good, so no personal data and no secret. */
export type AuditDetail = Record<string, string | number | boolean>

/** Something that was done, or tried, as the audit log tells it. */
export type Act = {
  /** `user.disable`, `session.start`: what it was done to, and what. */
  action: string
  outcome: AuditOutcome
  /** Whom it was done to; null where that is nobody known. */
  subjectId: string | null
  by: Actor
  detail?: AuditDetail
}

/** What nobody asked for: a round of this installation's own. */
export const ITSELF: Actor = { userId: null, client: null, ip: null, userAgent: null }
