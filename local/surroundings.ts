import type { EnvSource } from '../subgraphs/shared/env/read-env.js'
import { DRAIN_MS } from '../subgraphs/shared/runtime/stop-on-signal.js'
import { prepareDatabases } from './databases.js'
import { developmentKeys } from './development-keys.js'
import { type LocalEnv, readLocalEnv } from './env.js'
import { startMessages } from './messages/start-messages.js'
import { startInbox } from './services/inbox.js'
import { startPostgres } from './services/postgres.js'
import { startRedis } from './services/redis.js'

export type Surroundings = {
  /** Settings as the parts are to see them, with what was started here filled in. */
  env: EnvSource
  local: LocalEnv
  inboxUrl: string | null
  /** Every message in every language; null in production. */
  messagesUrl: string | null
  /** What was found and what was started, for a person to read. */
  notes: string[]
  stop(): Promise<void>
}

/** The parts end within their own time, and then the services, of which the database may take 23 s. */
export const STOP_ALL_MS = DRAIN_MS + 25_000

type Service = { stop(): Promise<void> }

/** Starts what the settings do not name: a database, a queue, an inbox, keys. In production nothing is. */
export async function prepareSurroundings(
  source: EnvSource,
  log: (line: string) => void,
): Promise<Surroundings> {
  const local = readLocalEnv(source)
  const services: Service[] = []
  const keep = <Started extends Service>(service: Started): Started => {
    services.push(service)
    return service
  }
  const stop = async () => {
    for (const service of services.toReversed()) await service.stop()
  }

  try {
    const started = local.NODE_ENV === 'production' ? NOTHING : await startMissing(local, keep, log)
    // What the operator set wins over what was generated.
    const env = {
      ...started.env,
      ...source,
      PUBLIC_URL: local.PUBLIC_URL ?? `http://localhost:${local.PORT}`,
    }
    await prepareDatabases(env)
    const { inboxUrl, messagesUrl, notes } = started
    return { env, local, inboxUrl, messagesUrl, notes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const NOTHING = { env: {} as EnvSource, inboxUrl: null, messagesUrl: null, notes: [] as string[] }

/** Texts that go no further than the inbox cost nothing; where real ones go, the operator says. */
const INBOX_COUNTRIES = 'AT,AU,BE,BR,CA,CH,DE,DK,ES,FI,FR,GB,IE,IN,IT,JP,NL,NO,NZ,PL,PT,SE,US'

type Keep = <Started extends Service>(service: Started) => Started

async function startMissing(local: LocalEnv, keep: Keep, log: (line: string) => void) {
  const { DATA_DIR: dataDir } = local
  const env: EnvSource = { ...(await developmentKeys(dataDir)) }
  const [database, redis, messages, inbox] = await Promise.all([
    local.DATABASE_URL ? null : startPostgres({ dataDir, log }).then(keep),
    startQueue(local, keep, log),
    startMessages({ port: local.MESSAGES_PORT, product: local.PRODUCT_NAME }).then(keep),
    local.SMTP_URL ? null : startInbox({ dataDir, webPort: local.INBOX_PORT, smtpPort: 0, log }).then(keep),
  ])
  if (database) env['DATABASE_URL'] = database.url
  if (redis) env['REDIS_URL'] = redis.url
  if (inbox) {
    Object.assign(env, { SMTP_URL: inbox.smtpUrl, INBOX_URL: inbox.webUrl })
    Object.assign(env, { SMS_PROVIDER: 'dev', SMS_COUNTRIES: INBOX_COUNTRIES })
  }

  return {
    env,
    inboxUrl: inbox?.webUrl ?? null,
    messagesUrl: messages.url,
    notes: notesOf(local, redis !== null),
  }
}

async function startQueue(local: LocalEnv, keep: Keep, log: (line: string) => void) {
  if (local.REDIS_URL || local.QUEUE === 'postgres') return null
  const redis = await startRedis({ dataDir: local.DATA_DIR, log })
  return redis && keep(redis)
}

function notesOf(local: LocalEnv, foundRedis: boolean): string[] {
  const database = local.DATABASE_URL
    ? 'PostgreSQL from DATABASE_URL'
    : `PostgreSQL embedded, data in ${local.DATA_DIR}`
  if (local.REDIS_URL) return [database, 'Queue and limits on Redis from REDIS_URL']
  if (foundRedis) return [database, 'Queue and limits on a Redis found on this machine']
  return [
    database,
    'No Redis: queues run on PostgreSQL, limits are counted in this process (one router only)',
  ]
}
