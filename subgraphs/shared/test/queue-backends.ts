import { prepareQueue } from '../queue/prepare.js'
import type { QueueSettings } from '../queue/queues.js'
import type { TestDatabase } from './database.js'

export type QueueBackend = {
  name: string
  prepare(database: TestDatabase): Promise<QueueSettings>
}

/** At most, in `jest.config.js`. */
const WORKERS = 4

/** Redis databases of one server, so that test files at once keep out of each other's queues. */
let redisDatabase = Number(process.env['JEST_WORKER_ID'] ?? 1)

/** Every queue backend of this run: PostgreSQL always, Redis where the run found one. */
export function queueBackends(): QueueBackend[] {
  const redisUrl = process.env['TEST_REDIS_URL']
  return [ON_POSTGRES, ...(redisUrl ? [onRedis(redisUrl)] : [])]
}

export const ON_POSTGRES: QueueBackend = {
  name: 'PostgreSQL',
  async prepare({ ownerUrl, urlOf }) {
    await prepareQueue(ownerUrl, urlOf('queue'))
    return { kind: 'postgres', url: urlOf('queue') }
  },
}

const onRedis = (url: string): QueueBackend => ({
  name: 'Redis',
  async prepare() {
    redisDatabase += WORKERS
    return { kind: 'redis', url: Object.assign(new URL(url), { pathname: `/${redisDatabase % 16}` }).href }
  },
})
