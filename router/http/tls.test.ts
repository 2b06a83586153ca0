import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectPlainly } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { type SelfSigned, selfSigned } from '../../subgraphs/shared/test/self-signed.js'
import { EdgeRules } from '../edge/edge-rules.js'
import { capConnections } from './connection-caps.js'
import { createServer } from './server.js'
import { cutSlowClients } from './slow-clients.js'
import { cutOffDuring } from './test/cut-off.js'
import { keepTls, type Tls, type TlsVersion } from './tls.js'

const FIRST = selfSigned('first')
const SECOND = selfSigned('second')

let folder: string
let certFile: string
let keyFile: string
let lines: string[]
let rules: EdgeRules
let tls: Tls
let server: FastifyInstance
let port: number

const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) })

const write = ({ cert, key }: SelfSigned) => Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)])

async function serve(minVersion: TlsVersion = 'TLSv1.2', handshakeTimeout = 10_000): Promise<void> {
  tls = await keepTls({ certFile, keyFile, minVersion, log })
  server = createServer({
    ...{ trustedHops: 0, log },
    tls: { ...tls, options: { ...tls.options, handshakeTimeout } },
  })
  capConnections(server.server, { rulesNow: () => rules, isBehindProxy: false })
  cutSlowClients(server, () => rules)
  server.get('/', async () => 'hello')
  for (const file of tls.files) file.start()
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-tls-'))
  certFile = join(folder, 'cert.pem')
  keyFile = join(folder, 'key.pem')
  lines = []
  rules = EdgeRules.parse({})
  await write(FIRST)
})
afterEach(async () => {
  for (const file of tls.files) file.stop()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** Whom a server says it is, and what it answers; null where there is no handshake. */
async function greet(options: ConnectionOptions = {}) {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  let told = ''
  socket.on('data', (chunk) => {
    told += chunk
  })
  const isSecure = await new Promise<boolean>((resolve) => {
    socket.once('secureConnect', () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
  if (!isSecure) return null
  const [name, version] = [socket.getPeerCertificate().subject.CN, socket.getProtocol()]
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  await once(socket, 'close')
  return { name, version, told }
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'is spoken as %s, and says that nothing else will be',
  async (version) => {
    await serve()

    const greeted = await greet({ minVersion: version, maxVersion: version })

    expect(greeted).toMatchObject({
      name: 'first',
      told: expect.stringMatching(/^HTTP\/1.1 200 [\s\S]*hello/),
    })
    expect(greeted?.told).toContain('strict-transport-security: max-age=31536000; includeSubDomains')
  },
)

test('nothing older is spoken, nor older than the setting says', async () => {
  await serve('TLSv1.3')

  expect(await greet({ maxVersion: 'TLSv1.2' })).toBeNull()
  expect(
    await greet({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ).toBeNull()
  expect(await greet()).toMatchObject({ version: 'TLSv1.3' })
})

test('what is no TLS gets no answer of ours', async () => {
  await serve()
  const socket = connectPlainly(port, '127.0.0.1')
  let told = ''
  socket.on('data', (chunk) => {
    told += chunk
  })
  socket.on('error', () => {})

  const cutOff = await cutOffDuring(async () => {
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await new Promise((resolve) => socket.once('close', resolve))
  })

  expect(told).not.toContain('hello')
  expect(cutOff).toEqual({ 'no-tls': 1 })
})

test('a new certificate is shown soon, and no request is lost while its key is still the old one', async () => {
  await serve('TLSv1.3')
  await writeFile(certFile, SECOND.cert)
  await eventually(async () => {
    await greet()
    return lines.some((line) => line.includes('tls.refused'))
  })
  const between = await greet()

  await writeFile(keyFile, SECOND.key)

  expect(between?.name).toBe('first')
  expect(await eventually(async () => (await greet())?.name === 'second')).toBe(true)
  expect(await greet({ maxVersion: 'TLSv1.2' })).toBeNull()
  expect(lines.filter((line) => line.includes('tls.refused'))).toHaveLength(1)
  expect(lines.join()).not.toMatch(/PRIVATE|BEGIN/)
})

test('a file that is no certificate leaves the old one in place', async () => {
  await serve()

  await writeFile(certFile, 'nothing')
  await eventually(async () => lines.some((line) => line.includes('tls-certificate.refused')))

  expect((await greet())?.name).toBe('first')
})

test.each<[string, Partial<SelfSigned>, RegExp]>([
  ['a key of another certificate', { key: SECOND.key }, /is not the key of/],
  ['no key', { key: 'secret words' }, /is no private key in PEM form/],
  ['no certificate', { cert: 'x' }, /is no certificate in PEM form/],
])('the start stops on %s, without a word of what is in it', async (_, other, fault) => {
  await serve()
  await write({ ...FIRST, ...other })

  const message = await keepTls({ certFile, keyFile, minVersion: 'TLSv1.2', log }).catch(String)

  expect(message).toMatch(fault)
  expect(message).not.toContain('secret words')
})

test('2.9: a client that never ends its handshake is cut off, and counts as a connection until then', async () => {
  await serve('TLSv1.2', 500)
  rules = EdgeRules.parse({ connections: { perNetwork: 1 } })
  const startedAt = performance.now()
  const socket = connectPlainly(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  let meanwhile: unknown
  const cutOff = await cutOffDuring(async () => {
    meanwhile = await greet()
    await new Promise((resolve) => socket.once('close', resolve))
  })

  expect(meanwhile).toBeNull()
  expect(cutOff).toEqual({ 'too-many-of-network': 1, 'slow-handshake': 1 })
  expect(performance.now() - startedAt).toBeLessThan(5000)
  expect(await eventually(greet)).toMatchObject({ name: 'first' })
})

test('2.9: times hold within TLS too', async () => {
  await serve()
  rules = EdgeRules.parse({ connections: { headersSeconds: 1, requestSeconds: 1 } })
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  let told = ''
  socket.on('data', (chunk) => {
    told += chunk
  })

  socket.write('GET / HTTP/1.1\r\n')
  await new Promise((resolve) => socket.once('close', resolve))

  expect(told).toMatch(/^HTTP\/1.1 408 /)
})
