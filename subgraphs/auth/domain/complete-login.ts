import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { LoginTicketStore, PendingLogin } from './login-ports.js'
import { maySignIn } from './may-sign-in.js'
import { pay } from './pay.js'
import type { Account, FailureStore, NetworkFailures, SecondFactor } from './ports.js'
import { answers, type Completion, type CompletionInput, readCompletion } from './read-completion.js'
import { type SignedIn, type StartDeps, startSession } from './start-session.js'

export type CompleteLoginInput = CompletionInput & {
  ticket: string
  trustDevice: boolean
  ip: string
  userAgent: string | null
}

export type CompletedLogin = (SignedIn & { delivery: PendingLogin['delivery'] }) | Refused

type Refused = { kind: 'refused'; problems: Problem[] }

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

type Deps = StartDeps & {
  failures: Pick<FailureStore, 'fail'>
  network: NetworkFailures
  tickets: Pick<LoginTicketStore, 'try'>
  getAccount: (userId: string) => Promise<Account | null>
  checkFactor: CheckFactor
}

/**
 * Signs someone in whose password or code was right, with the second factor that was asked for (SECURITY 8.7).
 *
 * The ticket is spent in the statement that starts the session. Who the person is by now is asked again: between the
 * two halves they may have been disabled.
 */
export function makeCompleteLogin(deps: Deps) {
  return async function completeLogin(input: CompleteLoginInput): Promise<CompletedLogin> {
    const read = readCompletion(input)
    if ('problem' in read) return { kind: 'refused', problems: [read.problem] }
    await pay(deps.network, input.ip)
    const completed = await complete(deps, input, read.value)
    if (completed.kind === 'signed-in') await deps.network.giveBack(input.ip)
    return completed
  }
}

async function complete(
  deps: Deps,
  input: CompleteLoginInput,
  completion: Completion,
): Promise<CompletedLogin> {
  const ticket = deps.digestOf(input.ticket)
  const login = await deps.tickets.try(ticket)
  const account = login && (await deps.getAccount(login.userId))
  if (!login || !account || !maySignIn(account)) return refused('EXPIRED', 'loginTicket')

  if (!answers(login.asks ?? 'SECOND_FACTOR', completion)) return refused('INVALID', completion.kind)
  const { method, code } = completion
  const checked = await deps.checkFactor({ userId: account.id, method, code })
  if (checked.kind !== 'right') return failed(deps, { input, login, method, checked })

  const signedIn = await startSession(deps, account, {
    clientId: login.clientId,
    device: login.device,
    shownDevice: login.shownDevice === null ? null : Buffer.from(login.shownDevice, 'base64url'),
    ...{ ip: input.ip, userAgent: input.userAgent, subject: account.id, ticket },
    ...{ grant: null, passwordTriedAt: null },
    ...{ methods: [login.method ?? 'PASSWORD', method], assurance: 'AAL2', trustsDevice: input.trustDevice },
  })
  return signedIn ? { ...signedIn, delivery: login.delivery } : refused('EXPIRED', 'loginTicket')
}

type Failed = {
  input: CompleteLoginInput
  login: PendingLogin
  method: SecondFactor
  checked: Exclude<FactorChecked, { kind: 'right' }>
}

async function failed(
  { failures }: Deps,
  { input, login, method, checked }: Failed,
): Promise<CompletedLogin> {
  const by = { userId: null, client: login.clientId, ip: input.ip, userAgent: input.userAgent }
  const attempt = {
    ...({ action: 'session.start', outcome: 'FAILURE', subjectId: login.userId, by } as const),
    detail: { method },
  }
  await failures.fail({ attempt, subject: login.userId, unverifiedUserId: null })
  if (checked.kind === 'wrong') return refused('INVALID_CODE', 'code')
  return refused(checked.reason, checked.reason === 'TOO_MANY_ATTEMPTS' ? 'code' : 'method')
}

const refused = (code: Problem['code'], field: string): Refused => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
