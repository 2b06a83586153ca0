import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { issueTokens, type SignAccessToken } from './issue-tokens.js'
import { maySignIn } from './may-sign-in.js'
import { pay } from './pay.js'
import type {
  Account,
  AuthenticationMethod,
  FailureStore,
  IssuedTokens,
  NetworkFailures,
  Session,
  SessionReplacement,
  SessionStore,
  TriedAt,
} from './ports.js'
import type { CheckFactor } from './prove-more.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'
import { stepUpFactorsOf } from './step-up-factors.js'

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
  code: string | null
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
  checkFactor: CheckFactor
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

    async complete(viewer: Holder, input: CompleteStepUp): Promise<CompletedStepUp> {
      const account = await holderOf(deps, viewer, input.ticket)
      if (!account) return refused('EXPIRED', 'stepUpTicket')
      const { methods, assurance } = stepUpFactorsOf(account.factors)
      if (!methods.includes(input.method)) return refused('INVALID', 'method')

      const checked = await check(deps, viewer, input)
      if (checked.kind === 'refused') return checked
      const proved = {
        account,
        assurance,
        replaces: viewer.sessionId,
        passwordTriedAt: checked.passwordTriedAt,
      }
      const completed = await replaceSession(deps, proved, input)
      await deps.network.giveBack(input.ip)
      return completed
    },
  }
}

async function factorsOf({ getAccount }: Pick<Deps, 'getAccount'>, { userId }: Holder) {
  return stepUpFactorsOf((await getAccount(userId))?.factors ?? [])
}

type Checked = { kind: 'right'; passwordTriedAt: TriedAt | null }

/** What is given is there, the network pays, and then it is looked at. */
async function check(deps: Deps, viewer: Holder, input: CompleteStepUp): Promise<Checked | Refused> {
  const given = input.method === 'PASSWORD' ? 'password' : 'code'
  if (!input[given]) return refused('REQUIRED', given)
  await pay(deps.network, input.ip)
  return given === 'password' ? checkPassword(deps, viewer, input) : checkCode(deps, viewer, input)
}

const levelOf = (assurance: Session['assurance']): number => Number(assurance.slice(-1))

/** Whose ticket it is, if it is of the session that shows it, and they may still have one. */
async function holderOf(
  { tickets, getAccount }: Pick<Deps, 'tickets' | 'getAccount'>,
  viewer: Holder,
  ticket: string,
): Promise<Account | null> {
  if (!isOf(viewer, await tickets.read(ticket))) return null
  const account = await getAccount(viewer.userId)
  return account && maySignIn(account) ? account : null
}

const isOf = (viewer: Holder, holder: Holder | null): boolean =>
  holder?.sessionId === viewer.sessionId && holder.userId === viewer.userId

/** Counted as a sign-in's is: by another way in there would be more guesses. The limit is told, since the person is known. */
async function checkPassword(
  { failures, verifyPassword, digestOf }: Deps,
  { userId }: Holder,
  { password, deviceToken, by }: CompleteStepUp,
): Promise<Checked | Refused> {
  const { allowed, at } = await failures.reserve(userId, deviceToken === null ? null : digestOf(deviceToken))
  if (!allowed) return { kind: 'refused', problems: [{ code: 'TOO_MANY_ATTEMPTS' }] }
  const { matches } = await verifyPassword({ userId, password: password ?? '' })
  if (matches) return { kind: 'right', passwordTriedAt: at }

  const attempt = { action: 'session.step-up', outcome: 'FAILURE', subjectId: userId, by } as const
  await failures.fail({ attempt, subject: userId, unverifiedUserId: null })
  return refused('WRONG_PASSWORD', 'password')
}

/** Otp counts what is wrong; the audit log is told here, where it is known who asked. */
async function checkCode(
  { failures, checkFactor }: Deps,
  { userId }: Holder,
  { code, by }: CompleteStepUp,
): Promise<Checked | Refused> {
  const checked = await checkFactor({ userId, method: 'TOTP', code: code ?? '' })
  if (checked.kind === 'right') return { kind: 'right', passwordTriedAt: null }

  const attempt = { action: 'session.step-up', outcome: 'FAILURE', subjectId: userId, by } as const
  await failures.fail({ attempt, subject: userId, unverifiedUserId: null })
  return refused(checked.kind === 'wrong' ? 'INVALID_CODE' : checked.reason, 'code')
}

type Proved = Pick<SessionReplacement, 'assurance' | 'replaces' | 'passwordTriedAt'> & { account: Account }

async function replaceSession(
  deps: Deps,
  { account, assurance, replaces, passwordTriedAt }: Proved,
  { method, ip, by }: CompleteStepUp,
): Promise<CompletedStepUp> {
  const { id, refresh } = deps.newSession()
  const session = await deps.sessions.replace({
    ...{ id, replaces, userId: account.id, life: account.sessionLife },
    ...{ method, assurance, ip, by, subject: account.id, passwordTriedAt },
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
