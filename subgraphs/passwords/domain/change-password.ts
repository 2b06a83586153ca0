import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { ChangeStore } from './change-ports.js'
import type { makeChoosePassword } from './choose-password.js'
import type { CredentialStore, FoundPassword, PasswordHasher } from './ports.js'
import { identityOf } from './recoverable.js'
import type { Account, PasswordChange } from './recovery-ports.js'

/** Who is signed in, and by which session. */
export type Owner = { userId: string; sessionId: string }

export type ChangePasswordResult =
  /** How many sessions ended; null where that is not known. */
  | { kind: 'changed'; userId: string; revokedSessions: number | null }
  | { kind: 'refused'; problems: Problem[] }

type Deps = {
  credentials: Pick<CredentialStore, 'find'>
  changes: Pick<ChangeStore, 'change' | 'set'>
  hasher: Pick<PasswordHasher, 'verify'>
  getAccount: (userId: string) => Promise<Account | null>
  choosePassword: ReturnType<typeof makeChoosePassword>
  /** Auth counts tries at the password, wherever they are made; it throws where it cannot be had. */
  takeTry: (userId: string) => Promise<{ allowed: boolean }>
  /** What nobody could look at costs no try. */
  giveBackTry: (userId: string) => Promise<unknown>
  settleTry: (userId: string, matches: boolean, by: Actor) => Promise<unknown>
  /** Has auth end the person's other sessions; throws where that cannot be had. */
  tellAuth: (change: PasswordChange, by: Actor) => Promise<number | null>
}

/**
 * A person changes their password, knowing the one in force, or sets the first. Every other session ends before it is
 * acknowledged, and they are told by mail (SECURITY 6.5).
 */
export function makeChangePassword(deps: Deps) {
  const { credentials, changes, choosePassword } = deps

  async function choose({ userId }: Owner, newPassword: string) {
    const account = await deps.getAccount(userId)
    if (!account) return refused('NOT_FOUND')
    return choosePassword({ userId, password: newPassword, identity: identityOf(account) })
  }

  async function conclude(change: PasswordChange, by: Actor): Promise<ChangePasswordResult> {
    return { kind: 'changed', userId: change.userId, revokedSessions: await deps.tellAuth(change, by) }
  }

  return {
    async change(
      owner: Owner,
      { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
      by: Actor,
    ): Promise<ChangePasswordResult> {
      const stored = await credentials.find(owner.userId)
      if (!stored) return refused('NOT_ENROLLED', 'currentPassword')
      const problem = await problemOf(deps, owner, { stored, currentPassword, by })
      if (problem) return { kind: 'refused', problems: [problem] }

      const chosen = await choose(owner, newPassword)
      if (chosen.kind === 'refused') return chosen
      const change = await changes.change({
        ...owner,
        keptTicket: null,
        from: stored.phc,
        stored: chosen.stored,
        by,
      })
      return change ? conclude(change, by) : refused('CONFLICT', 'currentPassword')
    },

    async set(owner: Owner, newPassword: string, by: Actor): Promise<ChangePasswordResult> {
      if (await credentials.find(owner.userId)) return refused('ALREADY_ENROLLED')
      const chosen = await choose(owner, newPassword)
      if (chosen.kind === 'refused') return chosen
      const change = await changes.set({ ...owner, keptTicket: null, stored: chosen.stored, by })
      return change ? conclude(change, by) : refused('ALREADY_ENROLLED')
    },
  }
}

type Claim = { stored: FoundPassword; currentPassword: string; by: Actor }

/** The try is taken before it is looked at, and is one of those at the sign-in: by another way in there would be more. */
async function problemOf(
  { hasher, takeTry, giveBackTry, settleTry }: Deps,
  { userId }: Owner,
  { stored, currentPassword, by }: Claim,
): Promise<Problem | null> {
  const field = ['currentPassword']
  if (currentPassword === '') return { code: 'REQUIRED', field }
  const { allowed } = await takeTry(userId)
  if (!allowed) return { code: 'TOO_MANY_ATTEMPTS', field }
  const { matches } = await hasher.verify(currentPassword, stored).catch(async (error: unknown) => {
    await giveBackTry(userId)
    throw error
  })
  await settleTry(userId, matches, by)
  return matches ? null : { code: 'WRONG_PASSWORD', field }
}

const refused = (code: Problem['code'], ...field: string[]): { kind: 'refused'; problems: Problem[] } => ({
  kind: 'refused',
  problems: [field.length > 0 ? { code, field } : { code }],
})
