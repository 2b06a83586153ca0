import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { usersCalls } from '../shared/contracts/users.js'
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
import { makeApiClients } from './domain/api-clients.js'
import { makeCompleteLogin } from './domain/complete-login.js'
import { describeDevice } from './domain/device.js'
import type { SigningKeyStore } from './domain/key-ports.js'
import { makeLogin } from './domain/login.js'
import { makeLogout } from './domain/logout.js'
import type { Account, FailureStore } from './domain/ports.js'
import { makeRefresh } from './domain/refresh.js'
import { createRefreshTokens } from './domain/refresh-token.js'
import { makeRevokeSessions } from './domain/revoke-sessions.js'
import { makeRotateKeys } from './domain/rotate-keys.js'
import { scopesOf } from './domain/session-scopes.js'
import { makeStepUp } from './domain/step-up.js'
import { stepUpFactorsOf } from './domain/step-up-factors.js'
import { withFactors } from './domain/with-factors.js'
import type { AuthEnv } from './env.js'
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
  const strangerKey = deriveKey(env.AUTH_KEY, 'auth strangers')
  const sign = createAccessTokenSigner(signing.ring.current, env.PUBLIC_URL)
  const byNetwork = {
    take: (ip: string) => network.take(networkKey(ip)),
    giveBack: (ip: string) => network.giveBack(networkKey(ip)),
  }
  const otp = callClient(otpCalls, transport)
  const factorsOf = (userId: string | null) => otp.factorsOf({ userId })
  const getAccount = async (id: string): Promise<Account | null> => {
    const [[account], factors] = await Promise.all([users.getMany({ ids: [id] }), factorsOf(id)])
    return account ? withFactors(account, factors) : null
  }
  const proving = { failures, network: byNetwork, tickets, newTicket: newToken }
  const starting = {
    ...{ sessions, newSession, newDeviceToken: newToken, digestOf: tokenDigest, refreshTokens, sign },
  }

  return {
    login: makeLogin({
      ...{ ...starting, ...proving, factorsOf, isTrusted: devices.isTrusted },
      findAccount: users.findByIdentifier,
      verifyPassword: passwords.verify,
      readGrant: createGrantReader({ audience: 'auth', purpose: 'LOGIN', keys: () => otp.grantKeys({}) }),
      strangerOf: ({ kind, value }) => keyedDigest(strangerKey, `${kind}:${value}`).toString('base64url'),
    }),
    completeLogin: makeCompleteLogin({
      ...{ ...starting, ...proving, getAccount, checkFactor: otp.checkFactor },
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
      ...{ sessions, failures, network: byNetwork, getAccount, verifyPassword: passwords.verify },
      ...{ newSession, refreshTokens, sign, digestOf: tokenDigest, checkFactor: otp.checkFactor },
      tickets: createStepUpTickets(deriveKey(env.AUTH_KEY, 'auth step-up tickets')),
    }),
    revokeSessions: makeRevokeSessions({ sessions, getAccount, covers: coversScopes }),
    rotateKeys: makeRotateKeys({ keys: signing.store, refresh: signing.ring.refresh }),
    readToken: createTokenReader(signing.ring.current, env.PUBLIC_URL),
    ...{ sessions, devices, otpChannels: env.SMS_COUNTRIES.length > 0 ? ['EMAIL', 'SMS'] : ['EMAIL'] },
    ...createDelivery(env),
    countryOf: createCountryOf(),
    describeDevice: (name, userAgent) => describeDevice(name, readUserAgent(userAgent)),
    viewerOf: (session, account) =>
      viewerOf(session, scopesOf(session, account), stepUpFactorsOf(account.factors)),
    signNewViewer: await createNewViewerSigner('auth', env.AUTH_PRIVATE_KEY),
  }
}
