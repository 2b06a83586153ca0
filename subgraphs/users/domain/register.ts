import type { Actor } from '../../shared/audit/act.js'
import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import { type LinkDeps, newLink } from './links.js'
import { type OpenChallenge, type PhoneChallenge, problemOf } from './phone-challenge.js'
import type { AccountStore, NewAccount } from './ports.js'
import {
  type Draft,
  identityOf,
  type ReadRules,
  type Registration,
  readRegistration,
} from './read-registration.js'

export type { Registration } from './read-registration.js'

/** `pending` says nothing about whether the address or number was free; only its owner learns that. */
export type RegisterResult =
  | { kind: 'pending' }
  /** With an invitation: the address was proved by it. `isUsernameTaken` tells that the one wanted is somebody's. */
  | { kind: 'done'; userId: string; isUsernameTaken: boolean }
  /** With a number: a code is on its way to it. An address beside it is what makes the account. */
  | ({ kind: 'texted'; nextStep: 'VERIFY_PHONE' | 'VERIFY_EMAIL' } & PhoneChallenge)
  | { kind: 'refused'; problems: Problem[] }

type PasswordAnswer = { kind: 'set' } | { kind: 'refused'; reasons: UserErrorCode[] }

type Deps = LinkDeps &
  ReadRules & {
    accounts: Pick<AccountStore, 'register' | 'registerByPhone' | 'attachNumber'>
    setPassword: (credential: {
      userId: string
      password: string
      identity: string[]
    }) => Promise<PasswordAnswer>
    openChallenge: OpenChallenge
    newId: () => string
  }

/**
 * Makes an account that waits for proof of its address or number.
 *
 * The credential is stored before the account is: one without an account is swept, while an account without its
 * credential could never be signed in to. All of this costs the same for a taken address.
 */
export function makeRegister(deps: Deps) {
  return async function register(input: Registration, by: Actor): Promise<RegisterResult> {
    const { draft, password, problems } = readRegistration(input, deps)
    if (!draft) return { kind: 'refused', problems }

    const userId = deps.newId()
    const stored = await deps.setPassword({ userId, password, identity: identityOf(draft) })
    if (stored.kind === 'refused') {
      return { kind: 'refused', problems: stored.reasons.map((code) => ({ code, field: ['password'] })) }
    }
    return commit(deps, { ...draft, account: { ...draft.account, id: userId } }, by)
  }
}

type Ready = Omit<Draft, 'account'> & { account: Omit<NewAccount, 'email'> }

/** A challenge is opened before anything is committed: whoever may have no code now changes nothing of what is there. */
async function commit(
  deps: Deps,
  { account, email, phoneNumber, verificationUrl }: Ready,
  by: Actor,
): Promise<RegisterResult> {
  const opened = phoneNumber === null ? null : await open(deps, { userId: account.id, phoneNumber }, by)
  if (opened?.kind === 'refused') return { kind: 'refused', problems: [problemOf(opened, 'phoneNumber')] }

  const link = await newLink(deps, verificationUrl)
  if (email !== null) await deps.accounts.register({ ...account, email }, link, by)
  if (phoneNumber === null || !opened) return { kind: 'pending' }
  const { code } = opened
  if (email === null) {
    await deps.accounts.registerByPhone({ ...account, phoneNumber }, { code, invitation: link }, by)
  } else await deps.accounts.attachNumber({ userId: account.id, phoneNumber, code })
  return { kind: 'texted', nextStep: email === null ? 'VERIFY_PHONE' : 'VERIFY_EMAIL', ...opened.challenge }
}

const open = ({ openChallenge }: Deps, request: { userId: string; phoneNumber: string }, by: Actor) =>
  openChallenge({ ...request, purpose: 'PHONE_VERIFICATION', changeId: null }, by)
