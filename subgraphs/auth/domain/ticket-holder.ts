import type { LoginTicketStore } from './login-ports.js'
import { maySignIn } from './may-sign-in.js'
import type { Account, AuthenticationMethod } from './ports.js'
import { secondFactorsAfter } from './second-factors.js'
import type { StepUpTickets } from './step-up.js'
import { stepUpFactorsOf } from './step-up-factors.js'

export type TicketShown = {
  kind: 'LOGIN' | 'ENROLLMENT' | 'STEP_UP'
  ticket: string
  sessionId: string | null
}

export type TicketHolder = { userId: string; methods: AuthenticationMethod[] }

type Deps = {
  logins: Pick<LoginTicketStore, 'find'>
  stepUps: Pick<StepUpTickets, 'read'>
  getAccount: (userId: string) => Promise<Account | null>
  digestOf: (token: string) => Uint8Array
}

/** Whom a ticket stands for, and what would complete what it is for; null where it is none, or none of this session's. */
export function makeTicketHolder(deps: Deps) {
  return ({ kind, ...shown }: TicketShown): Promise<TicketHolder | null> =>
    kind === 'STEP_UP' ? ofStepUp(deps, shown) : HOLDERS[kind](deps, shown)
}

type Shown = Omit<TicketShown, 'kind'>

async function ofLogin(
  { logins, digestOf, getAccount }: Deps,
  { ticket }: Shown,
): Promise<TicketHolder | null> {
  const login = await logins.find(digestOf(ticket))
  if (!login || (login.asks ?? 'SECOND_FACTOR') !== 'SECOND_FACTOR') return null
  const account = await getAccount(login.userId)
  if (!account || !maySignIn(account)) return null
  return { userId: account.id, methods: secondFactorsAfter(login.method ?? 'PASSWORD', account.factors) }
}

/** Somebody of whom a factor is demanded that they do not have. Once there is one, by whichever way, the ticket enrols none. */
async function ofEnrollment(
  { logins, digestOf, getAccount }: Deps,
  { ticket }: Shown,
): Promise<TicketHolder | null> {
  const login = await logins.find(digestOf(ticket))
  if (login?.asks !== 'ENROLLMENT') return null
  const account = await getAccount(login.userId)
  if (!account || !maySignIn(account) || account.factors.length > 0) return null
  return { userId: account.id, methods: ['TOTP'] }
}

const HOLDERS = { LOGIN: ofLogin, ENROLLMENT: ofEnrollment }

async function ofStepUp(
  { stepUps, getAccount }: Deps,
  { ticket, sessionId }: Shown,
): Promise<TicketHolder | null> {
  const holder = await stepUps.read(ticket)
  if (!holder || holder.sessionId !== sessionId) return null
  const account = await getAccount(holder.userId)
  if (!account || !maySignIn(account)) return null
  return { userId: account.id, methods: [...stepUpFactorsOf(account).methods] }
}
