import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import type { InvitationStore } from './invitation-ports.js'
import { type LinkDeps, newLink } from './links.js'
import { type ProfileInput, type ProfileRules, readProfile } from './profile.js'
import type { Roles } from './roles.js'

export type NewUser = {
  email?: string | null | undefined
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
  }

/**
 * Makes an account for somebody else. It has no password, and waits for whoever reads the mails of its address. Nobody
 * gives it a role that allows more than they may themselves.
 */
export function makeCreateUser(deps: Deps) {
  return async function createUser(
    input: NewUser,
    { scopes, by }: { scopes: readonly string[]; by: Actor },
  ): Promise<CreateUserResult> {
    const { draft, roles, problems } = read(input, deps)
    if (!deps.roles.areCoveredBy(scopes, roles)) return { kind: 'forbidden' }
    if (draft === null || problems.length > 0) return { kind: 'refused', problems }

    const invitation = input.sendInvitation === false ? null : await newLink(deps, deps.invitationUrl)
    const account = { ...draft, id: deps.newId(), roles }
    const made = await deps.invitations.create(account, invitation, by)
    return made.kind === 'created'
      ? { kind: 'created', userId: made.account.id }
      : { kind: 'refused', problems: made.taken.map((field) => ({ code: 'TAKEN', field: [field] })) }
  }
}

function read(input: NewUser, deps: Pick<Deps, 'roles'> & ProfileRules) {
  const { change, problems } = readProfile(input.profile ?? {}, 'STAFF', deps)
  const email = input.email ? normalizeEmail(input.email) : null
  const username = input.username == null ? null : normalizeUsername(input.username)
  const roles = [...new Set(['user', ...(input.roles ?? [])])]

  if (!input.email) problems.push({ code: 'REQUIRED', field: ['email'] })
  else if (email === null) problems.push({ code: 'INVALID_EMAIL', field: ['email'] })
  if (input.username != null && username === null) {
    problems.push({ code: 'USERNAME_NOT_ALLOWED', field: ['username'] })
  }
  if (!roles.every(deps.roles.has)) problems.push({ code: 'INVALID', field: ['roles'] })
  return { draft: email === null ? null : { email, username, profile: change }, roles, problems }
}
