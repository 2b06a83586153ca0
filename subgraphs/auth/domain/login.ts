import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type Identifier, type IdentifierInput, readIdentifier } from '../../shared/identifiers/identifier.js'
import type { DeviceStore } from './device-ports.js'
import type { LoginTicketStore } from './login-ports.js'
import { isNamedBy, maySignIn } from './may-sign-in.js'
import { pay } from './pay.js'
import type { Account, Device, FailureStore, KnownAccount, NetworkFailures, SecondFactor } from './ports.js'
import { type SignedIn, type StartDeps, startSession } from './start-session.js'
import { type Factors, withFactors } from './with-factors.js'

export type LoginInput = {
  identifier: IdentifierInput
  password?: string | null | undefined
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

export type LoginResult =
  | SignedIn
  /** The password was right, and more is asked for: within minutes, with this ticket. */
  | { kind: 'second-factor'; ticket: string; methods: readonly SecondFactor[]; expiresAt: Date }
  | { kind: 'refused'; problems: Problem[] }

type Deps = StartDeps & {
  failures: FailureStore
  network: NetworkFailures
  findAccount: (identifier: Identifier) => Promise<KnownAccount | null>
  verifyPassword: (check: { userId: string | null; password: string }) => Promise<{ matches: boolean }>
  /** Asked whoever is named; null stands for nobody. */
  factorsOf: (userId: string | null) => Promise<Factors>
  /** Whether somebody is asked for no second factor on the device that shows this token. */
  isTrusted: DeviceStore['isTrusted']
  tickets: Pick<LoginTicketStore, 'issue'>
  newTicket: () => string
  /** Names the counter of an identifier that has no account, without keeping the identifier. */
  strangerOf: (identifier: Identifier) => string
}

/**
 * Signs someone in with a password.
 *
 * Whoever is named (nobody, locked, disabled, never verified) and whatever is wrong, the same calls are made and
 * one hash is computed, and the answer is INVALID_CREDENTIALS (SECURITY 7.4). The network and the account each pay
 * for the attempt before it is made; a success gives both back.
 */
export function makeLogin(deps: Deps) {
  return async function login(input: LoginInput): Promise<LoginResult> {
    const { identifier, password, problems } = read(input)
    if (!identifier || !password) return { kind: 'refused', problems }

    await pay(deps.network, input.ip)
    const shownDevice = input.deviceToken === null ? null : deps.digestOf(input.deviceToken)
    const { account, subject, subjectId } = await check(deps, identifier, { password, shownDevice })
    if (!account?.everVerified) {
      const by = { userId: null, client: input.clientId, ip: input.ip, userAgent: input.userAgent }
      const attempt = { action: 'session.start', outcome: 'FAILURE', subjectId, by } as const
      await deps.failures.fail({ attempt, subject, unverifiedUserId: account?.id ?? null })
      return { kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] }
    }
    const signedIn = await goOn(deps, { ...input, shownDevice, subject }, account)
    await deps.network.giveBack(input.ip)
    return signedIn
  }
}

/** One lookup, one count and one hash, whoever is named; `account` only where the password is right and may be used. */
async function check(
  deps: Deps,
  identifier: Identifier,
  { password, shownDevice }: { password: string; shownDevice: Uint8Array | null },
) {
  const named = await deps.findAccount(identifier)
  const found = named && isNamedBy(identifier, named) ? named : null
  const subject = found?.id ?? deps.strangerOf(identifier)
  const { allowed } = await deps.failures.reserve(subject, shownDevice)
  const account = found && allowed && maySignIn(found) ? found : null
  const userId = account?.id ?? null
  const [{ matches }, factors] = await Promise.all([
    deps.verifyPassword({ userId, password }),
    deps.factorsOf(userId),
  ])
  return {
    account: matches && account ? withFactors(account, factors) : null,
    subject,
    subjectId: found?.id ?? null,
  }
}

function read({ identifier, password }: LoginInput) {
  const named = readIdentifier(identifier)
  const problems: Problem[] = 'problem' in named ? [named.problem] : []
  if (!password) problems.push({ code: 'REQUIRED', field: ['password'] })
  return { identifier: 'value' in named ? named.value : null, password, problems }
}

type RightPassword = LoginInput & { shownDevice: Uint8Array | null; subject: string }

/** A session, or what is still needed for one. */
async function goOn(deps: Deps, input: RightPassword, account: Account): Promise<LoginResult> {
  if (await needsMore(deps, input, account)) return askForMore(deps, input, account)
  const { clientId, device, ip, userAgent, shownDevice, subject } = input
  const signedIn = await startSession(deps, account, {
    ...{ clientId, device, ip, userAgent, shownDevice, subject },
    ...{ methods: ['PASSWORD'], assurance: 'AAL1', ticket: null, trustsDevice: false },
  })
  if (!signedIn) throw new Error('a session was not written')
  return signedIn
}

async function needsMore({ isTrusted }: Deps, { shownDevice }: RightPassword, { id, factors }: Account) {
  if (factors.length === 0) return false
  return shownDevice === null || !(await isTrusted(id, shownDevice))
}

async function askForMore(
  { tickets, newTicket, digestOf }: Deps,
  { clientId, device, delivery, shownDevice }: RightPassword,
  { id: userId, factors }: Account,
): Promise<LoginResult> {
  const ticket = newTicket()
  const { expiresAt } = await tickets.issue(digestOf(ticket), {
    ...{ userId, clientId, device, delivery },
    shownDevice: shownDevice && Buffer.from(shownDevice).toString('base64url'),
  })
  return { kind: 'second-factor', ticket, methods: factors, expiresAt }
}
