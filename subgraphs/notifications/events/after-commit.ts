import type { Queues } from '../../shared/queue/queues.js'

/**
 * Queues whose work is followed by `then`. A consumer's job ends when its transaction has committed, which is the
 * first moment another connection can see what it wrote.
 */
export function afterEachJob(queues: Queues, next: () => void): Queues {
  return {
    ...queues,
    work: (name, handle, options) =>
      queues.work(
        name,
        async (job) => {
          await handle(job)
          next()
        },
        options,
      ),
  }
}
