import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { mailsTo, mailTo } from '../../router/test/seed/inbox.js'
import { register, somePerson } from '../../router/test/seed/people.js'
import { type GraphShape, type RunningGraph, somePorts, startGraph } from './start-graph.js'

const ROUNDS = 10
const PEOPLE = 25

const ONE: GraphShape = { name: 'one process', folder: 'one', entry: 'start.js', env: { QUEUE: 'postgres' } }

let folder: string
let graph: RunningGraph | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-faults-'))
})

afterEach(async () => {
  await graph?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(shape: GraphShape, ports: Awaited<ReturnType<typeof somePorts>>): Promise<RunningGraph> {
  graph = await startGraph(shape, folder, ports)
  Object.assign(process.env, graph.env)
  return graph
}

/** Registers someone; the address where the graph acknowledged it, null where it was gone by then. */
async function tryToRegister(): Promise<string | null> {
  const { email, password } = somePerson()
  const answer = await register({ email, password }).catch(() => null)
  return answer?.data?.['register'] ? email : null
}

test('13.1: killed at random moments under load, no acknowledged registration loses its mail, and none gets two', async () => {
  const ports = await somePorts()
  const acknowledged: string[] = []

  for (let round = 0; round < ROUNDS; round++) {
    const running = await start(ONE, ports)
    const attempts = Promise.all(Array.from({ length: PEOPLE }, tryToRegister))
    setTimeout(() => running.process.kill('SIGKILL'), Math.random() * 600)
    await once(running.process, 'exit')
    acknowledged.push(...(await attempts).filter((email) => email !== null))
  }
  await start(ONE, ports)

  expect(acknowledged.length).toBeGreaterThan(0)
  for (const email of acknowledged) await mailTo(email, /welcome/i)
  // A second copy is allowed only where the mail server had accepted the first before the process died (11.2).
  for (const email of acknowledged) expect((await mailsTo(email)).length).toBeLessThanOrEqual(2)
})

test('13.2: a Redis emptied again and again loses no mail', async () => {
  const url = process.env['TEST_REDIS_URL']
  if (!url) throw new Error('this run needs a Redis: REQUIRE_REDIS=1 npm run test:faults')
  const redis = new Redis(url)
  await start({ ...ONE, env: { REDIS_URL: url } }, await somePorts())
  const emails: string[] = []

  for (let round = 0; round < ROUNDS; round++) {
    const attempts = Promise.all(Array.from({ length: PEOPLE }, tryToRegister))
    await new Promise((later) => setTimeout(later, Math.random() * 300))
    await redis.flushall()
    emails.push(...(await attempts).filter((email) => email !== null))
  }
  redis.disconnect()

  expect(emails.length).toBeGreaterThan(ROUNDS * PEOPLE * 0.5)
  for (const email of emails) await mailTo(email, /welcome/i)
})
