import type { Actor } from '../../shared/audit/act.js'
import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import type { PendingLogin } from './login-ports.js'
import type { Account, FailureStore, SecondFactor } from './ports.js'
import type { Completion } from './read-completion.js'

/** What otp says of a code. */
export type FactorChecked =
  | { kind: 'right' }
  | { kind: 'wrong' }
  | { kind: 'refused'; reason: 'NOT_ENROLLED' | 'TOO_MANY_ATTEMPTS' | 'EXPIRED' }

export type CheckFactor = (check: {
  userId: string
  method: SecondFactor
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
  changeRequired: ChangeRequired
}

/** Who comes back, with which ticket, to whom it was issued for what. */
export type Coming = {
  account: Account
  login: PendingLogin
  ticket: Uint8Array
  trustDevice: boolean
  ip: string
  userAgent: string | null
}

/** How far they have come now. */
export type ProvedMore = { kind: 'proved'; login: PendingLogin } | { kind: 'refused'; problems: Problem[] }

/** Looks at what somebody came back with. */
export async function proveMore(
  deps: ProveDeps,
  coming: Coming,
  completion: Completion,
): Promise<ProvedMore> {
  switch (completion.kind) {
    case 'code':
      return proveFactor(deps, coming, completion)
    case 'password':
      return changePassword(deps, coming, completion.newPassword)
    case 'ticket':
      // What was asked for was done elsewhere, and is looked for again.
      return { kind: 'proved', login: coming.login }
  }
}

async function proveFactor(
  deps: ProveDeps,
  { account, login, trustDevice, ip, userAgent }: Coming,
  { method, code }: { method: SecondFactor; code: string },
): Promise<ProvedMore> {
  const checked = await deps.checkFactor({ userId: account.id, method, code })
  if (checked.kind === 'right') {
    return { kind: 'proved', login: { ...login, secondMethod: method, trustsDevice: trustDevice } }
  }

  const by = { userId: null, client: login.clientId, ip, userAgent }
  const attempt = {
    ...({ action: 'session.start', outcome: 'FAILURE', subjectId: account.id, by } as const),
    detail: { method },
  }
  await deps.failures.fail({ attempt, subject: account.id, unverifiedUserId: null })
  if (checked.kind === 'wrong') return refused('INVALID_CODE', 'code')
  return refused(checked.reason, checked.reason === 'TOO_MANY_ATTEMPTS' ? 'code' : 'method')
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
      return { kind: 'proved', login: { ...login, mustChange: false } }
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
