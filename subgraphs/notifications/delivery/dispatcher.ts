import type { Logger } from '../../shared/log/logger.js'
import type { JobQueue } from '../../shared/queue/queues.js'
import { createRounds, type Rounds } from '../../shared/runtime/rounds.js'
import type { DeliveryStore, DueMessage, WhichDue } from '../domain/ports.js'

const BATCH = 100
const ROUND_MS = 5000
const POKE_MS = 5

type Options = {
  /** Named in the log. */
  name: string
  deliveries: Pick<DeliveryStore, 'giveBack'> & {
    takeDue(limit: number, which: WhichDue): Promise<DueMessage[]>
  }
  queue: JobQueue
  messageUuid: (id: string) => string
  log: Logger
}

/**
 * Puts messages that are due into the queue: at once when poked, and by itself every 5 s.
 *
 * The row is the truth. A job holds an id and nothing else, and its own id is the message's, so that adding it twice
 * adds it once. What somebody waits for is taken first here, and worked on first there. What a crash or an emptied queue swallowed is due still, and a later round adds it again,
 * but not while the queue has enough to do: all that waits for a provider that hangs would be added again every few seconds,
 * in the process that answers people.
 */
export function createDispatcher({ name, deliveries, queue, messageUuid, log }: Options): Rounds {
  let lookedAt = Number.NEGATIVE_INFINITY

  /** Poked for a new message it looks for new ones alone: however much waits for a provider that hangs, each costs the same. */
  async function whichDue(): Promise<WhichDue> {
    if (performance.now() - lookedAt < ROUND_MS) return 'NEW'
    const isIdle = (await queue.getJobCountByTypes('waiting', 'prioritized')) < BATCH
    lookedAt = performance.now()
    return isIdle ? 'LOST_TOO' : 'ABANDONED_TOO'
  }

  async function handOver(which: WhichDue): Promise<number> {
    const due = await deliveries.takeDue(BATCH, which)
    const added = await Promise.allSettled(
      due.map(({ id, urgency }) =>
        queue.add('deliver', { id }, { jobId: messageUuid(id), priority: urgency, ...FORGET_WHEN_DONE }),
      ),
    )
    const failed = due.map(({ id }) => id).filter((_, index) => added[index]?.status === 'rejected')
    if (failed.length > 0) {
      await deliveries.giveBack(failed)
      throw new Error(`the queue of ${name} takes none`)
    }
    return due.length
  }

  return createRounds({
    name,
    everyMs: ROUND_MS,
    pokeMs: POKE_MS,
    log,
    round: async () => {
      const which = await whichDue()
      while ((await handOver(which)) === BATCH);
    },
  })
}

/** The row remembers; a done job that stayed would keep its id from being queued for the next try. */
const FORGET_WHEN_DONE = { removeOnComplete: true, removeOnFail: true }
