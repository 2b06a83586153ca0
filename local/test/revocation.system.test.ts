import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { ask } from '../../router/test/seed/ask.js'
import { admin, someAdmin } from '../../router/test/seed/operators.js'
import { type Person, type SignedIn, someVerified } from '../../router/test/seed/people.js'
import { REVOCATION_MS, untilRefused } from '../../router/test/seed/revocation.js'
import { findRedisBinary } from '../services/debian-redis.js'
import { findFreePort } from '../services/free-port.js'
import { startRedis } from '../services/redis.js'
import { removeData } from './remove-data.js'
import { type RunningGraph, somePorts, startGraph, withoutSettings } from './start-graph.js'

// Six processes and a second router: what one router has acknowledged, the other refuses.

const SUBGRAPHS = ['USERS', 'AUTH', 'PASSWORDS', 'OTP', 'NOTIFICATIONS']
const ROUNDS = 3
const TYPICAL_MS = 1000
const READY_MS = 30_000

type RunningRedis = NonNullable<Awaited<ReturnType<typeof startRedis>>>

const binary = await findRedisBinary({ cacheDir: resolve('.cache'), allowDownload: true })
const STORES = binary ? ['with Redis', 'with Redis emptied', 'with Redis stopped'] : ['without Redis']

let folder: string
let redis: RunningRedis | null = null
let graph: RunningGraph
let otherRouter: { url: string; process: ChildProcess }
const times: Record<string, string | number>[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-revocation-'))
  redis = binary && (await startRedis({ dataDir: join(folder, 'redis'), binary, log: () => {} }))
  const queue: Record<string, string> = redis ? { REDIS_URL: redis.url } : { QUEUE: 'postgres' }
  const places = await somePlaces()
  const shape = { name: 'many', folder: 'many', entry: 'start-processes.js', env: { ...queue, ...places } }
  graph = await startGraph(shape, folder)
  Object.assign(process.env, graph.env)
  otherRouter = await startOtherRouter({ ...queue, ...places })
}, 90_000)

afterAll(async () => {
  console.table(times)
  if (otherRouter) await stopRouter(otherRouter.process)
  await graph?.stop()
  await redis?.stop()
  await removeData(folder)
}, 30_000)

async function somePlaces(): Promise<Record<string, string>> {
  const places: Record<string, string> = {}
  for (const name of SUBGRAPHS) {
    const port = await findFreePort()
    Object.assign(places, { [`${name}_PORT`]: String(port), [`${name}_URL`]: `http://127.0.0.1:${port}` })
  }
  return places
}

/** Another router of the same graph, as behind one balancer: the same keys, the same address for clients. */
async function startOtherRouter(settings: Record<string, string>) {
  const { port, managementPort } = await somePorts()
  const keys = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')) as Record<string, string>
  const { ROUTER_PRIVATE_KEY = '', INTERNAL_JWKS = '' } = keys
  const child = spawn(process.execPath, [resolve('dist/router/index.js')], {
    stdio: 'ignore',
    env: {
      ...withoutSettings(process.env),
      ...settings,
      ...{ ROUTER_PRIVATE_KEY, INTERNAL_JWKS, PUBLIC_URL: graph.url, TRUSTED_PROXY_HOPS: '1' },
      ...{ PORT: String(port), MANAGEMENT_PORT: String(managementPort), LOG_LEVEL: 'warn' },
    },
  })
  const deadline = performance.now() + READY_MS
  while (!(await fetch(`http://127.0.0.1:${managementPort}/readyz`).catch(() => null))?.ok) {
    if (performance.now() > deadline) throw new Error('the other router was not ready in time')
    await new Promise((later) => setTimeout(later, 50))
  }
  return { url: `http://localhost:${port}`, process: child }
}

async function stopRouter(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

type Case = { person: Person; session: SignedIn; operator: string }

/** What ends a token's worth; each answers when it was acknowledged. */
const CAUSES: Record<string, (given: Case) => Promise<unknown>> = {
  'sign-out': ({ session }) =>
    ask('mutation { logout { loggedOut } }', { token: session.tokens.accessToken }),
  'ended by an administrator': ({ session, operator }) =>
    ask('mutation($id: ID!) { revokeUserSessions(userId: $id) { revokedSessionIds } }', {
      ...{ token: operator, variables: { id: session.userId } },
    }),
  'a role given at the command line': ({ person }) => admin(['give-role', person.email, 'support']),
}

/** The command line knows the database alone: what it changes is told by an event, and waits while the queue is away. */
const NEEDS_THE_QUEUE = 'a role given at the command line'

/** Whoever will be needed is signed in before Redis is taken away: without it no limit of a sign-in can be kept. */
async function someCases(): Promise<Map<string, Case[]>> {
  const { session } = await someAdmin()
  const cases = new Map<string, Case[]>()
  for (const cause of Object.keys(CAUSES)) {
    const people: Case[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const person = await someVerified()
      people.push({ person, session: await person.signIn(), operator: session.tokens.accessToken })
    }
    cases.set(cause, people)
  }
  return cases
}

async function disturb(store: string): Promise<void> {
  if (store === 'with Redis stopped') return redis?.stop()
  if (store !== 'with Redis emptied' || !redis) return
  const client = new Redis(redis.url)
  await client.flushall()
  client.disconnect()
}

describe('4.5: what one router has acknowledged', () => {
  test.each(STORES)(
    'the other refuses within 5 seconds, and typically within one: %s',
    async (store) => {
      const cases = await someCases()
      await disturb(store)

      if (store === 'with Redis stopped') cases.delete(NEEDS_THE_QUEUE)

      for (const [cause, people] of cases) {
        const took: number[] = []
        for (const given of people) {
          const { accessToken } = given.session.tokens
          expect((await ask('{ me { id } }', { token: accessToken, url: otherRouter.url })).status).toBe(200)
          await CAUSES[cause]?.(given)
          took.push(await untilRefused(accessToken, otherRouter.url))
        }

        took.sort((one, other) => one - other)
        const [median = Number.NaN, longest = Number.NaN] = [took[Math.floor(ROUNDS / 2)], took.at(-1)]
        times.push({ store, cause, 'median ms': Math.round(median), 'longest ms': Math.round(longest) })
        expect(longest).toBeLessThan(REVOCATION_MS)
        if (cause !== NEEDS_THE_QUEUE) expect(median).toBeLessThan(TYPICAL_MS)
      }
    },
    120_000,
  )
})
