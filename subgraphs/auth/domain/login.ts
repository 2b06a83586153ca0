import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type Identifier, type IdentifierInput, readIdentifier } from '../../shared/identifiers/identifier.js'
import type { DeviceStore } from './device-ports.js'
import type { FailureStore, NetworkFailures } from './failure-ports.js'
import {
  checkFirstFactor,
  type FirstFactor,
  type FirstFactorDeps,
  type NamedAccount,
  type Shown,
} from './first-factor.js'
import { type GoneOn, type GoOnDeps, goOn, stillAsked } from './go-on.js'
import type { LoginAsks, PendingLogin } from './login-ports.js'
import { isNamedBy, maySignIn } from './may-sign-in.js'
import { orGiveBack } from './or-give-back.js'
import { pay } from './pay.js'
import type { Account, AuthenticationMethod, Device, TriedAt } from './ports.js'
import { type Factors, withFactors } from './with-factors.js'

export type LoginInput = {
  identifier: IdentifierInput
  password?: string | null | undefined
  /** Of a code that was sent to sign in with, instead of the password. */
  grant?: string | null | undefined
  /** What the person calls this device, else what its user agent says. */
  device: Device
  /** The token by which this device was remembered. */
  deviceToken: string | null
  ip: string
  userAgent: string | null
  clientId: string
  /** How the refresh token is to travel, once there is one. */
  delivery: 'COOKIE' | 'BODY'
}

export type LoginResult = GoneOn | { kind: 'refused'; problems: Problem[] }

type Deps = GoOnDeps &
  FirstFactorDeps & {
    failures: FailureStore
    network: NetworkFailures
    findAccount: (identifier: Identifier) => Promise<NamedAccount | null>
    /** Asked whoever is named; null stands for nobody. */
    factorsOf: (userId: string | null) => Promise<Factors>
    /** Asked of whoever shows a grant; who shows a right password has one. */
    hasPassword: (userId: string | null) => Promise<boolean>
    proofsOf: (account: NamedAccount, hasPassword: boolean) => readonly AuthenticationMethod[]
    /** Whether somebody is asked for no second factor on the device that shows this token. */
    isTrusted: DeviceStore['isTrusted']
    /** Names the counter of an identifier that has no account, without keeping the identifier. */
    strangerOf: (identifier: Identifier) => string
  }

/**
 * Signs someone in with a password, or with the grant of a code that was sent to them.
 *
 * Whoever is named (nobody, locked, disabled, never verified) and whatever is wrong, the same calls are made and
 * one hash is computed for a password and none for a grant, and the answer is INVALID_CREDENTIALS (SECURITY 7.4). The
 * network and the account each pay for the attempt before it is made; a success gives both back.
 */
export function makeLogin(deps: Deps) {
  return async function login(input: LoginInput): Promise<LoginResult> {
    const { identifier, shown, problems } = read(input)
    if (!identifier || !shown) return { kind: 'refused', problems }

    await pay(deps.network, input.ip)
    const shownDevice = input.deviceToken === null ? null : deps.digestOf(input.deviceToken)
    const { proved, subject, subjectId } = await orGiveBack(
      () => check(deps, identifier, { shown, shownDevice }),
      () => deps.network.giveBack(input.ip),
    )
    const attempt = { ...input, shownDevice, subject, subjectId }
    if (!proved?.account.everVerified) return refuse(deps, attempt, proved?.account.id ?? null)

    const done = await proceed(deps, attempt, proved)
    if (!done) return refuse(deps, attempt, null)
    await deps.network.giveBack(input.ip)
    return done
  }
}

type Attempt = LoginInput & { shownDevice: Uint8Array | null; subject: string; subjectId: string | null }

async function refuse(
  { failures }: Deps,
  { clientId, ip, userAgent, subject, subjectId }: Attempt,
  unverifiedUserId: string | null,
): Promise<LoginResult> {
  const by = { userId: null, client: clientId, ip, userAgent }
  const attempt = { action: 'session.start', outcome: 'FAILURE', subjectId, by } as const
  await failures.fail({ attempt, subject, unverifiedUserId })
  return { kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] }
}

/** Whom what was shown stands for, and what it is. */
type Proved = { account: Account & NamedAccount; first: FirstFactor; passwordTriedAt: TriedAt | null }

/** One lookup, one count and one check, whoever is named; `proved` only where it is right and the account may be used. */
async function check(
  deps: Deps,
  identifier: Identifier,
  { shown, shownDevice }: { shown: Shown; shownDevice: Uint8Array | null },
): Promise<{ proved: Proved | null; subject: string; subjectId: string | null }> {
  const named = await deps.findAccount(identifier)
  const found = named && isNamedBy(identifier, named) ? named : null
  const subject = found?.id ?? deps.strangerOf(identifier)
  const { allowed, at } = await deps.failures.reserve(subject, shownDevice)
  const account = found && allowed && maySignIn(found) ? found : null
  const userId = account?.id ?? null
  const [first, factors, hasPassword] = await orGiveBack(
    () =>
      Promise.all([
        checkFirstFactor(deps, shown, account),
        deps.factorsOf(userId),
        'password' in shown || deps.hasPassword(userId),
      ]),
    () => deps.failures.giveBack({ subject, shownDevice, allowed }),
  )
  return {
    proved: first &&
      account && {
        ...{ account: withFactors(account, factors, deps.proofsOf(account, hasPassword)), first },
        passwordTriedAt: first.method === 'PASSWORD' ? at : null,
      },
    subject,
    subjectId: found?.id ?? null,
  }
}

function read({ identifier, password, grant }: LoginInput) {
  const named = readIdentifier(identifier)
  const shown = readShown(password, grant)
  return {
    identifier: 'value' in named ? named.value : null,
    shown: 'value' in shown ? shown.value : null,
    problems: [named, shown].flatMap((one): Problem[] => ('problem' in one ? [one.problem] : [])),
  }
}

/** Exactly one of the two. */
function readShown(
  password: LoginInput['password'],
  grant: LoginInput['grant'],
): { value: Shown } | { problem: Problem } {
  if (password && grant) return { problem: { code: 'INVALID', field: ['grant'] } }
  if (grant) return { value: { grant } }
  return password ? { value: { password } } : { problem: { code: 'REQUIRED', field: ['password'] } }
}

/** A session, or what is still needed for one; null where the grant was spent before, or the password has just changed. */
async function proceed(deps: Deps, attempt: Attempt, proved: Proved): Promise<GoneOn | null> {
  const { account, first, passwordTriedAt } = proved
  const { clientId, device, delivery, ip, userAgent, shownDevice } = attempt
  const { grant, ...shown } = first
  const login: PendingLogin = {
    ...{ userId: account.id, clientId, device, delivery, ...shown },
    shownDevice: shownDevice && Buffer.from(shownDevice).toString('base64url'),
  }
  const asks = stillAsked(account, login)
  const isSpared = !account.requiresMfa && (await sparesFactor(deps, attempt, { asks, login }))
  const spent = { grant, passwordTriedAt, ticket: null }
  return goOn(deps, { account, login, spent, ip, userAgent }, isSpared ? [] : asks)
}

/**
 * On a device that its owner trusts a password is enough, and nothing less is: not a code (SECURITY 8.6), nor one that
 * is to be another from now on. It never is where a role demands the factor.
 */
async function sparesFactor(
  { isTrusted }: Deps,
  { shownDevice }: Attempt,
  { asks, login: { userId, method } }: { asks: readonly LoginAsks[]; login: PendingLogin },
): Promise<boolean> {
  if (asks.length !== 1 || asks[0] !== 'SECOND_FACTOR') return false
  return method === 'PASSWORD' && shownDevice !== null && (await isTrusted(userId, shownDevice))
}
