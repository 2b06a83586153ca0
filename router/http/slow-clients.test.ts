import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { readRouterEnv } from '../env.js'
import { PUBLIC_URL } from '../identity/test/tokens.js'
import { createRouter, type Router } from '../router.js'
import { createInProcessDataSource } from '../subgraphs/in-process-data-source.js'
import { jwksOf, makeKey } from '../subgraphs/test/keys.js'
import { stubSubgraph } from '../subgraphs/test/stub-subgraph.js'
import { cutOffDuring } from './test/cut-off.js'
import { sendTo } from './test/send.js'

/** More than the buffers of both ends hold. */
const LONG = 'x'.repeat(12 * 1024 * 1024)
const RULES = 'connections: { headersSeconds: 1, requestSeconds: 2, idleSeconds: 1, answerSeconds: 2 }'

const head = (more = '') => `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${more}`
const request = (query: string) => {
  const body = JSON.stringify({ query })
  return `${head(`Content-Length: ${body.length}\r\n\r\n`)}${body}`
}

let folder: string
let router: Router
let port: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-slow-'))
  await writeFile(join(folder, 'router.yaml'), RULES)
  const key = await makeKey('router')
  const users = stubSubgraph(
    'users',
    'type Query { motto: String @public long: String @public me: String @authenticated }',
    {
      Query: { motto: () => 'who goes there', long: () => LONG },
    },
  )
  const log = pino({ level: 'silent' })
  router = await createRouter({
    env: readRouterEnv({
      ...{ NODE_ENV: 'test', PORT: '0', MANAGEMENT_PORT: '0', PUBLIC_URL },
      ROUTER_CONFIG: join(folder, 'router.yaml'),
      INTERNAL_JWKS: JSON.stringify(jwksOf(key)),
      ROUTER_PRIVATE_KEY: JSON.stringify(key.privateJwk),
    }),
    log,
    subgraphs: [{ name: 'users', url: 'http://users.test', typeDefs: users.typeDefs }],
    sourceOf: (place) => {
      const source = createInProcessDataSource(place, new Map([['users', users]]), log)
      if (!source) throw new Error('the stub is here')
      return source
    },
    calls: { call: async () => ({ keys: [], sessionIds: [], accessVersions: [], cursor: 'c' }) },
    readiness: async () => ({}),
  })
  port = (await router.start()).port
})
afterAll(async () => {
  await router.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A byte now and then, which no time between two bytes would notice. */
async function trickle(socket: Socket, text: string): Promise<void> {
  for (const letter of text) {
    if (socket.destroyed) return
    socket.write(letter)
    await pause(50)
  }
}

/** Only who writes hears that nobody is there any more, while what was sent before lies unread. Empty lines mean nothing. */
async function knock(socket: Socket): Promise<void> {
  for (; !socket.destroyed; await pause(50)) socket.write('\r\n')
}

type Client = (socket: Socket) => Promise<void>

type Slow = { client: Client; from: number; to: number; told: RegExp }

const TIMED_OUT = /^HTTP\/1.1 408 /

/** What each does, between which seconds it is cut off, and what it has been told by then. A busy machine takes its time. */
const SLOW: Record<string, Slow> = {
  'says nothing': { client: async () => {}, from: 0.9, to: 15, told: TIMED_OUT },
  'trickles its headers': {
    client: (socket) => trickle(socket, head(`X: ${'x'.repeat(200)}`)),
    ...{ from: 0.9, to: 15, told: TIMED_OUT },
  },
  'trickles its body': {
    client: async (socket) => {
      socket.write(head('Content-Length: 200\r\n\r\n'))
      await trickle(socket, '{"query":"'.padEnd(200))
    },
    ...{ from: 1.9, to: 15, told: TIMED_OUT },
  },
  'never ends a body in chunks': {
    client: async (socket) => {
      socket.write(head('Transfer-Encoding: chunked\r\n\r\n'))
      await trickle(socket, '1\r\n \r\n'.repeat(30))
    },
    ...{ from: 1.9, to: 15, told: TIMED_OUT },
  },
  'asks once and holds its connection': {
    client: async (socket) => void socket.write(request('{ motto }')),
    ...{ from: 0.9, to: 15, told: /who goes there/ },
  },
  'never reads its answer': {
    client: async (socket) => {
      socket.pause().write(request('{ long }'))
      await knock(socket)
    },
    ...{ from: 1.9, to: 15, told: /^$/ },
  },
  'asks again and again and never reads': {
    client: async (socket) => {
      socket.pause().write(request('{ long }').repeat(2))
      await knock(socket)
    },
    ...{ from: 1.9, to: 15, told: /^$/ },
  },
  'reads its answer a little at a time': {
    client: async (socket) => {
      socket.pause().write(request('{ long }'))
      for (; !socket.destroyed; await pause(50)) {
        socket.read(1024)
        socket.write('\r\n')
      }
    },
    ...{ from: 1.9, to: 15, told: /^HTTP\/1.1 200 / },
  },
}

/** When a client was cut off, and what it had been told by then. */
async function outcomeOf({ client }: Slow) {
  const socket = connect(port, '127.0.0.1')
  const startedAt = performance.now()
  let told = ''
  socket.on('error', () => {}) // cut off in the middle of a word
  socket.on('data', (chunk) => {
    told += chunk
  })
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await client(socket)
  await closed
  return { seconds: (performance.now() - startedAt) / 1000, told }
}

/** Asks all the while, and tells how long half of the answers took. Making the long ones takes a moment by itself. */
async function medianOf(until: Promise<unknown>): Promise<number> {
  let isOver = false
  void until.finally(() => {
    isOver = true
  })
  const times: number[] = []
  while (!isOver) {
    const startedAt = performance.now()
    const { json } = await sendTo(`http://127.0.0.1:${port}`, {
      headers: { 'content-type': 'application/json' },
      payload: '{"query":"{ motto }"}',
    })
    expect(json.data).toEqual({ motto: 'who goes there' })
    times.push(performance.now() - startedAt)
    await pause(50)
  }
  return (times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0) / 1000
}

describe('2.9: a slow client', () => {
  let outcomes: Map<string, Awaited<ReturnType<typeof outcomeOf>>>
  let median: number
  let cutOff: Record<string, number>

  beforeAll(async () => {
    const all = Promise.all(
      Object.entries(SLOW).map(async ([name, slow]) => [name, await outcomeOf(slow)] as const),
    )
    cutOff = await cutOffDuring(async () => {
      median = await medianOf(all)
      outcomes = new Map(await all)
    })
  }, 40_000)

  test.each(Object.entries(SLOW))('that %s is cut off in time', (name, { from, to, told }) => {
    const outcome = outcomes.get(name)

    expect(outcome?.seconds).toBeGreaterThan(from)
    expect(outcome?.seconds).toBeLessThan(to)
    expect(outcome?.told).toMatch(told)
  })

  test('is counted by what was slow, and who only rests between two requests is not', () => {
    expect(cutOff).toEqual({ 'slow-request': 4, 'slow-answer': 3 })
  })

  test('keeps nobody else waiting', () => {
    expect(median).toBeLessThan(1)
  })

  test('is given the time that the file says, from the next connection on', async () => {
    await writeFile(join(folder, 'router.yaml'), RULES.replace('headersSeconds: 1', 'headersSeconds: 2'))

    const isLater = async () => (await outcomeOf(SLOW['says nothing'] as Slow)).seconds > 1.9

    expect(await eventually(isLater)).toBe(true)
  })
})
