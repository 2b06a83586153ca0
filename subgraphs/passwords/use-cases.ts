import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { usersCalls } from '../shared/contracts/users.js'
import { pagesOf } from '../shared/env/apps.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { newUuid } from '../shared/ids/uuid.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { looksLikeToken, newToken, tokenDigest } from '../shared/secrets/token.js'
import { makeCheckForVisitor } from './domain/check-for-visitor.js'
import { makeChoosePassword } from './domain/choose-password.js'
import { isDictionaryPassword } from './domain/common-passwords.js'
import { estimateStrength } from './domain/estimate-strength.js'
import { makeForgotPassword } from './domain/forgot-password.js'
import { makeCheckPassword, POLICIES } from './domain/password-policy.js'
import type { PasswordHasher } from './domain/ports.js'
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
  const choosePassword = makeChoosePassword({ check, hasher, history })

  return {
    graph: {
      policy,
      checkForVisitor: makeCheckForVisitor(check),
      ...(await makeRecovery(env, parts, choosePassword)),
    },
    calls: {
      setForNewUser: makeSetForNewUser({ check, hasher, credentials }),
      verifyPassword: makeVerifyPassword({ credentials, hasher, rehashLater }),
      adopt,
    },
  }
}

/** How somebody gets in who has forgotten their password. */
async function makeRecovery(
  env: PasswordsEnv,
  { stores: { resets }, transport, poke }: Parts,
  choosePassword: ReturnType<typeof makeChoosePassword>,
) {
  const users = callClient(usersCalls, transport)
  const auth = callClient(authCalls, transport)
  const getAccount = async (id: string) => (await users.getMany({ ids: [id] }))[0] ?? null
  const links = { resets, getAccount, digestOf: tokenDigest }

  return {
    forgotPassword: makeForgotPassword({
      ...links,
      findAccount: users.findByIdentifier,
      newUserId: () => newId(ID_PREFIXES.user),
      newToken,
      seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY),
      resetUrls: [new URL('/account/reset', env.PUBLIC_URL).href, ...env.LINK_URLS, ...pagesOf(env)],
    }),
    resetPassword: makeResetPassword({
      ...links,
      choosePassword,
      looksLikeToken,
      newProofId: newUuid,
      proveAddress: (proof, by) => users.proveAddress({ ...proof, by }),
      // The event that says the same is relayed after the call, so that the call can say how many sessions it ended.
      tellAuth: async (change, by) => (await auth.passwordChanged({ ...change, by }).finally(poke)).revoked,
    }),
  }
}
