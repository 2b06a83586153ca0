import { type AskedProof, askForProof, type SendProof, unprovedAddress } from './ask-for-proof.js'
import type { ChangeReason, LoginAsks, LoginTicketStore, PendingLogin } from './login-ports.js'
import type { Addresses } from './mfa-grant.js'
import type { Account, NewSession, SecondFactor } from './ports.js'
import { secondFactorsAfter } from './second-factors.js'
import { hasShownFactor } from './shown-factor.js'
import { type SignedIn, type StartDeps, startSession } from './start-session.js'

/** A session, or what is still needed for one: within minutes, with a ticket. */
export type GoneOn =
  | (SignedIn & { delivery: PendingLogin['delivery'] })
  | { kind: 'second-factor'; ticket: string; expiresAt: Date; methods: readonly SecondFactor[] }
  | { kind: 'enrollment'; ticket: string; expiresAt: Date; methods: readonly SecondFactor[] }
  | ({ kind: 'verification'; ticket: string; expiresAt: Date } & AskedProof)
  | { kind: 'password-change'; ticket: string; expiresAt: Date; reason: ChangeReason }

export type GoOnDeps = StartDeps & {
  tickets: Pick<LoginTicketStore, 'issue'>
  newTicket: () => string
  sendProof: SendProof
}

/** How far somebody has come, and what is spent for the next step. */
export type Step = {
  account: Account & Addresses
  login: PendingLogin
  /** A ticket stands for all that was shown before it. */
  spent: Pick<NewSession, 'ticket' | 'grant' | 'passwordTriedAt'>
  ip: string
  userAgent: string | null
}

/** What is still asked for before a session starts, in this order: nobody without their factor sets a password (SECURITY 5.5). */
export function stillAsked(account: Account & Addresses, login: PendingLogin): LoginAsks[] {
  const asks: (LoginAsks | null)[] = [
    factorAsked(account, login),
    unprovedAddress(account) && 'VERIFICATION',
    login.mustChange ? 'PASSWORD_CHANGE' : null,
  ]
  return asks.filter((one) => one !== null)
}

/** Which of them a second factor answers: one that is enrolled, or one that a role demands and that is still to be. */
export const isFactorAsk = (asks: LoginAsks): boolean => asks === 'SECOND_FACTOR' || asks === 'ENROLLMENT'

function factorAsked(account: Account, login: PendingLogin): 'SECOND_FACTOR' | 'ENROLLMENT' | null {
  if (hasShownFactor(login, account)) return null
  if (account.factors.length > 0) return 'SECOND_FACTOR'
  return account.requiresMfa ? 'ENROLLMENT' : null
}

/** Asks for the next of what is still asked for, or starts the session; null where that is refused. */
export async function goOn(deps: GoOnDeps, step: Step, [asks]: readonly LoginAsks[]): Promise<GoneOn | null> {
  return asks ? ask(deps, step, asks) : start(deps, step)
}

async function ask(deps: GoOnDeps, step: Step, asks: LoginAsks): Promise<GoneOn | null> {
  const ticket = deps.newTicket()
  const issued = await deps.tickets.issue(deps.digestOf(ticket), { ...step.login, asks }, step.spent)

  if (!issued) return null
  return askedFor(deps, { ...step, asks }, { ticket, expiresAt: issued.expiresAt })
}

async function askedFor(
  { sendProof }: GoOnDeps,
  { account, login, ip, asks }: Step & { asks: LoginAsks },
  asked: { ticket: string; expiresAt: Date },
): Promise<GoneOn> {
  switch (asks) {
    case 'VERIFICATION':
      return { kind: 'verification', ...asked, ...(await askForProof(sendProof, account, ip)) }
    case 'ENROLLMENT':
      return { kind: 'enrollment', ...asked, methods: ENROLLABLE }
    case 'PASSWORD_CHANGE':
      return { kind: 'password-change', ...asked, reason: login.changeReason ?? 'ADMIN_RESET' }
    default: {
      const methods = secondFactorsAfter(login.method ?? 'PASSWORD', account.factors)
      return { kind: 'second-factor', ...asked, methods }
    }
  }
}

/** What can be enrolled by the ticket alone. */
const ENROLLABLE: readonly SecondFactor[] = ['TOTP']

async function start(deps: GoOnDeps, step: Step): Promise<GoneOn | null> {
  const { account, login, spent, ip, userAgent } = step
  const { method = 'PASSWORD', secondMethod, clientId, device, delivery, shownDevice } = login
  const signedIn = await startSession(deps, account, {
    ...{ clientId, device, ip, userAgent, subject: account.id, ...spent },
    shownDevice: shownDevice === null ? null : new Uint8Array(Buffer.from(shownDevice, 'base64url')),
    methods: secondMethod ? [method, secondMethod] : [method],
    assurance: hasShownFactor(login, account) ? 'AAL2' : 'AAL1',
    factorVersion: login.factorVersion ?? 0,
    provedAt: login.provedAt,
    trustsDevice: login.trustsDevice === true,
  })
  return signedIn && { ...signedIn, delivery }
}
