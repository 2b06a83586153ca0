import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { usersCalls } from '../shared/contracts/users.js'
import type { Identifier } from '../shared/identifiers/identifier.js'
import { createGrantReader } from '../shared/identity/grant.js'
import { createNewViewerSigner } from '../shared/identity/new-viewer.js'
import { coversScopes } from '../shared/identity/scopes.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { networkKey } from '../shared/limiter/network-key.js'
import type { WindowLimiter } from '../shared/limiter/window-limiter.js'
import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import { newToken, tokenDigest } from '../shared/secrets/token.js'
import type { AuthContext } from './context.js'
import { createCountryOf } from './country.js'
import { createDelivery } from './delivery.js'
import { admitted } from './domain/admitted.js'
import { makeApiClients } from './domain/api-clients.js'
import type { SendProof } from './domain/ask-for-proof.js'
import { makeCompleteLogin } from './domain/complete-login.js'
import { describeDevice } from './domain/device.js'
import type { FailureStore, NetworkFailures } from './domain/failure-ports.js'
import type { SigningKeyStore } from './domain/key-ports.js'
import { makeLogin } from './domain/login.js'
import { makeLogout } from './domain/logout.js'
import { makeRefresh } from './domain/refresh.js'
import { createRefreshTokens } from './domain/refresh-token.js'
import { makeRevokeSessions } from './domain/revoke-sessions.js'
import { makeRotateKeys } from './domain/rotate-keys.js'
import { allowedTo } from './domain/session-scopes.js'
import { makeStepUp } from './domain/step-up.js'
import { stepUpFactorsOf } from './domain/step-up-factors.js'
import { makeTicketHolder } from './domain/ticket-holder.js'
import type { AuthEnv } from './env.js'
import { makeFindAccount } from './find-account.js'
import { SIGN_INS_AT_ONCE } from './limits.js'
import { newClientSecret, newSession, sessionIdOf } from './new-ids.js'
import type { Stores } from './store/create-stores.js'
import { createAccessTokenSigner, viewerOf } from './tokens/access-tokens.js'
import { createClientTokenSigner } from './tokens/client-tokens.js'
import type { KeyRing } from './tokens/key-ring.js'
import { createStepUpTickets } from './tokens/step-up-tickets.js'
import { readUserAgent } from './tokens/user-agent.js'
import { createTokenReader } from './tokens/validate-token.js'

type Parts = Omit<Stores, 'access' | 'passwords'> & {
  failures: FailureStore
  signing: { ring: KeyRing; store: SigningKeyStore }
  transport: CallTransport
  network: WindowLimiter
}

/** Everything the resolvers may ask for. */
export async function makeUseCases(
  env: AuthEnv,
  { sessions, clients, failures, tickets, devices, signing, transport, network }: Parts,
): Promise<AuthContext['auth']> {
  const users = callClient(usersCalls, transport)
  const passwords = callClient(passwordsCalls, transport)
  const refreshTokens = createRefreshTokens(deriveKey(env.AUTH_KEY, 'auth refresh tokens'))
  const sign = createAccessTokenSigner(signing.ring.current, env.PUBLIC_URL)
  const byNetwork = limitedBy(network)
  const otp = callClient(otpCalls, transport)
  const { getAccount, ...found } = makeFindAccount(env, transport)
  const sendProof = proofsBy(otp.sendProof)
  const proving = { failures, network: byNetwork, tickets, newTicket: newToken, sendProof }
  const starting = {
    ...{ sessions, newSession, newDeviceToken: newToken, digestOf: tokenDigest, refreshTokens, sign },
  }

  const grantsFor = grantsBy(otp.grantKeys)
  const stepUps = createStepUpTickets(deriveKey(env.AUTH_KEY, 'auth step-up tickets'))
  const second = { getAccount, checkFactor: otp.checkFactor, readGrant: grantsFor('MFA') }

  return {
    login: admitted(
      SIGN_INS_AT_ONCE,
      makeLogin({
        ...{ ...starting, ...proving, ...found, isTrusted: devices.isTrusted },
        findAccount: users.findByIdentifier,
        verifyPassword: passwords.verify,
        readGrant: grantsFor('LOGIN'),
        strangerOf: strangersBy(deriveKey(env.AUTH_KEY, 'auth strangers')),
      }),
    ),
    completeLogin: makeCompleteLogin({
      ...{ ...starting, ...proving, ...second },
      changeRequired: passwords.changeRequired,
    }),
    refresh: makeRefresh({ sessions, refreshTokens, sessionIdOf, getAccount, sign }),
    logout: makeLogout({ sessions, refreshTokens, sessionIdOf }),
    clients,
    apiClients: makeApiClients({
      ...{ clients, network: byNetwork, newSecret: newClientSecret, digestOf: tokenDigest },
      newClientId: () => newId(ID_PREFIXES.apiClient),
      covers: coversScopes,
      sign: createClientTokenSigner(signing.ring.current, env.PUBLIC_URL),
    }),
    stepUp: makeStepUp({
      ...{ sessions, failures, network: byNetwork, ...second, verifyPassword: passwords.verify },
      ...{ newSession, refreshTokens, sign, digestOf: tokenDigest, tickets: stepUps },
    }),
    ticketHolder: makeTicketHolder({ logins: tickets, stepUps, getAccount, digestOf: tokenDigest }),
    revokeSessions: makeRevokeSessions({ sessions, getAccount, covers: coversScopes }),
    rotateKeys: makeRotateKeys({ keys: signing.store, refresh: signing.ring.refresh }),
    readToken: createTokenReader(signing.ring.current, env.PUBLIC_URL),
    ...{ sessions, devices, otpChannels: env.SMS_COUNTRIES.length > 0 ? ['EMAIL', 'SMS'] : ['EMAIL'] },
    ...createDelivery(env),
    countryOf: createCountryOf(),
    describeDevice: (name, userAgent) => describeDevice(name, readUserAgent(userAgent)),
    viewerOf: viewerOfAccount,
    signNewViewer: await createNewViewerSigner('auth', env.AUTH_PRIVATE_KEY),
  }
}

type GrantKeys = (input: Record<string, never>) => Promise<{ keys: Record<string, unknown>[] }>

const grantsBy = (keys: GrantKeys) => (purpose: 'LOGIN' | 'MFA') =>
  createGrantReader({ audience: 'auth', purpose, keys: () => keys({}) })

type Proof = Parameters<SendProof>[0]

/** Texts are counted by networks. */
const proofsBy =
  (send: (wanted: Omit<Proof, 'ip'> & { network: string }) => ReturnType<SendProof>): SendProof =>
  ({ ip, ...wanted }) =>
    send({ ...wanted, network: networkKey(ip) })

const limitedBy = (network: WindowLimiter): NetworkFailures => ({
  take: (ip) => network.take(networkKey(ip)),
  giveBack: (ip) => network.giveBack(networkKey(ip)),
})

const viewerOfAccount: AuthContext['auth']['viewerOf'] = (session, account) =>
  viewerOf(session, allowedTo(session, account).scopes, stepUpFactorsOf(account))

const strangersBy =
  (key: Uint8Array) =>
  ({ kind, value }: Identifier): string =>
    keyedDigest(key, `${kind}:${value}`).toString('base64url')
