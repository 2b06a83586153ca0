import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { NetworkFailures } from './failure-ports.js'
import { type GoneOn, type GoOnDeps, goOn, isFactorAsk, stillAsked } from './go-on.js'
import type { LoginTicketStore, PendingLogin } from './login-ports.js'
import { maySignIn } from './may-sign-in.js'
import type { Addresses } from './mfa-grant.js'
import { orGiveBack } from './or-give-back.js'
import { pay } from './pay.js'
import type { Account } from './ports.js'
import { type ProveDeps, proveMore } from './prove-more.js'
import { type Completion, type CompletionInput, misfitOf, readCompletion } from './read-completion.js'

export type CompleteLoginInput = CompletionInput & {
  ticket: string
  trustDevice: boolean
  ip: string
  userAgent: string | null
}

export type CompletedLogin = GoneOn | Refused

type Refused = { kind: 'refused'; problems: Problem[] }

type Deps = GoOnDeps &
  ProveDeps & {
    network: NetworkFailures
    tickets: Pick<LoginTicketStore, 'try'>
    getAccount: (userId: string) => Promise<(Account & Addresses) | null>
  }

/**
 * Goes on with the sign-in of somebody whose password or code was right, by what was asked for (SECURITY 8.7).
 *
 * The ticket is spent in the statement that starts the session, or that issues the next ticket. Who the person is by now
 * is asked again: between the steps they may have been disabled.
 */
export function makeCompleteLogin(deps: Deps) {
  return async function completeLogin(input: CompleteLoginInput): Promise<CompletedLogin> {
    const read = readCompletion(input)
    if ('problem' in read) return refused(read.problem)
    await pay(deps.network, input.ip)
    const completed = await orGiveBack(
      () => complete(deps, input, read.value),
      () => deps.network.giveBack(input.ip),
    )
    if (completed.kind !== 'refused') await deps.network.giveBack(input.ip)
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
  if (!login || !account || !maySignIn(account)) return refused(EXPIRED)
  const problem = problemOf(account, login, completion)
  if (problem) return refused(problem)

  const { trustDevice, ip, userAgent } = input
  const coming = { account, login, ticket, shownTicket: input.ticket, trustDevice, ip, userAgent }
  const proved = await proveMore(deps, coming, completion)
  if (proved.kind === 'refused') return proved
  const spent = { ticket, grant: proved.grant, passwordTriedAt: null }
  const step = { account, login: proved.login, spent, ip, userAgent }
  return (await goOn(deps, step, stillAsked(account, proved.login))) ?? refused(EXPIRED)
}

/** Why what they came back with is not even looked at. */
function problemOf(
  account: Account & Addresses,
  login: PendingLogin,
  completion: Completion,
): Problem | null {
  const asks = login.asks ?? 'SECOND_FACTOR'
  const misfit = misfitOf(asks, completion)
  if (misfit) return misfit
  const left = stillAsked(account, login)
  // A factor that was enrolled, or demanded, since comes before all else.
  if (!isFactorAsk(asks) && left.some(isFactorAsk)) return EXPIRED
  return asks === 'VERIFICATION' && left.includes(asks) ? UNPROVED : null
}

const UNPROVED: Problem = { code: 'VERIFICATION_REQUIRED', field: ['loginTicket'] }
const EXPIRED: Problem = { code: 'EXPIRED', field: ['loginTicket'] }

const refused = (problem: Problem): Refused => ({ kind: 'refused', problems: [problem] })
