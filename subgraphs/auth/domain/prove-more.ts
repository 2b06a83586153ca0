import type { Actor } from '../../shared/audit/act.js'
import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import type { FailureStore } from './failure-ports.js'
import type { PendingLogin } from './login-ports.js'
import { type Addresses, checkEnrollmentGrant, checkMfaGrant, type ReadMfaGrant } from './mfa-grant.js'
import type { Account, SpentGrant } from './ports.js'
import type { Completion } from './read-completion.js'
import { secondFactorsAfter, type TypedFactor } from './second-factors.js'

/** What otp says of a code. */
export type FactorChecked =
  | { kind: 'right' }
  | { kind: 'wrong' }
  | { kind: 'refused'; reason: 'NOT_ENROLLED' | 'TOO_MANY_ATTEMPTS' | 'EXPIRED' }

export type CheckFactor = (check: {
  userId: string
  method: TypedFactor
  code: string
}) => Promise<FactorChecked>

/** What passwords says of a new one for somebody who has to choose it. */
export type RequiredChange =
  | { kind: 'changed' }
  | { kind: 'refused'; reasons: UserErrorCode[] }
  /** Nobody asks for it any more: it was changed meanwhile. */
  | { kind: 'not-required' }

export type ChangeRequired = (change: {
  userId: string
  newPassword: string
  /** Digest of the ticket, base64url: of the tickets that end with the password before, this one goes on. */
  keptTicket: string
  by: Actor
}) => Promise<RequiredChange>

export type ProveDeps = {
  failures: Pick<FailureStore, 'fail'>
  checkFactor: CheckFactor
  readGrant: ReadMfaGrant
  changeRequired: ChangeRequired
}

/** Who comes back, with which ticket, to whom it was issued for what. */
export type Coming = {
  account: Account & Addresses
  login: PendingLogin
  ticket: Uint8Array
  /** The same as it was shown. */
  shownTicket: string
  trustDevice: boolean
  ip: string
  userAgent: string | null
}

/** How far they have come now; a grant is still to be spent. */
export type ProvedMore =
  | { kind: 'proved'; login: PendingLogin; grant: SpentGrant | null }
  | { kind: 'refused'; problems: Problem[] }

/** Looks at what somebody came back with. */
export async function proveMore(
  deps: ProveDeps,
  coming: Coming,
  completion: Completion,
): Promise<ProvedMore> {
  switch (completion.kind) {
    case 'code':
    case 'grant':
    case 'enrollment':
      return proveFactor(deps, coming, completion)
    case 'password':
      return changePassword(deps, coming, completion.newPassword)
    case 'ticket':
      // What was asked for was done elsewhere, and is looked for again.
      return { kind: 'proved', login: coming.login, grant: null }
  }
}

type FactorCompletion = Extract<Completion, { kind: 'code' | 'grant' | 'enrollment' }>

async function proveFactor(
  deps: ProveDeps,
  coming: Coming,
  completion: FactorCompletion,
): Promise<ProvedMore> {
  const { account, login, trustDevice, ip, userAgent } = coming
  const { method } = completion
  const checked = await checkSecond(deps, coming, completion)
  if (checked.kind === 'right') {
    // The latest proof is this one, made now.
    const { provedAt: _, ...before } = login
    const proved = {
      ...{ ...before, secondMethod: method, trustsDevice: trustDevice },
      factorVersion: account.factorVersion,
    }
    return { kind: 'proved', login: proved, grant: checked.grant }
  }

  const by = { userId: null, client: login.clientId, ip, userAgent }
  const attempt = {
    ...({ action: 'session.start', outcome: 'FAILURE', subjectId: account.id, by } as const),
    detail: { method },
  }
  await deps.failures.fail({ attempt, subject: account.id, unverifiedUserId: null })
  if (checked.kind === 'wrong') {
    return completion.kind === 'code' ? refused('INVALID_CODE', 'code') : refused('EXPIRED', 'grant')
  }
  return refused(checked.reason, checked.reason === 'TOO_MANY_ATTEMPTS' ? 'code' : 'method')
}

type Right = { kind: 'right'; grant: SpentGrant | null }
type Wrong = Exclude<FactorChecked, { kind: 'right' }>

function checkSecond(deps: ProveDeps, coming: Coming, completion: FactorCompletion): Promise<Right | Wrong> {
  return completion.kind === 'code'
    ? checkCode(deps, coming, completion)
    : checkGrant(deps, coming, completion)
}

async function checkCode(
  { checkFactor }: ProveDeps,
  { account }: Coming,
  { method, code }: Extract<Completion, { kind: 'code' }>,
): Promise<Right | Wrong> {
  const checked = await checkFactor({ userId: account.id, method, code })
  return checked.kind === 'right' ? { kind: 'right', grant: null } : checked
}

/** Of a text, or of an app that was enrolled for this sign-in; by now either may be enrolled no more. */
async function checkGrant(
  { readGrant }: ProveDeps,
  { account, login, shownTicket: ticket }: Coming,
  { kind, method, grant: shown }: Extract<Completion, { kind: 'grant' | 'enrollment' }>,
): Promise<Right | Wrong> {
  // A text is no second factor behind another.
  const methods = secondFactorsAfter(login.method ?? 'PASSWORD', account.factors)
  if (!methods.includes(method)) return { kind: 'refused', reason: 'NOT_ENROLLED' }
  const grant =
    kind === 'grant'
      ? await checkMfaGrant(readGrant, shown, { account, ticket, channel: 'SMS' })
      : await checkEnrollmentGrant(readGrant, shown, { account, ticket })
  return grant ? { kind: 'right', grant } : { kind: 'wrong' }
}

/** One that is refused leaves the ticket as it is, but for the try. */
async function changePassword(
  { changeRequired }: ProveDeps,
  { account, login, ticket, ip, userAgent }: Coming,
  newPassword: string,
): Promise<ProvedMore> {
  const changed = await changeRequired({
    ...{ userId: account.id, newPassword, keptTicket: Buffer.from(ticket).toString('base64url') },
    by: { userId: account.id, client: login.clientId, ip, userAgent },
  })
  switch (changed.kind) {
    case 'changed':
      return { kind: 'proved', login: { ...login, mustChange: false }, grant: null }
    case 'not-required':
      return refused('EXPIRED', 'loginTicket')
    case 'refused':
      return {
        kind: 'refused',
        problems: changed.reasons.map((code) => ({ code, field: ['newPassword'] })),
      }
  }
}

const refused = (code: Problem['code'], field: string): ProvedMore => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
