import type { Problem } from '../../shared/errors/user-error-codes.js'
import { issueTokens, type SignAccessToken } from './issue-tokens.js'
import { maySignIn } from './may-sign-in.js'
import type { Addresses } from './mfa-grant.js'
import type { Account, AuthenticationMethod, Session, SessionStore } from './ports.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'
import { stepUpFactorsOf } from './step-up-factors.js'
import { checkProof, type StepUpProof, type StepUpProofDeps, type StepUpProved } from './step-up-proof.js'
import type { IssuedTokens } from './token-ports.js'

export type BeginStepUp = {
  /** Null: the strongest that the person has enrolled. */
  assurance: Session['assurance'] | null
  /** How old a proof may be; null asks for a new one in any case. */
  maxAgeSeconds: number | null
  /** Whether what the session proved already is enough for this. */
  isProved: (rule: { level: number | null; maxAgeSeconds: number }) => boolean
}

export type BegunStepUp =
  | { kind: 'begun'; ticket: string; methods: AuthenticationMethod[] }
  /** What was proved already is enough. */
  | { kind: 'proved' }
  | Refused

export type CompletedStepUp =
  | { kind: 'stepped-up'; session: Session; account: Account; tokens: IssuedTokens }
  | Refused

/** Who is signed in, and by which session. */
type Holder = { userId: string; sessionId: string }

type Refused = { kind: 'refused'; problems: Problem[] }

export type StepUpTickets = {
  issue(holder: Holder): Promise<string>
  /** Null for anything that is no ticket of ours in its time. */
  read(ticket: string): Promise<Holder | null>
}

type Deps = StepUpProofDeps & {
  tickets: StepUpTickets
  sessions: Pick<SessionStore, 'replace'>
  getAccount: (userId: string) => Promise<(Account & Addresses) | null>
  newSession: () => { id: string; refresh: RefreshToken }
  refreshTokens: RefreshTokens
  sign: SignAccessToken
}

/**
 * Proves again who is signed in, for what `@assurance` guards (SECURITY 5.5).
 *
 * A ticket is bound to the session that asked for it. Completing replaces that session by one with a new id
 * (SECURITY 5.4), so that a ticket is spent once, and a token stolen before the proof gains nothing by it.
 */
export function makeStepUp(deps: Deps) {
  return {
    async begin(viewer: Holder, wanted: BeginStepUp): Promise<BegunStepUp> {
      const { maxAgeSeconds } = wanted
      if (maxAgeSeconds !== null && maxAgeSeconds < 1) return refused('INVALID', 'maxAgeSeconds')
      const { methods, assurance } = await factorsOf(deps, viewer)
      // What the token says of factors may be older than what otp says now.
      const level = levelOf(wanted.assurance ?? assurance)
      if (level > levelOf(assurance)) return refused('NOT_ENROLLED', 'assurance')
      const isProved = maxAgeSeconds !== null && wanted.isProved({ level, maxAgeSeconds })
      if (isProved) return { kind: 'proved' }
      return { kind: 'begun', ticket: await deps.tickets.issue(viewer), methods: [...methods] }
    },

    async complete(viewer: Holder, input: StepUpProof): Promise<CompletedStepUp> {
      const account = await holderOf(deps, viewer, input.ticket)
      if (!account) return refused('EXPIRED', 'stepUpTicket')
      const { methods, assurance } = stepUpFactorsOf(account)
      if (!methods.includes(input.method)) return refused('INVALID', 'method')

      const checked = await checkProof(deps, account, input)
      if (checked.kind === 'refused') return checked
      const completed = await replaceSession(deps, { account, assurance, viewer, checked }, input)
      await deps.network.giveBack(input.ip)
      return completed
    },
  }
}

async function factorsOf({ getAccount }: Pick<Deps, 'getAccount'>, { userId }: Holder) {
  return stepUpFactorsOf((await getAccount(userId)) ?? { factors: [], basicProofs: [] })
}

const levelOf = (assurance: Session['assurance']): number => Number(assurance.slice(-1))

/** Whose ticket it is, if it is of the session that shows it, and they may still have one. */
async function holderOf(
  { tickets, getAccount }: Pick<Deps, 'tickets' | 'getAccount'>,
  viewer: Holder,
  ticket: string,
): Promise<(Account & Addresses) | null> {
  if (!isOf(viewer, await tickets.read(ticket))) return null
  const account = await getAccount(viewer.userId)
  return account && maySignIn(account) ? account : null
}

const isOf = (viewer: Holder, holder: Holder | null): boolean =>
  holder?.sessionId === viewer.sessionId && holder.userId === viewer.userId

type Proved = {
  account: Account
  assurance: Session['assurance']
  viewer: Holder
  checked: StepUpProved
}

async function replaceSession(
  deps: Deps,
  { account, assurance, viewer, checked: { passwordTriedAt, grant } }: Proved,
  { method, ip, by }: StepUpProof,
): Promise<CompletedStepUp> {
  const { id, refresh } = deps.newSession()
  const session = await deps.sessions.replace({
    ...{ id, replaces: viewer.sessionId, userId: account.id, life: account.sessionLife },
    factorVersion: account.factorVersion,
    ...{ method, assurance, ip, by, subject: account.id, passwordTriedAt, grant },
    refreshDigest: deps.refreshTokens.digest(refresh),
  })
  if (!session) return refused('EXPIRED', 'stepUpTicket')
  const tokens = await issueTokens(deps.sign, session, account, deps.refreshTokens.format(refresh))
  return { kind: 'stepped-up', session, account, tokens }
}

const refused = (code: Problem['code'], field: string): Refused => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
