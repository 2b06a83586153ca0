import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type * as z from 'zod'
import type { CallTransport } from '../../shared/calls/transport.js'
import type { usersCalls } from '../../shared/contracts/users.js'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import type { EnvSource } from '../../shared/env/read-env.js'
import type { EventDefinition } from '../../shared/events/define-event.js'
import { eventQueue } from '../../shared/events/event-queue.js'
import { createExecutor } from '../../shared/graphql/executor.js'
import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createLogger } from '../../shared/log/logger.js'
import { createQueues, type QueueSettings } from '../../shared/queue/queues.js'
import { createSeal } from '../../shared/secrets/sealing.js'
import { createTestDatabase } from '../../shared/test/database.js'
import { eventually } from '../../shared/test/eventually.js'
import { ON_POSTGRES, type QueueBackend } from '../../shared/test/queue-backends.js'
import { someCaller, someViewer } from '../../shared/test/requests.js'
import { type SmtpStub, startSmtpStub } from '../../shared/test/smtp-stub.js'
import { readNotificationsEnv } from '../env.js'
import { createNotificationsSubgraph, notificationsSchema } from '../subgraph.js'

type Change = NonNullable<z.input<typeof usersCalls.calls.findContactChange.output>>

type Contact = z.input<typeof usersCalls.calls.getMany.output>[number]

export type PipelineKit = Awaited<ReturnType<typeof createPipelineKit>>

type Surroundings = { smtp?: SmtpStub; smtpUrl?: string; queue?: QueueBackend; more?: EnvSource }

const queueEnv = ({ kind, url }: QueueSettings): EnvSource =>
  kind === 'redis' ? { REDIS_URL: url } : { QUEUE_DATABASE_URL: url }

/** The whole subgraph with a database, a queue and a mail server; users is a list of people. */
export async function createPipelineKit(given: Surroundings = {}) {
  const database = await createTestDatabase([notificationsSchema])
  const backend = await (given.queue ?? ON_POSTGRES).prepare(database)
  const { smtp = await startSmtpStub() } = given
  const people = new Map<string, Contact>()
  const changes = new Map<string, Change>()
  const places = { ...queueEnv(backend), SMTP_URL: given.smtpUrl ?? smtp.url, ...given.more }
  const { env, seal } = await settings(database.urlOf, places)
  const log = createLogger({ level: 'silent' })

  const start = async () => {
    const started = await createNotificationsSubgraph(env, { transport: usersOf(people, changes), log })
    await started.start()
    return started
  }
  let subgraph = await start()
  const execute = createExecutor(subgraph.schema, log)
  const queues = createQueues(backend, log)
  const owner = connectDatabase({ url: database.ownerUrl, name: 'test' })
  const events = queues.queue(eventQueue('notifications'))
  return {
    ...{ smtp, seal, owner, events, queues },

    addPerson(changes: Partial<Contact> = {}): string {
      const person = somePerson(changes)
      people.set(person.id, person)
      return person.id
    },

    addChange: (id: string, change: Change) => changes.set(id, change),

    async tell<Payload extends z.ZodType>(event: EventDefinition<Payload>, payload: z.input<Payload>) {
      const eventId = newUuid()
      await events.add(event.name, payload, { jobId: eventId })
      return eventId
    },

    async restart() {
      await subgraph.stop()
      subgraph = await start()
    },

    /** What the graph answers to a person. */
    ask: (query: string, userId: string) =>
      execute({ query }, subgraph.context({ caller: someCaller({ viewer: someViewer({ userId }) }) })),

    /** The person's messages once one has the status. */
    messageOf: (userId: string, status: string) =>
      eventually(() => findMessage(owner, idToUuid('usr', userId), status)),

    async stop() {
      for (const part of [queues, subgraph, smtp, owner, database]) await part.stop()
    },
  }
}

async function findMessage({ client }: Database, user: string | null, status: string) {
  const [row] = await client`select * from notifications.messages
    where user_id = ${user} and status = ${status}`
  return row
}

/** Users, as far as this subgraph asks it; inputs are as their contract says. */
function usersOf(people: Map<string, Contact>, changes: Map<string, Change>): CallTransport {
  return {
    call: async (_owner, name, input) =>
      name === 'findContactChange'
        ? (changes.get((input as { changeId: string }).changeId) ?? null)
        : (input as { ids: string[] }).ids.flatMap((id) => people.get(id) ?? []),
  }
}

const somePerson = (changes: Partial<Contact>): Contact => ({
  id: newId('usr'),
  status: 'ACTIVE',
  everVerified: true,
  emailVerified: true,
  roles: [],
  scopes: [],
  email: 'ada@example.org',
  displayName: 'Ada',
  locale: 'en',
  timeZone: null,
  ...changes,
})

async function settings(urlOf: (part: string) => string, more: EnvSource) {
  const signing = await keyPair('EdDSA', 'Ed25519')
  const sealing = await keyPair('ECDH-ES', 'X25519')
  const env = readNotificationsEnv({
    NODE_ENV: 'test',
    INTERNAL_JWKS: JSON.stringify({ keys: [] }),
    NOTIFICATIONS_DATABASE_URL: urlOf('notifications'),
    SMS_PROVIDER: 'dev',
    SMS_COUNTRIES: 'DE',
    NOTIFICATIONS_PRIVATE_KEY: JSON.stringify(signing.privateJwk),
    NOTIFICATIONS_SEALING_KEY: JSON.stringify(sealing.privateJwk),
    NOTIFICATIONS_KEY: 'k'.repeat(43),
    ...more,
  })
  return { env, seal: await createSeal(sealing.publicJwk) }
}

async function keyPair(algorithm: string, crv: string): Promise<{ publicJwk: JWK; privateJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv, extractable: true })
  return { publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) }
}
