import { setTimeout as delay } from 'node:timers/promises'
import {
  createPostgresBackend,
  type Job,
  Queue,
  type QueueOptions,
  UnrecoverableError,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import type { Logger } from '../log/logger.js'
import { reconnectDelayMs } from '../runtime/reconnect-delay.js'

export type QueueSettings =
  | { kind: 'redis'; url: string }
  /** BullMQ's own PostgreSQL backend, in a schema that was migrated before. */
  | { kind: 'postgres'; url: string }

/** The schema that BullMQ's PostgreSQL backend lives in. */
export const QUEUE_SCHEMA = 'queue'

const PREFIX = 'usergraph'
/** Done jobs stay this long, so that a producer can see that its event arrived. */
const KEEP_DONE_SECONDS = 3600
const KEEP_FAILED_SECONDS = 24 * 3600
/** What a job waits for is back within 15 s of its return (SECURITY 13.6). */
const MAX_BACKOFF_MS = 5000
/** A queue that does not answer within this time is not waited for at the end. */
const GOODBYE_MS = 1000

/** The part of BullMQ's queue that is used here, alike on both backends. */
export type JobQueue = Pick<Queue, 'add' | 'getJobState' | 'getJobCountByTypes' | 'close' | 'disconnect'> & {
  on(event: 'error', listener: (error: Error) => void): unknown
}

type JobWorker = Pick<Worker, 'close' | 'name'> & {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown
}

type WorkOptions = { concurrency?: number }

export type Queues = {
  queue(name: string): JobQueue
  /** Works on eight jobs at a time unless told otherwise. */
  work(name: string, handle: (job: Job) => Promise<void>, options?: WorkOptions): void
  isReady(): Promise<boolean>
  stop(): Promise<void>
}

/** Queues of one process. A job is tried until it succeeds: it stands for a row that says it must. */
export function createQueues(settings: QueueSettings, log: Logger): Queues {
  const queues = new Map<string, JobQueue>()
  const workers: JobWorker[] = []
  const underway = new Set<Promise<void>>()

  const make = (name: string): JobQueue => {
    const queue = openQueue(name, settings)
    queue.on('error', (err) => log.warn({ event: 'queue.error', queue: name, err }))
    queues.set(name, queue)
    return queue
  }

  return {
    queue: (name) => queues.get(name) ?? make(name),
    work(name, handle, options = {}) {
      const worker = openWorker({ name, handle: kept(underway, withoutWords(handle)), settings, ...options })
      worker.on('error', (err) => log.warn({ event: 'queue.error', queue: name, err }))
      worker.on('failed', (job, err) =>
        log.warn({ event: 'job.failed', queue: name, jobId: job?.id, tries: job?.attemptsMade, err }),
      )
      workers.push(worker)
    },
    isReady: async () => {
      const [any] = queues.values()
      return any ? reachable(any) : true
    },
    async stop() {
      // A worker says goodbye to its queue, for which it would wait without end where that is away: the process would be cut
      // off with all else that it still had to end (SECURITY 13.7).
      const [any = workers[0] && make(workers[0].name)] = queues.values()
      const isAway = any !== undefined && !(await answersSoon(any))
      if (isAway) await Promise.allSettled(underway)
      await Promise.all(workers.map((worker) => worker.close(isAway)))
      await Promise.all([...queues.values()].map((queue) => (isAway ? giveUp(queue) : queue.close())))
    },
  }
}

/**
 * BullMQ writes a failure's message and stack into the job, and a failed query's hold its parameters: addresses, names.
 * What failed is the cause, which the log alone is told, where such words are taken out (SECURITY 11.4, 12.3).
 */
const withoutWords =
  (handle: (job: Job) => Promise<void>) =>
  async (job: Job): Promise<void> => {
    try {
      await handle(job)
    } catch (cause) {
      throw cause instanceof UnrecoverableError ? cause : new Error('the job failed', { cause })
    }
  }

/** Keeps what is underway in `among` until it has ended. */
const kept =
  (among: Set<Promise<void>>, handle: (job: Job) => Promise<void>) =>
  (job: Job): Promise<void> => {
    const work = handle(job).finally(() => among.delete(work))
    among.add(work)
    return work
  }

const JOB_OPTIONS = {
  attempts: 1_000_000,
  backoff: { type: 'capped' },
  // Or each of a million tries would add one to the job.
  stackTraceLimit: 1,
  removeOnComplete: { age: KEEP_DONE_SECONDS },
  // What it carried is not kept beyond the day in which its producer has seen that it failed.
  removeOnFail: { age: KEEP_FAILED_SECONDS },
}

function openQueue(name: string, settings: QueueSettings): JobQueue {
  const options = { prefix: PREFIX, defaultJobOptions: JOB_OPTIONS } satisfies Partial<QueueOptions>
  if (settings.kind === 'redis') {
    // Without its offline queue a producer hears at once that Redis is away, and keeps its rows.
    const connection = {
      ...redisConnection(settings.url),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
    }
    return new Queue(name, { ...options, connection })
  }
  return new Queue(name, { ...options, connection: postgresConnection(settings.url) }, createPostgresBackend)
}

type NewWorker = {
  name: string
  handle: (job: Job) => Promise<void>
  settings: QueueSettings
  concurrency?: number
}

function openWorker({ name, handle, settings, concurrency = 8 }: NewWorker): JobWorker {
  const options = {
    prefix: PREFIX,
    concurrency,
    // A job whose worker was killed is taken up by another within 15 s (SECURITY 13.6).
    lockDuration: 10_000,
    stalledInterval: 5000,
    // Being interrupted is no fault of the job's: it stands for a row, and ends when the row is done.
    maxStalledCount: 1_000_000,
    settings: {
      backoffStrategy: (tries: number) => Math.min(MAX_BACKOFF_MS, 100 * 2 ** Math.min(tries, 10)),
    },
  } satisfies Partial<WorkerOptions>
  if (settings.kind === 'redis') {
    return new Worker(name, handle, {
      ...options,
      connection: { ...redisConnection(settings.url), maxRetriesPerRequest: null },
    })
  }
  return new Worker(
    name,
    handle,
    { ...options, connection: postgresConnection(settings.url) },
    createPostgresBackend,
  )
}

/** BullMQ itself would wait up to 20 s, and a message as long after Redis is back. */
const redisConnection = (url: string) => ({ url, retryStrategy: reconnectDelayMs })

const postgresConnection = (url: string) => ({ connectionString: url, schema: QUEUE_SCHEMA, max: 4 })

async function reachable(queue: JobQueue): Promise<boolean> {
  try {
    await queue.getJobCountByTypes('waiting')
    return true
  } catch {
    return false // whatever the reason, the queue does not answer
  }
}

const answersSoon = (queue: JobQueue): Promise<boolean> =>
  Promise.race([reachable(queue), delay(GOODBYE_MS, false, { ref: false })])

/** Ends the connection of a queue that is away. Between two tries it does not say that it ended. */
async function giveUp(queue: JobQueue): Promise<void> {
  await Promise.race([
    queue.disconnect().catch(() => undefined),
    delay(GOODBYE_MS, undefined, { ref: false }),
  ])
}
