import { fileURLToPath } from 'node:url'
import DataLoader from 'dataloader'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { auditRecorded } from '../shared/contracts/audit.js'
import { partErased } from '../shared/contracts/erasure.js'
import { codeRequested, mfaChanged } from '../shared/contracts/otp.js'
import { codeArrived } from '../shared/contracts/otp-proofs.js'
import { usersCalls } from '../shared/contracts/users.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { eraseWhenDeleted } from '../shared/events/erase-when-deleted.js'
import { createOutbox, type Outbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { createOnce } from '../shared/idempotency/once.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { deriveKey } from '../shared/secrets/data-key.js'
import type { OtpContext } from './context.js'
import { createDigests } from './digests.js'
import { subjectOfFactors } from './domain/factor-addressee.js'
import type { OtpEnv } from './env.js'
import { onOwnNumberChanged } from './events/on-own-number-changed.js'
import { factorNumber } from './factor-number.js'
import { createSigningKeys } from './grants/signing-key.js'
import { createHousekeeping } from './housekeeping.js'
import { answerOtpCalls } from './internal/calls.js'
import { loadFactors } from './load-factors.js'
import { makeMfaUseCases } from './mfa-use-cases.js'
import { GenerateOtpResolver } from './resolvers/generate-otp.js'
import { MfaResolver } from './resolvers/mfa.js'
import { MfaStateResolver } from './resolvers/mfa-state.js'
import { TotpEnrollmentResolver } from './resolvers/totp-enrollment.js'
import { referToUser, UserResolver } from './resolvers/user.js'
import { ValidateOtpResolver } from './resolvers/validate-otp.js'
import { followNumber } from './store/change-factors.js'
import { createCodeStore } from './store/codes.js'
import { eraseUser } from './store/erase.js'
import { createFactorStore } from './store/factors.js'
import { createGrantKeyStore } from './store/grant-keys.js'
import { idempotentRequests, inbox, outbox } from './store/tables.js'
import { makeUseCases } from './use-cases.js'
import { watchTexts } from './watched-texts.js'

const PRODUCES = [codeRequested, codeArrived, mfaChanged, auditRecorded, partErased]

export const otpSchema = (url: string): SchemaSource => ({
  name: 'otp',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildOtpSchema = () =>
  buildSubgraph<OtpContext>({
    resolvers: [
      UserResolver,
      ...[GenerateOtpResolver, ValidateOtpResolver],
      ...[MfaResolver, MfaStateResolver, TotpEnrollmentResolver],
    ],
    references: { User: ({ id }) => referToUser(id) },
  })

type Surroundings = { transport: CallTransport; log: Logger }

/** Wires the subgraph. The one place that knows every part. */
export async function createOtpSubgraph(env: OtpEnv, { transport, log }: Surroundings): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.OTP_DATABASE_URL,
    name: 'otp',
    onStatement: () => statements.inc({ part: 'otp' }),
    log,
  })
  const { db } = database
  const queues = createQueues(queueSettings(env), log)
  const relay = createRelay({ db, outbox, produces: PRODUCES, queues, log })
  const events = createOutbox(outbox, relay.poke)
  const texts = watchTexts(env, log)
  const codes = createCodeStore(db, events, texts.limits)
  const signingKeys = createSigningKeys({
    store: createGrantKeyStore(db),
    sealingKey: deriveKey(env.OTP_KEY, 'grant keys'),
  })
  const factors = wireFactors(env, { db, events })
  const { calls, ...otp } = await makeUseCases(env, {
    ...{ codes, factors, transport },
    signingKey: signingKeys.current,
  })
  const { check, demandedOf, ...mfa } = makeMfaUseCases(env, factors, {
    transport,
    signingKey: signingKeys.current,
  })
  const requests = { db, table: idempotentRequests }
  const once = createOnce({ ...requests, digestKey: deriveKey(env.OTP_KEY, 'idempotency') })
  const housekeeping = createHousekeeping({ db, codes, factors, lookAtTexts: texts.lookAtOutcomes, log })
  const { schema, typeDefs } = await buildOtpSchema()

  return {
    name: 'otp',
    schema,
    typeDefs,
    calls: answerOtpCalls({ ...calls, publicKeys: signingKeys.publicKeys, factors, check }),
    context: (request): OtpContext => ({
      ...requestContext(request),
      ...{ otp, mfa, once },
      factorsOf: new DataLoader((ids) => loadFactors(factors, ids)),
      isFactorDemanded: new DataLoader(demandedOf),
    }),
    async start() {
      relay.start()
      housekeeping.start()
      const subscriptions = subscriptionsOf(env, { events, transport })
      consumeEvents({ name: 'otp', db, inbox, queues, subscriptions })
    },
    async stop() {
      await Promise.all([relay.stop(), housekeeping.stop()])
      await queues.stop()
      await database.stop()
    },
    readyAt: database.readyAt,
  }
}

function wireFactors({ OTP_KEY }: OtpEnv, { db, events }: { db: Database['db']; events: Outbox }) {
  const { subject } = createDigests(OTP_KEY)
  return createFactorStore(db, events, { subjectOf: (userId) => subject(subjectOfFactors(userId)) })
}

/** What it does when told. */
function subscriptionsOf(
  { OTP_KEY }: OtpEnv,
  { events, transport }: { events: Outbox; transport: CallTransport },
) {
  const users = callClient(usersCalls, transport)
  const digestOf = createDigests(OTP_KEY)
  return [
    eraseWhenDeleted('otp', (tx, { userId }) => eraseUser(tx, userId), events),
    onOwnNumberChanged({
      findChange: (changeId) => users.findContactChange({ changeId }),
      keptOf: (number) => factorNumber(digestOf, number),
      follow: followNumber,
    }),
  ]
}
