import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readMoment } from '../../shared/identifiers/read-moment.js'
import type { Writer } from './attributes.js'
import type { Account, AccountStore } from './ports.js'
import { type ProfileInput, type ProfileRules, readProfile } from './profile.js'

export type UpdateProfileInput = { profile: ProfileInput; ifUpdatedAt?: string | null | undefined }

export type UpdateProfileResult =
  | { kind: 'updated'; account: Account }
  | { kind: 'refused'; problems: Problem[] }

type Deps = ProfileRules & {
  accounts: Pick<AccountStore, 'updateProfile'>
  /** Whose way to change it this is. */
  writer: Writer
}

/** Changes what a profile has at once; with `ifUpdatedAt`, only where nobody changed the account since it was read. */
export function makeUpdateProfile({ accounts, writer, ...rules }: Deps) {
  return async function updateProfile(
    userId: string,
    input: UpdateProfileInput,
    by: Actor,
  ): Promise<UpdateProfileResult> {
    const { change, problems } = readProfile(input.profile, writer, rules)
    const ifUpdatedAt = input.ifUpdatedAt == null ? null : readMoment(input.ifUpdatedAt)
    if (input.ifUpdatedAt != null && !ifUpdatedAt) problems.push({ code: 'INVALID', field: ['ifUpdatedAt'] })
    if (problems.length > 0) return { kind: 'refused', problems }

    const account = await accounts.updateProfile(userId, change, { ifUpdatedAt, by })
    return account
      ? { kind: 'updated', account }
      : { kind: 'refused', problems: [{ code: 'CONFLICT', field: ['ifUpdatedAt'] }] }
  }
}
