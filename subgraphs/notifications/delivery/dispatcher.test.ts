import { createLogger } from '../../shared/log/logger.js'
import type { JobQueue } from '../../shared/queue/queues.js'
import { eventually } from '../../shared/test/eventually.js'
import { createDispatcher } from './dispatcher.js'

/** What is handed to the queue of what is due, and what was asked for. */
async function handedOver(due: { id: string; urgency: number }[], inQueue = 0, rounds = 1) {
  const jobs: unknown[] = []
  const asked: unknown[] = []
  const add: JobQueue['add'] = async (_, { id }, options) => {
    jobs.push({ id, jobId: options?.jobId, priority: options?.priority })
    return {} as Awaited<ReturnType<JobQueue['add']>> // nobody reads what became of it
  }
  const dispatcher = createDispatcher({
    name: 'deliveries',
    deliveries: {
      takeDue: async (_, which) => {
        asked.push(which)
        return due.splice(0)
      },
      giveBack: async () => {},
    },
    queue: { add, getJobCountByTypes: async () => inQueue } as unknown as JobQueue, // nothing else of it is used
    messageUuid: (id) => `uuid of ${id}`,
    log: createLogger({ level: 'silent' }),
  })

  dispatcher.start()
  dispatcher.poke()
  await eventually(async () => jobs.length > 0 || undefined)
  for (let round = 1; round < rounds; round += 1) {
    const before = asked.length
    dispatcher.poke()
    await eventually(async () => asked.length > before || undefined)
  }
  await dispatcher.stop()
  return { jobs, asked }
}

test('a job is known by its message, and what somebody waits for is worked on first', async () => {
  const { jobs } = await handedOver([
    { id: 'ntf_1', urgency: 0 },
    { id: 'ntf_2', urgency: 1 },
  ])

  expect(jobs).toEqual([
    // BullMQ works on less before more.
    { id: 'ntf_1', jobId: 'uuid of ntf_1', priority: 0 },
    { id: 'ntf_2', jobId: 'uuid of ntf_2', priority: 1 },
  ])
})

test.each([
  [0, 'LOST_TOO'],
  [99, 'LOST_TOO'],
  [100, 'ABANDONED_TOO'],
])('13.2: with %i jobs in the queue it asks for %s', async (inQueue, which) => {
  const { asked } = await handedOver([{ id: 'ntf_1', urgency: 0 }], inQueue)

  expect(asked[0]).toBe(which)
})

test('11.6: within five seconds it looks for what is new alone, however often it is poked', async () => {
  const { asked } = await handedOver([{ id: 'ntf_1', urgency: 0 }], 0, 4)

  expect(asked).toEqual(['LOST_TOO', 'NEW', 'NEW', 'NEW'])
})
