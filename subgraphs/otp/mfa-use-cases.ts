import { renderSVG } from 'uqr'
import type { Actor } from '../shared/audit/act.js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { issuerOf } from '../shared/identity/access-token-claims.js'
import { coversScopes } from '../shared/identity/scopes.js'
import { ID_PREFIXES, isId, newId } from '../shared/ids/type-id.js'
import { decryptWith, deriveKey, encryptWith } from '../shared/secrets/data-key.js'
import { createDigests } from './digests.js'
import { makeEnrollAtSignIn } from './domain/enroll-at-sign-in.js'
import type { FactorStore } from './domain/factor-ports.js'
import { makeFactors, type TotpConfirmation } from './domain/factors.js'
import { makeResetFactors, type Staff } from './domain/reset-factors.js'
import { makeSetOtpFactor, type SetOtpFactorInput } from './domain/set-otp-factor.js'
import type { OtpEnv } from './env.js'
import { factorNumber } from './factor-number.js'
import { newRecoveryCodes, readRecoveryCode, recoveryDigest } from './factors/recovery-codes.js'
import { newTotpSecret, stepOfCode, totpUri } from './factors/totp.js'
import { makeDemandedOf, makeFindOwn } from './find-own.js'
import { makeSignGrant } from './grants/sign-grant.js'
import type { SigningKey } from './grants/signing-key.js'
import { smsRules } from './sms-rules.js'

type Parts = { transport: CallTransport; signingKey: () => Promise<SigningKey> }

/** What the resolvers may ask about second factors, and what auth may. */
export function makeMfaUseCases(env: OtpEnv, store: FactorStore, { transport, signingKey }: Parts) {
  const accountOf = makeFindOwn(transport)
  const digestOf = createDigests(env.OTP_KEY)
  const { totp, recovery } = secretsOf(env)
  const mayLoseFactors = makeMayLoseFactors(transport)
  const factors = makeFactors({
    ...{ factors: store, mayLoseFactors, totp, recovery },
    newEnrollmentId: () => newId(ID_PREFIXES.enrollment),
    isFactorDemanded: async (userId) => (await accountOf(userId))?.requiresMfa === true,
  })
  const setOtpFactor = makeSetOtpFactor({
    ...{ factors: store, mayLoseFactors, findOwn: accountOf, sms: smsRules(env), recovery },
    keptOf: (value) => factorNumber(digestOf, value),
  })

  const reset = makeResetFactors({
    factors: store,
    scopesOf: async (userId) => (await accountOf(userId))?.scopes ?? null,
    covers: coversScopes,
  })
  const auth = callClient(authCalls, transport)
  /** Has auth refuse tokens that say what was so before; also where nothing was changed, since the call before may have died. */
  const told = async <Result>(userId: string, result: Result): Promise<Result> => {
    const [known] = await store.findMany([userId])
    if (known && known.version > 0) await auth.factorsChanged({ userId, version: known.version })
    return result
  }

  const enrolling = {
    /** The secret, and what shows it to an app. */
    async begin(userId: string) {
      const [begun, account] = await Promise.all([factors.beginTotp(userId), accountOf(userId)])
      const label = account?.email ?? account?.phoneNumber ?? userId
      return { ...begun, ...shownTo({ label, issuer: env.PRODUCT_NAME }, begun.secret) }
    },
    async confirm(input: TotpConfirmation, by: Actor) {
      // What is no id of ours is an enrolment that never was.
      if (isId(ID_PREFIXES.enrollment, input.enrollmentId)) {
        return told(input.userId, await factors.confirmTotp(input, by))
      }
      const problem = { code: 'EXPIRED' as const, field: ['enrollmentId'] }
      return { kind: 'refused' as const, problems: [problem] }
    },
  }

  return {
    demandedOf: makeDemandedOf(transport),
    check: factors.check,
    ...enrolling,
    atSignIn: makeEnrollAtSignIn({
      ...{ ...enrolling, findHolder: auth.ticketHolder },
      signGrant: makeSignGrant({ issuer: issuerOf(env.PUBLIC_URL), signingKey }),
    }),
    setOtpFactor: async (userId: string, input: SetOtpFactorInput, by: Actor) =>
      told(userId, await setOtpFactor(userId, input, by)),
    removeTotp: async (userId: string, by: Actor) => told(userId, await factors.removeTotp(userId, by)),
    renewRecoveryCodes: async (userId: string, by: Actor) =>
      told(userId, await factors.renewRecoveryCodes(userId, by)),
    reset: async (input: { userId: string; reason: string }, staff: Staff) =>
      told(input.userId, await reset(input, staff)),
  }
}

function makeMayLoseFactors(transport: CallTransport) {
  const passwords = callClient(passwordsCalls, transport)
  return async (userId: string) => (await passwords.mayLoseFactors({ userId })).allowed
}

function shownTo(of: { label: string; issuer: string }, secret: string) {
  const otpauthUri = totpUri(secret, of)
  return { otpauthUri, qrSvg: renderSVG(otpauthUri, { ecc: 'M', border: 2 }) }
}

function secretsOf({ OTP_KEY }: OtpEnv) {
  const sealing = deriveKey(OTP_KEY, 'totp secrets')
  const pepper = deriveKey(OTP_KEY, 'recovery codes')
  return {
    totp: {
      newSecret: newTotpSecret,
      seal: (secret: string) => encryptWith(sealing, secret),
      open: (sealed: string) => decryptWith(sealing, sealed),
      stepOf: stepOfCode,
    },
    recovery: {
      make: () => newRecoveryCodes(pepper),
      read: readRecoveryCode,
      digest: (salt: Uint8Array, code: string) => recoveryDigest(pepper, salt, code),
    },
  }
}
