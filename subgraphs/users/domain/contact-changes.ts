import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import type { PhoneChallenge } from './phone-challenge.js'
import type {
  Account,
  ContactChange,
  ContactChangeDone,
  ContactChangeRequested,
  ContactChangeStore,
  UndoLink,
} from './ports.js'

export type EmailRequest = { newEmail: string; confirmUrl: string | null }

export type ContactChangeResult =
  | { kind: 'pending'; change: ContactChange }
  /** Of a number: a code is on its way to it. */
  | ({ kind: 'texted'; change: ContactChange } & PhoneChallenge)
  | { kind: 'done'; account: Account; change: ContactChange }
  | { kind: 'refused'; problems: Problem[] }

export type MakeUndo = () => Promise<UndoLink>

type Deps = {
  changes: Pick<ContactChangeStore, 'request' | 'revert'>
  newChangeId: () => string
  newToken: () => string
  looksLikeToken: (text: string) => boolean
  digestOf: (token: string) => Uint8Array
  seal: (secret: string) => Promise<string>
  /** The first is ours and the default; others are the operator's. */
  confirmUrls: readonly string[]
  /** Has auth end the person's sessions; throws where that cannot be had. */
  endSessions: (account: Account) => Promise<void>
}

/**
 * Changes of an address (SECURITY 9.4): asked for by who is signed in and has proved it lately, proved at the new one, told
 * to the old one with a link that undoes it for seven days.
 */
export function makeContactChanges(deps: Deps) {
  const { changes, looksLikeToken, digestOf } = deps

  return {
    /** A taken address gets the same answer as a free one; the difference goes to its mailbox. */
    async requestEmail(userId: string, input: EmailRequest, by: Actor): Promise<ContactChangeResult> {
      const { newEmail, url, problems } = readRequest(input, deps.confirmUrls)
      if (!newEmail || !url) return refused(...problems)

      const link = { ...(await makeLink(deps)), url }
      const wanted = { id: deps.newChangeId(), userId, kind: 'EMAIL' as const, newValue: newEmail, link }
      const requested = await changes.request(wanted, by)
      return requested.kind === 'pending' ? requested : refused(refusalOf(requested, 'newEmail'))
    },

    /** Sessions end before this is acknowledged: whoever changed the address may hold one. */
    async revert(token: string, by: Actor): Promise<ContactChangeResult> {
      const problem = problemOf(token, looksLikeToken)
      if (problem) return refused(problem)
      const reverted = await changes.revert(digestOf(token), by)
      if (reverted.kind === 'done') await deps.endSessions(reverted.account)
      return resultOf(reverted, 'token')
    },
  }
}

function readRequest(input: EmailRequest, confirmUrls: readonly string[]) {
  const newEmail = normalizeEmail(input.newEmail)
  const wanted = input.confirmUrl ?? confirmUrls[0]
  const url = wanted !== undefined && confirmUrls.includes(wanted) ? wanted : null
  const problems: Problem[] = []
  if (!newEmail) problems.push({ code: 'INVALID_EMAIL', field: ['newEmail'] })
  if (!url) problems.push({ code: 'INVALID', field: ['confirmUrl'] })
  return { newEmail, url, problems }
}

export function refusalOf(
  requested: Exclude<ContactChangeRequested, { kind: 'pending' }>,
  field: string,
): Problem {
  if (requested.kind === 'limited') {
    return { code: 'RATE_LIMITED', field: [field], retryAfter: requested.retryAfter }
  }
  return requested.reason === 'SAME' ? { code: 'INVALID', field: [field] } : { code: 'NOT_FOUND' }
}

/** The token exists in the clear only until it is sealed, here. */
export async function makeLink({
  newToken,
  digestOf,
  seal,
}: Pick<Deps, 'newToken' | 'digestOf' | 'seal'>): Promise<{ digest: Uint8Array; sealedToken: string }> {
  const token = newToken()
  return { digest: digestOf(token), sealedToken: await seal(token) }
}

export function problemOf(token: string | null, looksLikeToken: (text: string) => boolean): Problem | null {
  if (!token) return { code: 'REQUIRED', field: ['token'] }
  return looksLikeToken(token) ? null : { code: 'INVALID', field: ['token'] }
}

export const resultOf = (done: ContactChangeDone, field: string): ContactChangeResult =>
  done.kind === 'done' ? done : refused({ code: done.reason, field: [field] })

export const refused = (...problems: Problem[]): { kind: 'refused'; problems: Problem[] } => ({
  kind: 'refused',
  problems,
})
