import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import type { InvitationStore, NewInvitation, PreparedAccount } from './invitation-ports.js'
import { countText, type InviteByText, textProblem } from './invite-by-text.js'
import { type LinkDeps, newLink } from './links.js'
import { type ProfileInput, type ProfileRules, readProfile } from './profile.js'
import type { Roles } from './roles.js'

export type NewUser = {
  email?: string | null | undefined
  phoneNumber?: string | null | undefined
  username?: string | null | undefined
  profile?: ProfileInput | null | undefined
  roles?: readonly string[] | null | undefined
  sendInvitation?: boolean | null | undefined
}

export type CreateUserResult =
  | { kind: 'created'; userId: string }
  | { kind: 'refused'; problems: Problem[] }
  /** It takes more rights than this one has. */
  | { kind: 'forbidden' }

type Deps = LinkDeps &
  ProfileRules & {
    invitations: Pick<InvitationStore, 'create'>
    roles: Pick<Roles, 'has' | 'areCoveredBy'>
    newId: () => string
    texts: InviteByText
  }

/**
 * Makes an account for somebody else. It has no password, and waits for whoever reads the mails of its address or, where
 * it has none, the texts to its number. Nobody gives it a role that allows more than they may themselves.
 */
export function makeCreateUser(deps: Deps) {
  return async function createUser(
    input: NewUser,
    { scopes, by }: { scopes: readonly string[]; by: Actor },
  ): Promise<CreateUserResult> {
    const { draft, roles, problems } = read(input, deps)
    if (!deps.roles.areCoveredBy(scopes, roles)) return { kind: 'forbidden' }
    if (draft === null || problems.length > 0) return { kind: 'refused', problems }

    const account = { ...draft, id: deps.newId(), roles }
    const { invitation, problem } = await invite(
      deps,
      { account, isSilent: input.sendInvitation === false },
      by,
    )
    if (problem) return { kind: 'refused', problems: [problem] }
    const made = await deps.invitations.create(account, invitation, by)
    return made.kind === 'created'
      ? { kind: 'created', userId: made.account.id }
      : { kind: 'refused', problems: made.taken.map((field) => ({ code: 'TAKEN', field: [field] })) }
  }
}

type Draft = Omit<PreparedAccount, 'id' | 'roles'>

type Inviting = { account: PreparedAccount; isSilent: boolean }
type Invited = { invitation: NewInvitation | null; problem: Problem | null }

/** By mail where there is an address; only a text has to be counted first. */
async function invite(deps: Deps, { account, isSilent }: Inviting, by: Actor): Promise<Invited> {
  if (isSilent) return { invitation: null, problem: null }
  const { email, phoneNumber } = account
  const isText = email === null && phoneNumber !== null
  const problem = isText ? await countText(deps.texts, phoneNumber, by) : null
  return { invitation: problem ? null : await newLink(deps, deps.invitationUrl), problem }
}

type Read = { draft: Draft | null; roles: string[]; problems: Problem[] }

function read(input: NewUser, deps: Pick<Deps, 'roles' | 'texts'> & ProfileRules): Read {
  const { change, problems } = readProfile(input.profile ?? {}, 'STAFF', deps)
  const address = readAddress(input, deps.texts)
  const username = input.username == null ? null : normalizeUsername(input.username)
  const roles = [...new Set(['user', ...(input.roles ?? [])])]

  problems.push(...address.problems)
  if (input.username != null && username === null) {
    problems.push({ code: 'USERNAME_NOT_ALLOWED', field: ['username'] })
  }
  if (!roles.every(deps.roles.has)) problems.push({ code: 'INVALID', field: ['roles'] })
  const { email, phoneNumber } = address
  const isReachable = email !== null || phoneNumber !== null
  return { draft: isReachable ? { email, phoneNumber, username, profile: change } : null, roles, problems }
}

/** One of the two, or both. A number alone is one that may be texted, since there is no other way to its owner. */
function readAddress({ email: address, phoneNumber: number }: NewUser, texts: InviteByText) {
  const email = address ? normalizeEmail(address) : null
  const phoneNumber = number ? normalizePhoneNumber(number) : null
  const problems: Problem[] = []
  if (!address && !number) problems.push({ code: 'REQUIRED', field: ['email'] })
  if (address && email === null) problems.push({ code: 'INVALID_EMAIL', field: ['email'] })
  const unfit = number ? numberProblem(texts, { phoneNumber, isAlone: !address }) : null
  if (unfit) problems.push(unfit)
  return { email, phoneNumber, problems }
}

type Typed = { phoneNumber: string | null; isAlone: boolean }

function numberProblem(texts: InviteByText, { phoneNumber, isAlone }: Typed): Problem | null {
  if (phoneNumber === null) return { code: 'INVALID_PHONE', field: ['phoneNumber'] }
  return isAlone ? textProblem(texts, phoneNumber) : null
}
