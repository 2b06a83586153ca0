import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type * as z from 'zod'
import type { CallTransport } from '../../shared/calls/transport.js'
import type { usersCalls } from '../../shared/contracts/users.js'
import { connectDatabase } from '../../shared/database/connect.js'
import type { EventDefinition } from '../../shared/events/define-event.js'
import { eventQueue } from '../../shared/events/event-queue.js'
import { createExecutor } from '../../shared/graphql/executor.js'
import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { createLogger } from '../../shared/log/logger.js'
import { prepareQueue } from '../../shared/queue/prepare.js'
import { createQueues } from '../../shared/queue/queues.js'
import { createSeal } from '../../shared/secrets/sealing.js'
import { createTestDatabase } from '../../shared/test/database.js'
import { eventually } from '../../shared/test/eventually.js'
import { someCaller, someViewer } from '../../shared/test/requests.js'
import { type SmtpStub, startSmtpStub } from '../../shared/test/smtp-stub.js'
import { readNotificationsEnv } from '../env.js'
import { createNotificationsSubgraph, notificationsSchema } from '../subgraph.js'

type Change = NonNullable<z.input<typeof usersCalls.calls.findContactChange.output>>

type Contact = z.input<typeof usersCalls.calls.getMany.output>[number]

export type PipelineKit = Awaited<ReturnType<typeof createPipelineKit>>

type Surroundings = { smtp?: SmtpStub; smtpUrl?: string }

/** The whole subgraph with a database, a queue and a mail server; users is a list of people. */
export async function createPipelineKit(given: Surroundings = {}) {
  const database = await createTestDatabase([notificationsSchema])
  await prepareQueue(database.ownerUrl, database.urlOf('queue'))
  const smtp = given.smtp ?? (await startSmtpStub())
  const people = new Map<string, Contact>()
  const changes = new Map<string, Change>()
  const { env, seal } = await settings(database.urlOf, given.smtpUrl ?? smtp.url)
  const log = createLogger({ level: 'silent' })

  const subgraph = await createNotificationsSubgraph(env, { transport: usersOf(people, changes), log })
  await subgraph.start()
  const execute = createExecutor(subgraph.schema, log)
  const queues = createQueues({ kind: 'postgres', url: database.urlOf('queue') }, log)
  const owner = connectDatabase({ url: database.ownerUrl, name: 'test' })
  const events = queues.queue(eventQueue('notifications'))
  const kit = {
    smtp,
    seal,
    owner,

    addPerson(changes: Partial<Contact> = {}): string {
      const person = somePerson(changes)
      people.set(person.id, person)
      return person.id
    },

    addChange: (id: string, change: Change) => changes.set(id, change),

    async tell<Payload extends z.ZodType>(event: EventDefinition<Payload>, payload: z.input<Payload>) {
      await events.add(event.name, payload, { jobId: newUuid() })
    },

    /** What the graph answers to a person. */
    ask: (query: string, userId: string) =>
      execute({ query }, subgraph.context({ caller: someCaller({ viewer: someViewer({ userId }) }) })),

    /** The person's messages once one has the status. */
    messageOf: (userId: string, status: string) =>
      eventually(async () => {
        const [row] = await owner.client`select * from notifications.messages
          where user_id = ${idToUuid('usr', userId)} and status = ${status}`
        return row
      }),

    async stop() {
      await queues.stop()
      await subgraph.stop()
      await smtp.stop()
      await owner.stop()
      await database.stop()
    },
  }
  return kit
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

async function settings(urlOf: (part: string) => string, smtpUrl: string) {
  const signing = await keyPair('EdDSA', 'Ed25519')
  const sealing = await keyPair('ECDH-ES', 'X25519')
  const env = readNotificationsEnv({
    NODE_ENV: 'test',
    INTERNAL_JWKS: JSON.stringify({ keys: [] }),
    NOTIFICATIONS_DATABASE_URL: urlOf('notifications'),
    QUEUE_DATABASE_URL: urlOf('queue'),
    SMTP_URL: smtpUrl,
    SMS_PROVIDER: 'dev',
    SMS_COUNTRIES: 'DE',
    NOTIFICATIONS_PRIVATE_KEY: JSON.stringify(signing.privateJwk),
    NOTIFICATIONS_SEALING_KEY: JSON.stringify(sealing.privateJwk),
  })
  return { env, seal: await createSeal(sealing.publicJwk) }
}

async function keyPair(algorithm: string, crv: string): Promise<{ publicJwk: JWK; privateJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv, extractable: true })
  return { publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) }
}
