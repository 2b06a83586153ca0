import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { type AssertionSigner, createAssertionSigner } from '../../subgraphs/shared/identity/assertion.js'
import { serveSubgraph } from '../../subgraphs/shared/runtime/serve-subgraph.js'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { someCaller, someViewer } from '../../subgraphs/shared/test/requests.js'
import type { DataSource } from './data-source.js'
import { createHttpDataSource } from './http-data-source.js'
import { jwksOf, makeKey, type TestKey } from './test/keys.js'
import { stubSubgraph } from './test/stub-subgraph.js'

let routerKey: TestKey
let usersKey: TestKey
let sign: AssertionSigner
const stops: (() => unknown)[] = []

beforeAll(async () => {
  routerKey = await makeKey('router')
  usersKey = await makeKey('users')
  sign = await createAssertionSigner('router', routerKey.privateJwk)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

function sourceAt(port: number, signer = sign): DataSource {
  const source = createHttpDataSource({ name: 'users', url: `http://127.0.0.1:${port}/graphql` }, signer)
  stops.unshift(() => source.stop?.())
  return source
}

async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port // it listens on a port
}

const fetch = { query: '{ hello }', caller: someCaller() }

describe('3.1: asks a subgraph as the router', () => {
  async function served() {
    const subgraph = stubSubgraph('users', 'type Query { hello(name: String): String @public }', {
      Query: { hello: (_: unknown, { name }: { name?: string }) => `hello ${name ?? ''}` },
    })
    const server = await serveSubgraph({
      subgraph,
      port: 0,
      host: '127.0.0.1',
      internalJwks: jwksOf(routerKey, usersKey),
      log: pino({ level: 'silent' }),
    })
    stops.push(() => server.stop())
    return { subgraph, port: server.port }
  }

  test('and hands over who asks, cookies and the idempotency key', async () => {
    const { subgraph, port } = await served()
    const caller = someCaller({ viewer: someViewer(), origin: 'https://app.test' })
    const query = 'query Hi($name: String) { hello(name: $name) }'

    const answer = await sourceAt(port).fetch({
      ...{ query, variables: { name: 'Ada' }, operationName: 'Hi', caller },
      ...{ cookies: { refreshToken: 'r' }, idempotencyKey: 'k' },
    })

    expect(answer).toEqual({ data: { hello: 'hello Ada' } })
    expect(subgraph.requests).toEqual([{ caller, cookies: { refreshToken: 'r' }, idempotencyKey: 'k' }])
  })

  test('and vouches for each caller once', async () => {
    const seen: unknown[] = []
    const port = await serve(({ headers }, response) => {
      seen.push(headers.authorization)
      response.end('{"data":{"hello":"you"}}')
    })
    const source = sourceAt(port)
    const [ada, grace] = [someCaller({ viewer: someViewer() }), someCaller()]

    for (const caller of [ada, grace, ada]) await source.fetch({ ...fetch, caller })

    expect(seen[0]).toBe(seen[2])
    expect(seen[0]).not.toBe(seen[1])
  })

  test('and is refused with another key', async () => {
    const { subgraph, port } = await served()
    const stranger = await createAssertionSigner('router', usersKey.privateJwk)

    await expect(sourceAt(port, stranger).fetch(fetch)).rejects.toThrow('users answered 401')
    expect(subgraph.requests).toHaveLength(0)
  })
})

describe('2.8: when the connection breaks', () => {
  async function breaking(times: number) {
    const state = { requests: 0 }
    const port = await serve((request, response) => {
      state.requests += 1
      if (state.requests <= times) return void request.socket.destroy()
      response.end('{"data":{"hello":"again"}}')
    })
    return { state, source: sourceAt(port) }
  }

  test('a query is tried once more', async () => {
    const { state, source } = await breaking(1)

    expect(await source.fetch(fetch)).toMatchObject({ data: { hello: 'again' } })
    expect(state.requests).toBe(2)
  })

  test('and not a third time', async () => {
    const { state, source } = await breaking(9)

    await expect(source.fetch(fetch)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(state.requests).toBe(2)
  })

  test.each(['mutation { a }', '\n mutation M{a}'])('a mutation never: %j', async (query) => {
    const { state, source } = await breaking(1)

    await expect(source.fetch({ ...fetch, query })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(state.requests).toBe(1)
  })
})

test('2.8: a subgraph that answers a little at a time is hung up on', async () => {
  let isLeft = false
  const port = await serve((_, response) => {
    const timer = setInterval(() => response.write(' '), 10)
    response.on('close', () => {
      clearInterval(timer)
      isLeft = true
    })
  })
  const source = createHttpDataSource({ name: 'users', url: `http://127.0.0.1:${port}/graphql` }, sign, 100)
  stops.unshift(() => source.stop?.())

  await expect(source.fetch(fetch)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  await eventually(async () => isLeft)
})

test('a subgraph that is not there is unavailable', async () => {
  await expect(sourceAt(1).fetch(fetch)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
})

test.each([
  [500, '{}'],
  [302, ''],
  [200, 'no json'],
  [200, '[]'],
  [200, '{"data":7}'],
  [200, '{"data":null,"errors":"no"}'],
])('an answer that makes no sense is a fault: %i %s', async (status, text) => {
  const port = await serve((_, response) => response.writeHead(status, { location: '/elsewhere' }).end(text))

  await expect(sourceAt(port).fetch(fetch)).rejects.not.toHaveProperty('code', 'SERVICE_UNAVAILABLE')
})
