import { Job, type Queue } from 'bullmq'
import { createLogger } from '../log/logger.js'
import { reconnectDelayMs } from '../runtime/reconnect-delay.js'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { type QueueBackend, queueBackends } from '../test/queue-backends.js'
import { createQueues, type Queues } from './queues.js'

const ADDRESS = 'ada@acme.test'

describe.each(queueBackends())('a queue on $name', ({ name, prepare }: QueueBackend) => {
  let testDatabase: TestDatabase
  let queues: Queues

  beforeAll(async () => {
    testDatabase = await createTestDatabase([])
    queues = createQueues(await prepare(testDatabase), createLogger({ level: 'silent' }))
  })

  afterAll(async () => {
    await queues.stop()
    await testDatabase.stop()
  })

  test('11.4: a job keeps no word of what failed, and one trace however often it was tried', async () => {
    const queue = queues.queue('failing')
    let tries = 0
    const thrice = new Promise<void>((resolve) => {
      queues.work('failing', async () => {
        tries += 1
        if (tries === 4) resolve()
        throw new Error(`Failed query: insert into messages\nparams: ${ADDRESS}`)
      })
    })

    await queue.add('fail', {}, { jobId: 'one' })
    await thrice
    const job = await Job.fromId(queue as Queue, 'one') // it is one; the type names the part that is used elsewhere

    expect(job?.failedReason).toBe('the job failed')
    expect(job?.stacktrace).toHaveLength(1)
    expect(JSON.stringify(job)).not.toContain(ADDRESS)
  })
  test('13.6: calls a Redis that went away when we say, not after the library’s own seconds', () => {
    const { opts } = queues.queue('any') as Queue // as above
    const { retryStrategy } = opts.connection as { retryStrategy?: unknown }

    expect(retryStrategy).toBe(name === 'Redis' ? reconnectDelayMs : undefined)
  })
})
