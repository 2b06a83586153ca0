/** How long a username that was given up is kept from everyone else; days. */
export const USERNAME_RESERVED_DAYS = 90

/** Changes of an address that somebody may ask for, and that may be mailed to one address, within an hour (SECURITY 8.3). */
export const CONTACT_CHANGES_AN_HOUR = 5

/** How long a link that proves a new address works, and one that undoes the change (SECURITY 10.1, 9.4). */
export const CONFIRM_LINK_HOURS = 24
export const UNDO_LINK_DAYS = 7

/** How long an invitation works; days. */
export const INVITATION_DAYS = 7

/** Verification links and invitations to one address: silently no more than this (SECURITY 8.3, 10.3). */
export const MAX_LINKS_AN_HOUR = 5
export const SECONDS_BETWEEN_LINKS = 60

/** How long an event stays in the audit log (SECURITY 12.5); days. The database's trigger knows the same figure. */
export const AUDIT_RETENTION_DAYS = 365

/** How far accounts are counted; beyond it a count says that it is not exact. */
export const USERS_COUNTED = 10_000

/** How much later everyone is told a second time that an account is gone: longer than any request or statement takes. */
export const SECONDS_UNTIL_TOLD_AGAIN = 15
/** How long a receipt may be missing before everyone is told once more. */
export const SECONDS_WITHOUT_RECEIPT = 600

/** How long the record of a deletion is kept, an id and counts; as the audit log is. */
export const DELETION_RECORDS_DAYS = 365
