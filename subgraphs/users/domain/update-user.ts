import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import type { AddressChange, AddressChanged, AddressMails, AddressStore } from './address-ports.js'
import type { Administrator } from './administration.js'
import { countText, type InviteByText } from './invite-by-text.js'
import { type LinkDeps, newLink } from './links.js'
import type { Account, AccountStore, UndoLink } from './ports.js'
import { type ProfileInput, type ProfileRules, readProfile } from './profile.js'
import type { Roles } from './roles.js'

export type UpdateUser = {
  profile?: ProfileInput | null | undefined
  username?: string | null | undefined
  email?: string | null | undefined
  emailVerified?: boolean | null | undefined
  phoneNumber?: string | null | undefined
  phoneNumberVerified?: boolean | null | undefined
}

export type UpdateUserResult =
  /** `problems` tells what of it could not be had, such as a username that somebody has. */
  | { kind: 'done'; account: Account; problems: Problem[] }
  | { kind: 'refused'; problems: Problem[] }
  /** It takes more rights than this one has. */
  | { kind: 'forbidden' }

type Outcome<Done> = Done | { kind: 'refused'; problems: Problem[] }

type Deps = LinkDeps &
  ProfileRules & {
    accounts: Pick<AccountStore, 'findMany'>
    addresses: AddressStore
    updateProfile: (
      userId: string,
      input: { profile: ProfileInput },
      by: Actor,
    ) => Promise<Outcome<{ kind: 'updated'; account: Account }>>
    changeUsername: (
      userId: string,
      username: string,
      by: Actor,
    ) => Promise<Outcome<{ kind: 'changed'; account: Account }>>
    roles: Pick<Roles, 'areCoveredBy'>
    isUserId: (id: string) => boolean
    newChangeId: () => string
    verificationUrl: string
    undoUrl: string
    texts: InviteByText
  }

/**
 * Changes somebody's account, nobody's who may do more. What is wrong by itself is told before anything is changed, and so is
 * an address or number that is taken; of a username that is, the rest is done and it is told.
 */
export function makeUpdateUser(deps: Deps) {
  return async function updateUser(
    userId: string,
    input: UpdateUser,
    asker: Administrator,
  ): Promise<UpdateUserResult> {
    const problems = problemsOf(input, deps)
    const [account] = deps.isUserId(userId) ? await deps.accounts.findMany([userId]) : []
    if (!account) return { kind: 'refused', problems: [{ code: 'NOT_FOUND', field: ['id'] }] }
    if (!deps.roles.areCoveredBy(asker.scopes, account.roles)) return { kind: 'forbidden' }
    if (problems.length > 0) return { kind: 'refused', problems }

    const addressed = await changeAddress(deps, account, input, asker)
    return addressed.kind === 'done' ? changeRest(deps, addressed, input, asker.by) : addressed
  }
}

function problemsOf({ email, phoneNumber, username, profile }: UpdateUser, rules: ProfileRules): Problem[] {
  const { problems } = readProfile(profile ?? {}, 'STAFF', rules)
  if (email != null && normalizeEmail(email) === null) {
    problems.push({ code: 'INVALID_EMAIL', field: ['email'] })
  }
  if (phoneNumber != null && normalizePhoneNumber(phoneNumber) === null) {
    problems.push({ code: 'INVALID_PHONE', field: ['phoneNumber'] })
  }
  if (username != null && normalizeUsername(username) === null) {
    problems.push({ code: 'USERNAME_NOT_ALLOWED', field: ['username'] })
  }
  return problems
}

async function changeAddress(
  deps: Deps,
  account: Account,
  input: UpdateUser,
  { scopes, by }: Administrator,
): Promise<UpdateUserResult> {
  const change = readChange(input)
  if (Object.values(change).every((one) => one === null)) return { kind: 'done', account, problems: [] }

  const problem = await countInvitation(deps, account, change, by)
  if (problem) return { kind: 'refused', problems: [problem] }
  const may = (names: readonly string[]) => deps.roles.areCoveredBy(scopes, names)
  return resultOf(await deps.addresses.change({ userId: account.id, by, may }, change, await mails(deps)))
}

const readChange = (input: UpdateUser): AddressChange => ({
  email: input.email == null ? null : normalizeEmail(input.email),
  isEmailVerified: input.emailVerified ?? null,
  phoneNumber: input.phoneNumber == null ? null : normalizePhoneNumber(input.phoneNumber),
  isNumberVerified: input.phoneNumberVerified ?? null,
})

/** Who was invited by number alone is invited at the other one: a text. Anyone else gets none. */
async function countInvitation(
  { texts }: Deps,
  { id, ...known }: Account,
  { email, phoneNumber }: AddressChange,
  by: Actor,
): Promise<Problem | null> {
  const isOnlyWay = known.email === null && email === null && known.verifiedAt === null
  if (!isOnlyWay || phoneNumber === null || phoneNumber === known.phoneNumber) return null
  return countText(texts, phoneNumber, by)
}

/** The tokens exist in the clear only until they are sealed, here. */
async function mails(deps: Deps): Promise<AddressMails> {
  return {
    ...{ ...(await newUndo(deps)), ofNumber: await newUndo(deps) },
    confirmDigest: deps.digestOf(deps.newToken()),
    link: await newLink(deps, deps.verificationUrl),
  }
}

async function newUndo(deps: Deps): Promise<{ changeId: string; undo: UndoLink }> {
  const { digest, sealedToken } = await newLink(deps, deps.undoUrl)
  return { changeId: deps.newChangeId(), undo: { digest, sealedToken, url: deps.undoUrl } }
}

function resultOf(changed: AddressChanged): UpdateUserResult {
  if (changed.kind === 'done') {
    const { account, isUsernameTaken } = changed
    return { kind: 'done', account, problems: isUsernameTaken ? [USERNAME_TAKEN] : [] }
  }
  if (changed.reason === 'FORBIDDEN') return { kind: 'forbidden' }
  return { kind: 'refused', problems: [PROBLEMS[changed.reason]] }
}

const USERNAME_TAKEN: Problem = { code: 'TAKEN', field: ['username'] }
const PROBLEMS = {
  NOT_FOUND: { code: 'NOT_FOUND', field: ['id'] },
  TAKEN: { code: 'TAKEN', field: ['email'] },
  NO_ADDRESS: { code: 'INVALID', field: ['emailVerified'] },
  NUMBER_TAKEN: { code: 'TAKEN', field: ['phoneNumber'] },
  NO_NUMBER: { code: 'INVALID', field: ['phoneNumberVerified'] },
} satisfies Record<string, Problem>

type Done = Extract<UpdateUserResult, { kind: 'done' }>

async function changeRest(
  { changeUsername, updateProfile }: Deps,
  done: Done,
  { username, profile }: UpdateUser,
  by: Actor,
): Promise<Done> {
  const { id } = done.account
  const named = username == null ? null : await changeUsername(id, username, by)
  const updated = profile == null ? null : await updateProfile(id, { profile }, by)
  const results = [named, updated].filter((result) => result !== null)
  const accounts = results.flatMap((result) => ('account' in result ? [result.account] : []))
  const refusals = results.flatMap((result) => ('problems' in result ? result.problems : []))
  return { kind: 'done', account: accounts.at(-1) ?? done.account, problems: [...done.problems, ...refusals] }
}
