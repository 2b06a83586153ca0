import { randomInt, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { auditRecorded } from '../shared/contracts/audit.js'
import { codeRequested } from '../shared/contracts/otp.js'
import { usersCalls } from '../shared/contracts/users.js'
import { connectDatabase } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { createOutbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { createOnce, forgetOldRequests } from '../shared/idempotency/once.js'
import { issuerOf } from '../shared/identity/access-token-claims.js'
import { ID_PREFIXES, isId, uuidToId } from '../shared/ids/type-id.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import { createSeal } from '../shared/secrets/sealing.js'
import type { OtpContext } from './context.js'
import { makeGenerateOtp } from './domain/generate-otp.js'
import type { CodeStore } from './domain/ports.js'
import { makeValidateOtp } from './domain/validate-otp.js'
import type { OtpEnv } from './env.js'
import { makeSignGrant } from './grants/sign-grant.js'
import { createSigningKeys, type SigningKey } from './grants/signing-key.js'
import { answerOtpCalls } from './internal/calls.js'
import { CODE } from './limits.js'
import { GenerateOtpResolver } from './resolvers/generate-otp.js'
import { referToUser, UserResolver } from './resolvers/user.js'
import { ValidateOtpResolver } from './resolvers/validate-otp.js'
import { createCodeStore } from './store/codes.js'
import { createGrantKeyStore } from './store/grant-keys.js'
import { idempotentRequests, outbox } from './store/tables.js'

const RETENTION_EVERY_MS = 600_000

export const otpSchema = (url: string): SchemaSource => ({
  name: 'otp',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildOtpSchema = () =>
  buildSubgraph<OtpContext>({
    resolvers: [UserResolver, GenerateOtpResolver, ValidateOtpResolver],
    references: { User: ({ id }) => referToUser(id) },
  })

type Surroundings = { transport: CallTransport; log: Logger }

/** Wires the subgraph. The one place that knows every part. */
export async function createOtpSubgraph(env: OtpEnv, { transport, log }: Surroundings): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.OTP_DATABASE_URL,
    name: 'otp',
    onStatement: () => statements.inc({ part: 'otp' }),
  })
  const { db } = database
  const queues = createQueues(queueSettings(env), log)
  const relay = createRelay({ db, outbox, produces: [codeRequested, auditRecorded], queues, log })
  const codes = createCodeStore(db, createOutbox(outbox, relay.poke))
  const signingKeys = createSigningKeys({
    store: createGrantKeyStore(db),
    sealingKey: deriveKey(env.OTP_KEY, 'grant keys'),
  })
  const otp = await makeUseCases(env, { codes, transport, signingKey: signingKeys.current })
  const requests = { db, table: idempotentRequests }
  const once = createOnce({ ...requests, digestKey: deriveKey(env.OTP_KEY, 'idempotency') })
  const retention = createRounds({
    name: 'retention',
    everyMs: RETENTION_EVERY_MS,
    pokeMs: RETENTION_EVERY_MS,
    async round() {
      await codes.deleteOld()
      await forgetOldRequests(requests)
    },
    log,
  })
  const { schema, typeDefs } = await buildOtpSchema()

  return {
    name: 'otp',
    schema,
    typeDefs,
    calls: answerOtpCalls(signingKeys.publicKeys),
    context: (request): OtpContext => ({ ...requestContext(request), otp, once }),
    async start() {
      relay.start()
      retention.start()
    },
    async stop() {
      await Promise.all([relay.stop(), retention.stop()])
      await queues.stop()
      await database.stop()
    },
    isReady: database.isReady,
  }
}

type Parts = { codes: CodeStore; transport: CallTransport; signingKey: () => Promise<SigningKey> }

async function makeUseCases(
  env: OtpEnv,
  { codes, transport, signingKey }: Parts,
): Promise<OtpContext['otp']> {
  const digestWith = (use: string) => {
    const key = deriveKey(env.OTP_KEY, use)
    return (text: string) => keyedDigest(key, text)
  }
  const digestOf = {
    code: digestWith('codes'),
    subject: digestWith('subjects'),
    destination: digestWith('destinations'),
  }
  const isChallengeId = (text: string) => isId(ID_PREFIXES.challenge, text)

  return {
    generateOtp: makeGenerateOtp({
      codes,
      digestOf,
      isChallengeId,
      findAccount: callClient(usersCalls, transport).findByIdentifier,
      newChallengeId: () => uuidToId(ID_PREFIXES.challenge, randomUUID()),
      newCode: () =>
        randomInt(10 ** CODE.digits)
          .toString()
          .padStart(CODE.digits, '0'),
      seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY),
    }),
    validateOtp: makeValidateOtp({
      codes,
      digestOf,
      isChallengeId,
      signGrant: makeSignGrant({ issuer: issuerOf(env.PUBLIC_URL), signingKey }),
    }),
  }
}
