import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { mailsTo, mailTo } from '../../router/test/seed/inbox.js'
import { register, somePerson } from '../../router/test/seed/people.js'
import { startInbox } from '../services/inbox.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, somePorts, startGraph } from './start-graph.js'

const ROUNDS = 10
const PEOPLE = 25
const VISITORS = 4
/** What a killed process was sending is free again after this long, and not before. */
const LEASE_MS = 30_000

const ONE: GraphShape = { name: 'one process', folder: 'one', entry: 'start.js', env: { QUEUE: 'postgres' } }

let folder: string
/** An inbox that nobody kills: what it has accepted it keeps. */
let inbox: Awaited<ReturnType<typeof startInbox>>
let graph: RunningGraph | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-faults-'))
  inbox = await startInbox({ dataDir: join(folder, 'inbox'), webPort: 0, smtpPort: 0, log: () => {} })
})

afterEach(async () => {
  await graph?.stop()
  await inbox.stop()
  await removeData(folder)
})

async function start(shape: GraphShape, ports: Awaited<ReturnType<typeof somePorts>>): Promise<RunningGraph> {
  const env = { ...shape.env, SMTP_URL: inbox.smtpUrl }
  graph = await startGraph({ ...shape, env }, join(folder, 'graph'), ports)
  Object.assign(process.env, graph.env, { INBOX_URL: inbox.webUrl })
  return graph
}

/** Registers someone; the address where the graph acknowledged it, null where it was gone by then. */
async function tryToRegister(): Promise<string | null> {
  const { email, password } = somePerson()
  const answer = await register({ email, password }).catch(() => null)
  return answer?.data?.['register'] ? email : null
}

/** One person after the other, until nobody answers any more. */
async function registerUntilItIsGone(): Promise<string[]> {
  const emails: string[] = []
  for (;;) {
    const email = await tryToRegister()
    if (email === null) return emails
    emails.push(email)
  }
}

test('13.1: killed at random moments under load, no acknowledged registration loses its mail, and none gets more for nothing', async () => {
  const ports = await somePorts()
  const acknowledged: string[] = []

  const startedAt = performance.now()
  for (let round = 0; round < ROUNDS; round++) {
    const running = await start(ONE, ports)
    const visitors = Promise.all(Array.from({ length: VISITORS }, registerUntilItIsGone))
    setTimeout(() => running.process.kill('SIGKILL'), 300 + Math.random() * 2000)
    await once(running.process, 'exit')
    acknowledged.push(...(await visitors).flat())
  }
  const killedForMs = performance.now() - startedAt
  await start(ONE, ports)

  expect(acknowledged.length).toBeGreaterThan(ROUNDS)
  for (const email of acknowledged) await mailTo(email, /welcome/i, 1, 2 * LEASE_MS)
  // One more copy for each process that died with the mail in hand after the mail server had accepted it (11.2): whoever
  // was killed next can only have had it once the lease of the one before was over.
  const deathsInHand = 1 + Math.floor(killedForMs / LEASE_MS)
  for (const email of acknowledged)
    expect((await mailsTo(email)).length).toBeLessThanOrEqual(1 + deathsInHand)
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
