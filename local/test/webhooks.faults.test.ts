import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import { createReceiver } from '../../docs/example-webhook-receiver.js'
import { register, somePerson } from '../../router/test/seed/people.js'
import { ID_PREFIXES, uuidToId } from '../../subgraphs/shared/ids/type-id.js'
import { findPostgres } from '../services/postgres-url.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, somePorts, startGraph } from './start-graph.js'

const ROUNDS = 5
const PEOPLE = 10
const VISITORS = 3

const SECRET = `whsec_${randomBytes(32).toString('base64')}`

let folder: string
let receiver: Server
let graph: RunningGraph | null = null
/** By person, the ids under which it was told of their registration. */
const told = new Map<string, Set<string>>()

beforeEach(async () => {
  told.clear()
  folder = await mkdtemp(join(tmpdir(), 'usergraph-faults-'))
  receiver = createReceiver({
    secret: SECRET,
    async once(webhookId, { data: { userId } }) {
      const ids = told.get(userId) ?? new Set()
      const isNew = !ids.has(webhookId)
      told.set(userId, ids.add(webhookId))
      return isNew
    },
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
})

afterEach(async () => {
  await graph?.stop()
  receiver.closeAllConnections()
  receiver.close()
  await removeData(folder)
})

async function start(env: Record<string, string>, ports: Awaited<ReturnType<typeof somePorts>>) {
  const { port } = receiver.address() as AddressInfo // it listens on a port
  const endpoint = {
    id: 'crm',
    url: `http://127.0.0.1:${port}/`,
    events: ['user.registered'],
    secrets: ['crm'],
  }
  const file = join(folder, 'webhooks.json')
  await writeFile(file, JSON.stringify([endpoint]))
  const shape: GraphShape = {
    ...{ name: 'one process', folder: 'one', entry: 'start.js' },
    env: {
      ...env,
      WEBHOOKS_FILE: file,
      WEBHOOK_SECRETS: `crm:${SECRET}`,
      WEBHOOK_NETWORKS: '127.0.0.1/32',
    },
  }
  graph = await startGraph(shape, join(folder, 'graph'), ports)
  Object.assign(process.env, graph.env)
  return graph
}

/** Whether the graph has acknowledged that somebody registered. */
async function tryToRegister(): Promise<boolean> {
  const { email, password } = somePerson()
  const answer = await register({ email, password }).catch(() => null)
  return Boolean(answer?.data?.['register'])
}

/** Kills the graph once some have registered, while others do; how many it had acknowledged by then. */
async function killWhileRegistering({ process: child }: RunningGraph): Promise<number> {
  const enough = 1 + Math.floor(Math.random() * 2 * VISITORS)
  let acknowledged = 0
  const visit = async () => {
    while (child.signalCode === null) {
      if (await tryToRegister()) acknowledged += 1
      if (acknowledged >= enough) child.kill('SIGKILL')
    }
  }
  await Promise.all([once(child, 'exit'), ...Array.from({ length: VISITORS }, visit)])
  return acknowledged
}

/** Everybody who is in the database, be it that the answer to them was lost. */
async function everybody(): Promise<string[]> {
  const owner = postgres((await findPostgres(join(folder, 'graph'))) ?? '', { max: 1 })
  const rows = await owner`select id from users.users`
  await owner.end()
  return rows.map(({ id }) => uuidToId(ID_PREFIXES.user, id))
}

/** Ends when each of them was told; the time limit of the test is the only other end. */
async function untilToldOf(people: string[]): Promise<void> {
  while (people.some((id) => !told.has(id))) await pause(100)
}

test('13.1: killed at random moments, no acknowledged registration loses its webhook, and each has one id', async () => {
  const ports = await somePorts()
  let acknowledged = 0

  for (let round = 0; round < ROUNDS; round++) {
    acknowledged += await killWhileRegistering(await start({ QUEUE: 'postgres' }, ports))
  }
  await start({ QUEUE: 'postgres' }, ports)

  expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS)
  const people = await everybody()
  expect(people.length).toBeGreaterThanOrEqual(acknowledged)
  // What a killed process was sending is free again after a minute.
  await untilToldOf(people)
  expect([...told.values()].filter((ids) => ids.size !== 1)).toEqual([])
})

test('13.2: a Redis emptied again and again loses no webhook', async () => {
  const url = process.env['TEST_REDIS_URL']
  if (!url) throw new Error('this run needs a Redis: REQUIRE_REDIS=1 npm run test:faults')
  const redis = new Redis(url)
  await start({ REDIS_URL: url }, await somePorts())
  let acknowledged = 0

  for (let round = 0; round < ROUNDS; round++) {
    const attempts = Promise.all(Array.from({ length: PEOPLE }, tryToRegister))
    await pause(Math.random() * 300)
    await redis.flushall()
    acknowledged += (await attempts).filter(Boolean).length
  }
  redis.disconnect()

  expect(acknowledged).toBeGreaterThan(ROUNDS)
  const people = await everybody()
  expect(people.length).toBeGreaterThanOrEqual(acknowledged)
  await untilToldOf(people)
  expect([...told.values()].filter((ids) => ids.size !== 1)).toEqual([])
})
