import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Job, type Queue } from 'bullmq'
import { createLogger } from '../log/logger.js'
import { reconnectDelayMs } from '../runtime/reconnect-delay.js'
import { DRAIN_MS } from '../runtime/stop-on-signal.js'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { type QueueBackend, queueBackends } from '../test/queue-backends.js'
import { createQueues, type QueueSettings, type Queues } from './queues.js'

const ADDRESS = 'ada@acme.test'

/** Another way to a server, which can be taken away while the server stays. */
async function passageTo(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onwards = connect(Number(port), hostname)
    for (const each of [socket, onwards]) {
      sockets.add(each)
      each.on('error', () => each.destroy()).on('close', () => sockets.delete(each))
    }
    socket.pipe(onwards).pipe(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port: here } = server.address() as AddressInfo // of a socket of TCP
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(here) }).href,
    async close() {
      const closed = once(server.close(), 'close')
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

describe.each(queueBackends())('a queue on $name', ({ name, prepare }: QueueBackend) => {
  let testDatabase: TestDatabase
  let queues: Queues
  let settings: QueueSettings

  beforeAll(async () => {
    testDatabase = await createTestDatabase([])
    settings = await prepare(testDatabase)
    queues = createQueues(settings, createLogger({ level: 'silent' }))
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

  test('13.7: ends at once where the queue went away before', async () => {
    const passage = await passageTo(settings.url)
    const severed = createQueues({ ...settings, url: passage.url }, createLogger({ level: 'silent' }))
    const done = new Promise<void>((resolve) => severed.work('severed', async () => resolve()))
    await severed.queue('severed').add('any', {}, { jobId: 'one' })
    await done

    await passage.close()
    const started = performance.now()
    await severed.stop()

    expect(performance.now() - started).toBeLessThan(DRAIN_MS / 2)
  }, 30_000)

  test('13.6: calls a Redis that went away when we say, not after the library’s own seconds', () => {
    const { opts } = queues.queue('any') as Queue // as above
    const { retryStrategy } = opts.connection as { retryStrategy?: unknown }

    expect(retryStrategy).toBe(name === 'Redis' ? reconnectDelayMs : undefined)
  })
})
