import type { Actor } from '../../shared/audit/act.js'
import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import type { Acceptance, InvitationStore, Invitee } from './invitation-ports.js'
import { type ProfileRules, readProfile } from './profile.js'
import type { RegisterResult, Registration } from './register.js'
import { readTerms, type SignUpRules } from './sign-up.js'

type PasswordAnswer = { kind: 'set' } | { kind: 'refused'; reasons: UserErrorCode[] }

type Deps = ProfileRules & {
  invitations: Pick<InvitationStore, 'find' | 'accept'>
  looksLikeToken: (text: string) => boolean
  digestOf: (token: string) => Uint8Array
  setPassword: (credential: {
    userId: string
    password: string
    identity: string[]
  }) => Promise<PasswordAnswer>
  /** Has passwords give the stored credential to the account; throws where that cannot be had. */
  adopt: (adoption: { credentialId: string; userId: string }) => Promise<unknown>
  newId: () => string
  signUp: SignUpRules
}

/**
 * Registers with an invitation: sets the password of the account that was made, and verifies its address or, where it has
 * none, its number, which the token proves. It signs nobody in.
 *
 * The password is stored under an id of its own first, as in a registration. Whoever spends the invitation has theirs
 * adopted by the account; what the others stored is swept.
 */
export function makeAcceptInvitation(deps: Deps) {
  return async function acceptInvitation(
    token: string,
    input: Registration,
    by: Actor,
  ): Promise<RegisterResult> {
    const { draft, password, problems } = read(input, deps)
    const found = await find(deps, token, input)
    if ('problem' in found) problems.push(found.problem)
    if ('problem' in found || !password || problems.length > 0) return { kind: 'refused', problems }

    const { invitee, digest } = found
    const credentialId = deps.newId()
    const stored = await deps.setPassword({
      ...{ userId: credentialId, password, identity: identityOf(invitee, draft) },
    })
    if (stored.kind === 'refused') {
      return { kind: 'refused', problems: stored.reasons.map((code) => ({ code, field: ['password'] })) }
    }

    const accepted = await deps.invitations.accept(digest, { ...draft, credentialId }, by)
    if (accepted.kind === 'refused') return { kind: 'refused', problems: [problemOf(accepted.reason)] }
    // Before the answer: whoever has it may sign in at once.
    await deps.adopt({ credentialId, userId: invitee.id })
    return { kind: 'done', userId: invitee.id, isUsernameTaken: accepted.usernameTaken }
  }
}

type Draft = Omit<Acceptance, 'credentialId'>

function read({ password, username, profile, acceptedTermsVersion }: Registration, deps: Deps) {
  const { change, problems } = readProfile(profile ?? {}, 'OWNER', deps)
  const wantedUsername = username == null ? null : normalizeUsername(username)
  const terms = readTerms(deps.signUp, acceptedTermsVersion)
  if (!password) problems.push({ code: 'REQUIRED', field: ['password'] })
  if (username != null && wantedUsername === null) {
    problems.push({ code: 'USERNAME_NOT_ALLOWED', field: ['username'] })
  }
  if ('problem' in terms) problems.push(terms.problem)
  const termsVersion = 'value' in terms ? terms.value : null
  const draft: Draft = { wantedUsername, termsVersion, profile: change }
  return { draft, password, problems }
}

type Found = { invitee: Invitee; digest: Uint8Array } | { problem: Problem }

/** Address and number may be left out; the invitation is for those of the account that was made. */
async function find(
  { invitations, looksLikeToken, digestOf }: Deps,
  token: string,
  { email, phoneNumber }: Registration,
): Promise<Found> {
  if (!looksLikeToken(token)) return { problem: problemOf('INVALID') }
  const digest = digestOf(token)
  const found = await invitations.find(digest)
  if (found.kind === 'refused') return { problem: problemOf(found.reason) }
  const { invitee } = found
  const isElsewhere = email != null && normalizeEmail(email) !== invitee.email
  if (isElsewhere) return { problem: { code: 'INVALID', field: ['email'] } }
  const isOther = phoneNumber != null && normalizePhoneNumber(phoneNumber) !== invitee.phoneNumber
  return isOther ? { problem: { code: 'INVALID', field: ['phoneNumber'] } } : { invitee, digest }
}

const problemOf = (code: UserErrorCode): Problem => ({ code, field: ['invitationToken'] })

const identityOf = (invitee: Invitee, { wantedUsername, profile }: Draft): string[] => {
  const { email, phoneNumber, username, displayName, givenName, familyName } = { ...invitee, ...profile }
  return [email, phoneNumber, username, wantedUsername, displayName, givenName, familyName].filter(
    (word): word is string => typeof word === 'string',
  )
}
