import { AppError } from '../../shared/errors/app-error.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type Identifier, type IdentifierInput, readIdentifier } from '../../shared/identifiers/identifier.js'
import { issueTokens, type SignAccessToken } from './issue-tokens.js'
import { isNamedBy, maySignIn } from './may-sign-in.js'
import type {
  Account,
  Device,
  FailureStore,
  IssuedTokens,
  NetworkFailures,
  Session,
  SessionStore,
} from './ports.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'

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
}

export type LoginResult =
  | {
      kind: 'signed-in'
      session: Session
      account: Account
      tokens: IssuedTokens
      /** For a device that was not known; null when it holds its token already. */
      deviceToken: string | null
    }
  | { kind: 'refused'; problems: Problem[] }

type Deps = {
  sessions: Pick<SessionStore, 'start'>
  failures: FailureStore
  network: NetworkFailures
  findAccount: (identifier: Identifier) => Promise<Account | null>
  verifyPassword: (check: { userId: string | null; password: string }) => Promise<{ matches: boolean }>
  /** Names the counter of an identifier that has no account, without keeping the identifier. */
  strangerOf: (identifier: Identifier) => string
  newSession: () => { id: string; refresh: RefreshToken }
  newDeviceToken: () => string
  digestOf: (token: string) => Uint8Array
  refreshTokens: RefreshTokens
  sign: SignAccessToken
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

    const network = await deps.network.take(input.ip)
    if (network.kind === 'limited') {
      throw new AppError('RATE_LIMITED', { retryAfterSeconds: network.retryAfterSeconds })
    }
    const shownDevice = input.deviceToken === null ? null : deps.digestOf(input.deviceToken)
    const { account, subject, subjectId } = await check(deps, identifier, { password, shownDevice })
    if (!account?.everVerified) {
      const by = { userId: null, client: input.clientId, ip: input.ip, userAgent: input.userAgent }
      const attempt = { action: 'session.start', outcome: 'FAILURE', subjectId, by } as const
      await deps.failures.fail({ attempt, subject, unverifiedUserId: account?.id ?? null })
      return { kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] }
    }
    const signedIn = await start(deps, { ...input, shownDevice, subject }, account)
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
  const { matches } = await deps.verifyPassword({ userId: account?.id ?? null, password })
  return { account: matches ? account : null, subject, subjectId: found?.id ?? null }
}

function read({ identifier, password }: LoginInput) {
  const named = readIdentifier(identifier)
  const problems: Problem[] = 'problem' in named ? [named.problem] : []
  if (!password) problems.push({ code: 'REQUIRED', field: ['password'] })
  return { identifier: 'value' in named ? named.value : null, password, problems }
}

async function start(
  deps: Deps,
  input: LoginInput & { shownDevice: Uint8Array | null; subject: string },
  account: Account,
): Promise<LoginResult> {
  const { id, refresh } = deps.newSession()
  const deviceToken = deps.newDeviceToken()
  const { session, isNewDevice } = await deps.sessions.start({
    id,
    userId: account.id,
    life: account.sessionLife,
    clientId: input.clientId,
    methods: ['PASSWORD'],
    device: input.device,
    ip: input.ip,
    userAgent: input.userAgent,
    refreshDigest: deps.refreshTokens.digest(refresh),
    shownDevice: input.shownDevice,
    newDevice: deps.digestOf(deviceToken),
    subject: input.subject,
  })

  return {
    kind: 'signed-in',
    session,
    account,
    tokens: await issueTokens(deps.sign, session, account, deps.refreshTokens.format(refresh)),
    deviceToken: isNewDevice ? deviceToken : null,
  }
}
