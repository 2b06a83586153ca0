import type { Actor } from '../../shared/audit/act.js'
import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import { type LinkDeps, newLink } from './links.js'
import type { AccountStore, NewAccount } from './ports.js'
import { type ProfileInput, readProfile } from './profile.js'
import { readTerms, type SignUpRules, signUpProblem } from './sign-up.js'

export type Registration = {
  email?: string | null | undefined
  username?: string | null | undefined
  password?: string | null | undefined
  profile?: ProfileInput | null | undefined
  acceptedTermsVersion?: string | null | undefined
  verificationUrl?: string | null | undefined
}

export type RegisterResult =
  /** Says nothing about whether the address was free; only its mailbox learns that. */
  | { kind: 'pending' }
  /** With an invitation: the address was proved by it. `isUsernameTaken` tells that the one wanted is somebody's. */
  | { kind: 'done'; userId: string; isUsernameTaken: boolean }
  | { kind: 'refused'; problems: Problem[] }

type PasswordAnswer = { kind: 'set' } | { kind: 'refused'; reasons: UserErrorCode[] }

type Deps = LinkDeps & {
  accounts: Pick<AccountStore, 'register'>
  setPassword: (credential: {
    userId: string
    password: string
    identity: string[]
  }) => Promise<PasswordAnswer>
  newId: () => string
  now: () => Date
  /** The first is ours and the default; others are the operator's. */
  verificationUrls: readonly string[]
  signUp: SignUpRules
}

/**
 * Makes an account that waits for proof of its address.
 *
 * The credential is stored before the account is: one without an account is swept, while an account without its
 * credential could never be signed in to. All of this costs the same for a taken address.
 */
export function makeRegister(deps: Deps) {
  return async function register(input: Registration, by: Actor): Promise<RegisterResult> {
    const { draft, password, problems } = read(input, deps)
    if (!draft || password === null) return { kind: 'refused', problems }

    const userId = deps.newId()
    const stored = await deps.setPassword({ userId, password, identity: identityOf(draft) })
    if (stored.kind === 'refused') {
      return { kind: 'refused', problems: stored.reasons.map((code) => ({ code, field: ['password'] })) }
    }

    const link = await newLink(deps, draft.verificationUrl)
    await deps.accounts.register({ ...draft.account, id: userId }, link, by)
    return { kind: 'pending' }
  }
}

type Draft = { account: Omit<NewAccount, 'id'>; verificationUrl: string }

function read(input: Registration, { now, verificationUrls, signUp }: Deps) {
  const profile = readProfile(input.profile ?? {}, now())
  const email = readEmail(input.email, signUp)
  const username = readUsername(input.username)
  const terms = readTerms(signUp, input.acceptedTermsVersion)
  const url = readUrl(input.verificationUrl, verificationUrls)
  const password: Read<string> = input.password
    ? { value: input.password }
    : { problem: { code: 'REQUIRED', field: ['password'] } }
  const reads = [email, username, terms, url, password]
  const problems = [...reads.flatMap((one) => ('problem' in one ? [one.problem] : [])), ...profile.problems]
  if (problems.length > 0) return { draft: null, password: null, problems }

  const draft: Draft = {
    account: {
      email: required(email),
      wantedUsername: required(username),
      termsVersion: required(terms),
      profile: profile.change,
    },
    verificationUrl: required(url),
  }
  return { draft, password: required(password), problems }
}

type Read<Value> = { value: Value } | { problem: Problem }

function required<Value>(read: Read<Value>): Value {
  if ('problem' in read) throw new TypeError('a refused value was used')
  return read.value
}

function readEmail(input: string | null | undefined, signUp: SignUpRules): Read<string> {
  if (!input) return { problem: { code: 'REQUIRED', field: ['email'] } }
  const email = normalizeEmail(input)
  if (!email) return { problem: { code: 'INVALID_EMAIL', field: ['email'] } }
  const problem = signUpProblem(signUp, email)
  return problem ? { problem } : { value: email }
}

function readUsername(input: string | null | undefined): Read<string | null> {
  if (input == null) return { value: null }
  const username = normalizeUsername(input)
  return username ? { value: username } : { problem: { code: 'USERNAME_NOT_ALLOWED', field: ['username'] } }
}

/** Only the operator's own pages: a link to anywhere else would hand its token to that place (SECURITY 10.1). */
function readUrl(input: string | null | undefined, allowed: readonly string[]): Read<string> {
  const url = input ?? allowed[0]
  return url && allowed.includes(url)
    ? { value: url }
    : { problem: { code: 'INVALID', field: ['verificationUrl'] } }
}

const identityOf = ({ account: { email, wantedUsername, profile } }: Draft): string[] =>
  [email, wantedUsername, profile.displayName, profile.givenName, profile.familyName].filter(
    (word): word is string => typeof word === 'string',
  )
