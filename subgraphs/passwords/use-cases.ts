import type { Actor } from '../shared/audit/act.js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { usersCalls } from '../shared/contracts/users.js'
import { pagesOf } from '../shared/env/apps.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { createGrantReader } from '../shared/identity/grant.js'
import { coversScopes } from '../shared/identity/scopes.js'
import { ID_PREFIXES, isId, newId } from '../shared/ids/type-id.js'
import { newUuid } from '../shared/ids/uuid.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { looksLikeToken, newToken, tokenDigest } from '../shared/secrets/token.js'
import type { PasswordsContext } from './context.js'
import { makeChangePassword } from './domain/change-password.js'
import { makeChangeRequired } from './domain/change-required.js'
import { makeCheckForVisitor } from './domain/check-for-visitor.js'
import { makeChoosePassword } from './domain/choose-password.js'
import { isDictionaryPassword } from './domain/common-passwords.js'
import { estimateStrength } from './domain/estimate-strength.js'
import { makeForgotByCode } from './domain/forgot-by-code.js'
import { makeForgotPassword } from './domain/forgot-password.js'
import { makeMayLoseFactors } from './domain/may-lose-factors.js'
import { makeCheckPassword, POLICIES } from './domain/password-policy.js'
import type { PasswordHasher } from './domain/ports.js'
import type { AddressProof, PasswordChange } from './domain/recovery-ports.js'
import { makeRemovePassword } from './domain/remove-password.js'
import { makeRequireChange } from './domain/require-change.js'
import { makeResetPassword } from './domain/reset-password.js'
import { makeSetForNewUser } from './domain/set-for-new-user.js'
import { makeVerifyPassword, type Rehash } from './domain/verify-password.js'
import type { PasswordsEnv } from './env.js'
import type { Stores } from './store/create-stores.js'

const PRODUCT_WORDS = ['Usergraph']

type Parts = {
  stores: Stores
  hasher: PasswordHasher
  rehashLater: (rehash: Rehash) => void
  transport: CallTransport
  /** Lets the relay know that events wait. */
  poke: () => void
}

/** What the resolvers may ask for, and what other subgraphs may. */
export async function makeUseCases(env: PasswordsEnv, parts: Parts) {
  const { stores, hasher, rehashLater } = parts
  const { credentials, history, adopt } = stores
  const policy = { ...POLICIES[env.PASSWORD_PROFILE], historySize: env.PASSWORD_HISTORY }
  const check = makeCheckPassword({
    policy,
    estimate: estimateStrength,
    isCommon: isDictionaryPassword,
    productWords: PRODUCT_WORDS,
  })
  const peers = callPeers(parts)
  const choosePassword = makeChoosePassword({
    ...{ check, hasher, history },
    hasSecondFactor: async (userId) =>
      policy.minLengthWithSecondFactor < policy.minLength && peers.hasSecondFactor(userId),
  })

  return {
    graph: {
      policy,
      checkForVisitor: makeCheckForVisitor(check),
      ...(await makeRecovery(env, stores, { ...peers, choosePassword })),
      own: {
        ...makeChangePassword({ ...peers, ...stores, hasher, choosePassword }),
        remove: makeRemovePassword({
          ...{ ...peers, ...stores },
          isTextable: (number) => isTextable(number, env.SMS_COUNTRIES),
        }),
      },
      requireChange: makeRequireChange({
        ...{ ...peers, ...stores, covers: coversScopes },
        isUserId: (text) => isId(ID_PREFIXES.user, text),
      }),
    },
    calls: {
      setForNewUser: makeSetForNewUser({ check, hasher, credentials }),
      verifyPassword: makeVerifyPassword({ credentials, hasher, rehashLater }),
      changeRequired: makeChangeRequired({ ...peers, ...stores, choosePassword }),
      isSet: makeIsSet(stores),
      adopt,
      mayLoseFactors: makeMayLoseFactors({ policy, credentials }),
    },
  }
}

/** Nobody is looked up as well: no statement less tells them apart (SECURITY 7.4). */
const makeIsSet =
  ({ credentials }: Pick<Stores, 'credentials'>) =>
  async (userId: string | null): Promise<boolean> => {
    const [state] = await credentials.findStates([userId ?? newId(ID_PREFIXES.user)])
    return state?.isSet ?? false
  }

/** What other subgraphs are asked and told. */
function callPeers({ transport, poke }: Pick<Parts, 'transport' | 'poke'>) {
  const users = callClient(usersCalls, transport)
  const auth = callClient(authCalls, transport)
  const otp = callClient(otpCalls, transport)

  return {
    findAccount: users.findByIdentifier,
    getAccount: async (id: string) => (await users.getMany({ ids: [id] }))[0] ?? null,
    proveAddress: (proof: AddressProof, by: Actor) => users.proveAddress({ ...proof, by }),
    hasSecondFactor: async (userId: string) => (await otp.factorsOf({ userId })).methods.length > 0,
    openRecovery: otp.openRecovery,
    readGrant: createGrantReader({
      ...{ audience: 'passwords', purpose: 'PASSWORD_RESET' },
      keys: () => otp.grantKeys({}),
    }),
    takeTry: (userId: string) => auth.takePasswordTry({ userId }),
    giveBackTry: (userId: string) => auth.giveBackPasswordTry({ userId }),
    settleTry: (userId: string, matches: boolean, by: Actor) =>
      auth.settlePasswordTry({ userId, matches, by }),
    // The event that says the same is relayed after the call, so that the call can say how many sessions it ended.
    tellAuth: async (change: PasswordChange, by: Actor) =>
      (await auth.passwordChanged({ ...change, by }).finally(poke)).revoked,
  }
}

type Peers = ReturnType<typeof callPeers> & { choosePassword: ReturnType<typeof makeChoosePassword> }

/** How somebody gets in who has forgotten their password. */
async function makeRecovery(env: PasswordsEnv, { resets }: Pick<Stores, 'resets'>, peers: Peers) {
  const links = { ...peers, resets, digestOf: tokenDigest, newUserId: () => newId(ID_PREFIXES.user) }
  const byCode = makeForgotByCode(links)
  const byLink = makeForgotPassword({
    ...{ ...links, newToken },
    seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY),
    resetUrls: [new URL('/account/reset', env.PUBLIC_URL).href, ...env.LINK_URLS, ...pagesOf(env)],
  })
  const forgotPassword: PasswordsContext['passwords']['forgotPassword'] = (input, by) =>
    input.method === 'OTP' ? byCode(input, by) : byLink(input, by)

  return {
    forgotPassword,
    resetPassword: makeResetPassword({ ...links, looksLikeToken, newProofId: newUuid }),
  }
}
