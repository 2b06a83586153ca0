import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { EdgeRules } from '../edge/edge-rules.js'
import { capConnections } from './connection-caps.js'
import { addFirewall } from './firewall.js'
import { createServer } from './server.js'
import { cutOffDuring } from './test/cut-off.js'
import { sendTo } from './test/send.js'

let server: FastifyInstance
let rules: EdgeRules
const sockets: Socket[] = []

async function serve({ trustedHops = 0 } = {}): Promise<string> {
  server = createServer({ trustedHops, log: pino({ level: 'silent' }) })
  capConnections(server.server, { rulesNow: () => rules, isBehindProxy: trustedHops > 0 })
  addFirewall(server, { rulesNow: () => rules, refusals: { note: () => {} } })
  server.post('/graphql', async () => ({ data: {} }))
  server.get('/account/verify', async () => 'page')
  return server.listen({ port: 0, host: '127.0.0.1' })
}

/** A connection that is open, or what it was told before it was closed. */
async function open(): Promise<string | null> {
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  )
  const [chunk] = await once(socket, 'data')
  const status = String(chunk).split('\r\n')[0] ?? ''
  return status.includes('200') ? null : status
}

beforeEach(() => {
  rules = EdgeRules.parse({})
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
})

describe('firewall', () => {
  test('the client that the proxies name is refused with FORBIDDEN, on every path', async () => {
    rules = EdgeRules.parse({ firewall: { deny: ['203.0.113.0/24'] } })
    const base = await serve({ trustedHops: 1 })
    const headers = (ip: string) => ({ 'content-type': 'application/json', 'x-forwarded-for': ip })

    const refused = await sendTo(base, { headers: headers('203.0.113.7'), payload: '{}' })
    const page = await sendTo(base, {
      method: 'GET',
      path: '/account/verify',
      headers: headers('203.0.113.7'),
    })
    const nothing = await sendTo(base, { method: 'GET', path: '/nothing', headers: headers('203.0.113.7') })
    const welcome = await sendTo(base, { headers: headers('203.0.114.7'), payload: '{}' })

    expect([refused, page, nothing, welcome].map(({ statusCode }) => statusCode)).toEqual([
      403, 403, 403, 200,
    ])
    expect(refused.codes).toEqual(['FORBIDDEN'])
  })

  test('2.10: what a client writes of itself is not believed', async () => {
    rules = EdgeRules.parse({ firewall: { allow: ['203.0.113.7'] } })
    const base = await serve()

    const refused = await sendTo(base, {
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
      payload: '{}',
    })

    expect(refused.statusCode).toBe(403)
  })

  test.each(['http://x/account/verify', '/account/verify#x', '/%61ccount/verify#%zz'])(
    'what is no path is no request: %s',
    async (target) => {
      rules = EdgeRules.parse({ firewall: { refuse: [{ path: '/account' }] } })
      await serve()

      const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
      sockets.push(socket)
      socket.write(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`)
      const [chunk] = await once(socket, 'data')

      expect(String(chunk)).toMatch(/^HTTP\/1\.1 400 /)
      expect(String(chunk)).not.toContain('page')
    },
  )

  test.each(['/%61ccount/verify', '/account/verify?x=1', '//account/verify', '/./account/verify'])(
    'a path in another spelling passes no refusal to a page: %s',
    async (path) => {
      rules = EdgeRules.parse({ firewall: { refuse: [{ path: '/account' }] } })
      const base = await serve()

      const { text } = await sendTo(base, { method: 'GET', path })

      expect(text).not.toContain('page')
    },
  )
})

describe('2.9: open connections', () => {
  test('one more of an address is told 503 and closed; when one ends there is room again', async () => {
    rules = EdgeRules.parse({ connections: { perNetwork: 2 } })
    await serve()
    const held = [await open(), await open()]

    const third = await open()
    const [first] = sockets
    first?.destroy()
    while ((await connectionsOf(server)) > 1) await new Promise(setImmediate)
    const fourth = await open()

    expect(held).toEqual([null, null])
    expect(third).toBe('HTTP/1.1 503 Service Unavailable')
    expect(fourth).toBeNull()
  })

  test('one more in all is refused', async () => {
    rules = EdgeRules.parse({ connections: { total: 1 } })
    await serve()

    expect([await open(), await open()]).toEqual([null, 'HTTP/1.1 503 Service Unavailable'])
  })

  test('behind a proxy, whose connections are everybody’s, they are counted in all alone', async () => {
    rules = EdgeRules.parse({ connections: { perNetwork: 1, total: 2 } })
    await serve({ trustedHops: 1 })

    expect([await open(), await open(), await open()]).toEqual([
      null,
      null,
      'HTTP/1.1 503 Service Unavailable',
    ])
  })

  test('refused connections by the thousand leave no room taken', async () => {
    rules = EdgeRules.parse({ connections: { perNetwork: 1 } })
    await serve()
    await open()
    for (let round = 0; round < 200; round += 1) await open()
    for (const socket of sockets.splice(0)) socket.destroy()
    while ((await connectionsOf(server)) > 0) await new Promise(setImmediate)

    expect(await open()).toBeNull()
  })
})

/** What is said on a connection before it is closed. */
async function toldTo(words: string): Promise<string> {
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  socket.write(words)
  const [chunk] = await once(socket, 'data')
  return String(chunk).split('\r\n')[0] ?? ''
}

describe('whoever is cut off is counted by the reason', () => {
  test('what cannot be read, or is too much of it', async () => {
    await serve()
    let told: string[] = []

    const cutOff = await cutOffDuring(async () => {
      told = [
        await toldTo('what is this\r\n\r\n'),
        await toldTo(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`),
      ]
    })

    expect(told.map((line) => line.split(' ')[1])).toEqual(['400', '431'])
    expect(cutOff).toEqual({ 'no-http': 1, 'large-headers': 1 })
  })

  test('whom the firewall refuses', async () => {
    rules = EdgeRules.parse({ firewall: { refuse: [{ path: '/account' }] } })
    const base = await serve()

    const cutOff = await cutOffDuring(async () => {
      await sendTo(base, { method: 'GET', path: '/account/verify' })
      await sendTo(base, { headers: { 'content-type': 'application/json' }, payload: '{}' })
    })

    expect(cutOff).toEqual({ firewall: 1 })
  })

  test('who is one too many', async () => {
    rules = EdgeRules.parse({ connections: { perNetwork: 1 } })
    await serve()
    await open()
    const ofNetwork = await cutOffDuring(open)
    rules = EdgeRules.parse({ connections: { total: 1 } })
    const inAll = await cutOffDuring(open)

    expect([ofNetwork, inAll]).toEqual([{ 'too-many-of-network': 1 }, { 'too-many-in-all': 1 }])
  })

  test('who leaves by themselves is not', async () => {
    await serve()

    const cutOff = await cutOffDuring(async () => {
      await Promise.all([open(), open()])
      const [one, other] = sockets.splice(0)
      one?.resetAndDestroy()
      other?.end('POST /graphql HTTP/1.1\r\nContent-Le')
      while ((await connectionsOf(server)) > 0) await new Promise(setImmediate)
    })

    expect(cutOff).toEqual({})
  })
})

const connectionsOf = ({ server: http }: FastifyInstance): Promise<number> =>
  new Promise((resolve, reject) => {
    http.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
