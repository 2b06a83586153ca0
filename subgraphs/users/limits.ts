/** How long a username that was given up is kept from everyone else; days. */
export const USERNAME_RESERVED_DAYS = 90

/** Verification links to one address: silently no more than this (SECURITY 8.3, 10.3). */
export const MAX_LINKS_AN_HOUR = 5
export const SECONDS_BETWEEN_LINKS = 60

/** How long an event stays in the audit log (SECURITY 12.5); days. The database's trigger knows the same figure. */
export const AUDIT_RETENTION_DAYS = 365
