import type { Actor } from '../../shared/audit/act.js'
import { AppError } from '../../shared/errors/app-error.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { issueTokens, type SignAccessToken } from './issue-tokens.js'
import { maySignIn } from './may-sign-in.js'
import type {
  Account,
  AuthenticationMethod,
  FailureStore,
  IssuedTokens,
  NetworkFailures,
  Session,
  SessionStore,
} from './ports.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'
import { stepUpFactors } from './step-up-factors.js'

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

export type CompleteStepUp = {
  ticket: string
  method: AuthenticationMethod
  password: string | null
  /** The token by which this device was remembered. */
  deviceToken: string | null
  ip: string
  by: Actor
}

export type CompletedStepUp =
  | { kind: 'stepped-up'; session: Session; account: Account; tokens: IssuedTokens }
  | Refused

/** Who is signed in, and by which session. */
type Holder = { userId: string; sessionId: string }

type Refused = { kind: 'refused'; problems: Problem[] }

type Deps = {
  tickets: {
    issue(holder: Holder): Promise<string>
    /** Null for anything that is no ticket of ours in its time. */
    read(ticket: string): Promise<Holder | null>
  }
  sessions: Pick<SessionStore, 'replace'>
  failures: FailureStore
  network: NetworkFailures
  getAccount: (userId: string) => Promise<Account | null>
  verifyPassword: (check: { userId: string | null; password: string }) => Promise<{ matches: boolean }>
  digestOf: (token: string) => Uint8Array
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
    async begin(viewer: Holder, { assurance, maxAgeSeconds, isProved }: BeginStepUp): Promise<BegunStepUp> {
      if (maxAgeSeconds !== null && maxAgeSeconds < 1) return refused('INVALID', 'maxAgeSeconds')
      const factors = stepUpFactors()
      const level = assurance && Number(assurance.slice(-1))
      if (level && level > Number(factors.assurance.slice(-1))) return refused('NOT_ENROLLED', 'assurance')
      if (maxAgeSeconds !== null && isProved({ level, maxAgeSeconds })) return { kind: 'proved' }

      return { kind: 'begun', ticket: await deps.tickets.issue(viewer), methods: [...factors.methods] }
    },

    async complete(viewer: Holder, input: CompleteStepUp): Promise<CompletedStepUp> {
      const holder = await deps.tickets.read(input.ticket)
      if (!isOf(viewer, holder)) return refused('EXPIRED', 'stepUpTicket')
      if (!stepUpFactors().methods.includes(input.method)) return refused('INVALID', 'method')
      if (!input.password) return refused('REQUIRED', 'password')

      const network = await deps.network.take(input.ip)
      if (network.kind === 'limited') {
        throw new AppError('RATE_LIMITED', { retryAfterSeconds: network.retryAfterSeconds })
      }
      const problem = await checkPassword(deps, viewer, input)
      if (problem) return { kind: 'refused', problems: [problem] }

      const completed = await replaceSession(deps, viewer, input)
      await deps.network.giveBack(input.ip)
      return completed
    },
  }
}

const isOf = (viewer: Holder, holder: Holder | null): boolean =>
  holder?.sessionId === viewer.sessionId && holder.userId === viewer.userId

/** Counted as a sign-in's is: by another way in there would be more guesses. The limit is told, since the person is known. */
async function checkPassword(
  { failures, verifyPassword, digestOf }: Deps,
  { userId }: Holder,
  { password, deviceToken, by }: CompleteStepUp,
): Promise<Problem | null> {
  const { allowed } = await failures.reserve(userId, deviceToken === null ? null : digestOf(deviceToken))
  if (!allowed) return { code: 'TOO_MANY_ATTEMPTS' }
  const { matches } = await verifyPassword({ userId, password: password ?? '' })
  if (matches) return null

  const attempt = { action: 'session.step-up', outcome: 'FAILURE', subjectId: userId, by } as const
  await failures.fail({ attempt, subject: userId, unverifiedUserId: null })
  return { code: 'WRONG_PASSWORD', field: ['password'] }
}

async function replaceSession(
  deps: Deps,
  { userId, sessionId }: Holder,
  { method, ip, by }: CompleteStepUp,
): Promise<CompletedStepUp> {
  const account = await deps.getAccount(userId)
  if (!account || !maySignIn(account)) return refused('EXPIRED', 'stepUpTicket')

  const { id, refresh } = deps.newSession()
  const session = await deps.sessions.replace({
    id,
    replaces: sessionId,
    userId,
    life: account.sessionLife,
    method,
    assurance: stepUpFactors().assurance,
    ip,
    by,
    refreshDigest: deps.refreshTokens.digest(refresh),
    subject: userId,
  })
  if (!session) return refused('EXPIRED', 'stepUpTicket')
  const tokens = await issueTokens(deps.sign, session, account, deps.refreshTokens.format(refresh))
  return { kind: 'stepped-up', session, account, tokens }
}

const refused = (code: Problem['code'], field: string): Refused => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
