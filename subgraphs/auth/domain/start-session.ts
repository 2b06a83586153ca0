import { issueTokens, type SignAccessToken } from './issue-tokens.js'
import type { Account, Device, NewSession, Session, SessionStore } from './ports.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'
import type { IssuedTokens } from './token-ports.js'

export type SignedIn = {
  kind: 'signed-in'
  session: Session
  account: Account
  tokens: IssuedTokens
  /** For a device that was not known; null when it holds its token already. */
  deviceToken: string | null
}

export type StartDeps = {
  sessions: Pick<SessionStore, 'start'>
  newSession: () => { id: string; refresh: RefreshToken }
  newDeviceToken: () => string
  digestOf: (token: string) => Uint8Array
  refreshTokens: RefreshTokens
  sign: SignAccessToken
}

export type Proved = Pick<
  NewSession,
  | 'methods'
  | 'assurance'
  | 'factorVersion'
  | 'shownDevice'
  | 'subject'
  | 'ticket'
  | 'grant'
  | 'passwordTriedAt'
  | 'trustsDevice'
  | 'provedAt'
> & {
  clientId: string
  device: Device
  ip: string
  userAgent: string | null
}

/** Starts the session of somebody who has proved enough; null where the store refuses it. */
export async function startSession(
  deps: StartDeps,
  account: Account,
  proved: Proved,
): Promise<SignedIn | null> {
  const { id, refresh } = deps.newSession()
  const deviceToken = deps.newDeviceToken()
  const started = await deps.sessions.start({
    id,
    userId: account.id,
    life: account.sessionLife,
    clientId: proved.clientId,
    methods: proved.methods,
    assurance: proved.assurance,
    factorVersion: proved.factorVersion,
    device: proved.device,
    ip: proved.ip,
    userAgent: proved.userAgent,
    refreshDigest: deps.refreshTokens.digest(refresh),
    shownDevice: proved.shownDevice,
    newDevice: deps.digestOf(deviceToken),
    subject: proved.subject,
    ticket: proved.ticket,
    grant: proved.grant,
    passwordTriedAt: proved.passwordTriedAt,
    trustsDevice: proved.trustsDevice,
    provedAt: proved.provedAt,
  })
  if (!started) return null

  const { session, isNewDevice } = started
  return {
    kind: 'signed-in',
    session,
    account,
    tokens: await issueTokens(deps.sign, session, account, deps.refreshTokens.format(refresh)),
    deviceToken: isNewDevice ? deviceToken : null,
  }
}
