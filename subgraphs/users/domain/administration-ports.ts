import type { Actor } from '../../shared/audit/act.js'
import type { Account } from './ports.js'

/** Whom something is done to, by whom, and whether that one may, with the roles the other has by then. */
export type AdministrativeAct = { userId: string; by: Actor; may: (roles: readonly string[]) => boolean }

export type Administered =
  | { kind: 'done'; account: Account }
  | { kind: 'refused'; reason: 'NOT_FOUND' | 'FORBIDDEN' | 'LAST_ADMIN' | 'NOT_VERIFIED' }

/** What is done to others' accounts. Each act is in the audit log, a refused one too. */
export type AdministrationStore = {
  /** Never to a registration that waits for its proof: whoever named the address first holds its password. */
  assignRole(act: AdministrativeAct, role: string): Promise<Administered>
  /** Never takes the last active administrator away, however many try at once. */
  unassignRole(act: AdministrativeAct, role: string): Promise<Administered>
  /** Until a time, by the database's clock, or until somebody enables it. Neither does this one take the last administrator. */
  disable(act: AdministrativeAct, how: { reason: string; until: Date | null }): Promise<Administered>
  enable(act: AdministrativeAct): Promise<Administered>
}
