import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { eventually } from '../subgraphs/shared/test/eventually.js'
import { selfSigned } from '../subgraphs/shared/test/self-signed.js'
import { sendTo } from './http/test/send.js'
import type { Router } from './router.js'
import { openStubGraph, type StubGraph } from './test/stub-graph.js'

let graph: StubGraph

beforeAll(async () => {
  graph = await openStubGraph()
})
beforeEach(() => graph.forget())

test('10.4: with a certificate the router speaks TLS, and origins of the file count there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
  const at = (name: string) => join(folder, name)
  const { cert, key } = selfSigned('localhost')
  await Promise.all([
    writeFile(at('cert'), cert),
    writeFile(at('key'), key),
    writeFile(at('rules'), 'cors: { origins: ["https://app.example"] }'),
  ])
  const secure = await graph.makeRouter({
    ...{ TLS_CERT_FILE: at('cert'), TLS_KEY_FILE: at('key'), ROUTER_CONFIG: at('rules') },
    PUBLIC_URL: 'https://id.acme.test',
  })
  const { port } = await secure.start()
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })

  const { statusCode, headers, body } = await request(`https://127.0.0.1:${port}/graphql`, {
    ...{ dispatcher, method: 'POST', body: '{"query":"{ motto }"}' },
    headers: { 'content-type': 'application/json', origin: 'https://app.example' },
  })
  const answer = await body.json()
  await dispatcher.close()
  await secure.stop()
  await rm(folder, { recursive: true, force: true })

  expect([statusCode, answer]).toEqual([200, { data: { motto: 'who goes there' } }])
  expect(headers).toMatchObject({
    'strict-transport-security': expect.stringContaining('max-age='),
    'access-control-allow-origin': 'https://app.example',
  })
})

describe('limits of router.yaml', () => {
  let limited: Router
  let folder: string
  let at: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
    const file = join(folder, 'router.yaml')
    await writeFile(
      file,
      `limits:
  - { name: network, by: network, max: 3, window: 1h }
  - { name: user, by: user, max: 1, window: 1h }`,
    )
    limited = await graph.makeRouter({ ROUTER_CONFIG: file })
    at = `http://127.0.0.1:${(await limited.start()).port}`
  })
  afterAll(async () => {
    await limited.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = async (ip: string, { query = '{ motto }', token = '', path = '/graphql' } = {}) =>
    sendTo(at, {
      method: path === '/graphql' ? 'POST' : 'GET',
      path,
      headers: {
        ...{ 'content-type': 'application/json', 'x-forwarded-for': ip },
        ...(token && { authorization: `Bearer ${token}` }),
      },
      payload: path === '/graphql' ? JSON.stringify({ query }) : '',
    })

  test('every request of a network counts, also one that is refused, and the headers say what is left', async () => {
    const first = await send('203.0.113.1')
    await send('203.0.113.1', { query: '{ unknown }' })
    await send('203.0.113.1', { path: '/.well-known/jwks.json' })
    const fourth = await send('203.0.113.1')

    expect(first.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '2' })
    expect([fourth.statusCode, fourth.codes]).toEqual([429, ['RATE_LIMITED']])
    expect(fourth.headers).toMatchObject({ 'ratelimit-remaining': '0' })
    expect(fourth.headers['retry-after']).toBe(fourth.headers['ratelimit-reset'])
    expect((await send('203.0.113.2')).statusCode).toBe(200)
  })

  test('a person counts wherever they come from, and no subgraph hears of what is too much', async () => {
    const token = await graph.tokenOf()
    await send('203.0.113.11', { token, query: '{ me { id } }' })
    const before = graph.reached()
    const second = await send('203.0.113.12', { token, query: '{ me { id } }' })

    expect([second.statusCode, second.codes, graph.reached()]).toEqual([429, ['RATE_LIMITED'], before])
    expect(second.headers).toMatchObject({ 'ratelimit-limit': '1', 'ratelimit-remaining': '0' })
  })
})

describe('2.5: the safelist', () => {
  let folder: string
  let rules: string
  let at: string
  let listing: Router
  const LISTED = 'query Motto { motto }'

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
    rules = join(folder, 'router.yaml')
    const manifest = join(folder, 'manifest.json')
    await writeFile(rules, 'safelist: enforce')
    await writeFile(
      manifest,
      JSON.stringify({
        ...{ format: 'apollo-persisted-query-manifest', version: 1 },
        operations: [{ id: 'abc', name: 'Motto', type: 'query', body: LISTED }],
      }),
    )
    const settings = { ROUTER_CONFIG: rules, PERSISTED_OPERATIONS: manifest }
    listing = await graph.makeRouter(settings)
    at = `http://127.0.0.1:${(await listing.start()).port}`
  })
  afterAll(async () => {
    await listing.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = (body: object) =>
    sendTo(at, { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) })

  test.each([
    ['its text', { query: LISTED }],
    ['its text, written otherwise', { query: 'query Motto{motto}#!' }],
    ['its id', { documentId: 'sha256:abc' }],
    [
      'its id, as Apollo’s clients send it',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } },
    ],
  ])('a listed operation runs by %s', async (_, body) => {
    expect((await send(body)).json).toEqual({ data: { motto: 'who goes there' } })
  })

  test.each([
    ['another text', { query: '{ motto }' }],
    ['another id', { documentId: 'abcd' }],
    ['what means nothing', { query: '{ unknown }' }],
    [
      'another text under its id, as if to persist it',
      {
        query: '{ options { names } }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } },
      },
    ],
  ])('%s is refused, and no subgraph hears of it', async (_, body) => {
    const { statusCode, codes } = await send(body)

    expect([statusCode, codes, graph.reached()]).toEqual([400, ['QUERY_REJECTED'], 0])
  })

  test('nothing to run is bad input', async () => {
    expect(await send({ extensions: {} })).toMatchObject({ statusCode: 400, codes: ['BAD_USER_INPUT'] })
  })

  test('switched to log, everything runs from then on', async () => {
    await writeFile(rules, 'safelist: log')

    expect(await eventually(async () => (await send({ query: '{ motto }' })).statusCode === 200)).toBe(true)
    expect(await send({ documentId: 'abc' })).toMatchObject({ statusCode: 200 })
  })
})

test('other rules come into force, and a faulty file does not, without a request that is lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
  const rules = join(folder, 'router.yaml')
  await writeFile(rules, 'documents: { depth: 8 }')
  const changing = await graph.makeRouter({ ROUTER_CONFIG: rules })
  const at = `http://127.0.0.1:${(await changing.start()).port}`
  const send = (query: string) =>
    sendTo(at, {
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ query }),
    })
  const outcomes = new Set<string>()
  const isRefused = async () =>
    (await send('{ catalogue(first: 1) { name } }')).codes[0] === 'QUERY_TOO_COMPLEX'
  /** Asks all the while, a few at a time, until it is so. */
  const floodUntil = (isSo: () => Promise<boolean>) =>
    eventually(async () => {
      for (const { statusCode, text } of await Promise.all(
        Array.from({ length: 10 }, () => send('{ motto }')),
      )) {
        outcomes.add(`${statusCode} ${text}`)
      }
      return isSo()
    })

  await writeFile(rules, 'documents: { depth: 1 }')
  await floodUntil(isRefused)
  await writeFile(rules, 'documents: { depth: none }')
  await floodUntil(async () => graph.lines.some((line) => line.includes('documents.depth')))
  const afterFault = await isRefused()
  await writeFile(rules, 'documents: { depth: 8 }')
  await floodUntil(async () => !(await isRefused()))
  await changing.stop()
  await rm(folder, { recursive: true, force: true })

  expect(afterFault).toBe(true)
  expect([...outcomes]).toEqual(['200 {"data":{"motto":"who goes there"}}'])
})

describe('authorization: filter', () => {
  let folder: string
  let at: string
  let lenient: Router

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
    const rules = join(folder, 'router.yaml')
    await writeFile(rules, 'authorization: filter')
    lenient = await graph.makeRouter({ ROUTER_CONFIG: rules })
    at = `http://127.0.0.1:${(await lenient.start()).port}`
  })
  afterAll(async () => {
    await lenient.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = (query: string, token = '') =>
    sendTo(at, {
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      payload: JSON.stringify({ query }),
    })

  test('nobody gets what is public, and null for the rest with UNAUTHENTICATED at its place', async () => {
    const { statusCode, json, headers } = await send('{ motto me { id } everyone }')

    expect(statusCode).toBe(200)
    expect(json.data).toEqual({ motto: 'who goes there', me: null, everyone: null })
    expect(json.errors).toMatchObject([
      { path: ['me'], extensions: { code: 'UNAUTHENTICATED', requestId: headers['x-request-id'] } },
      { path: ['everyone'], extensions: { code: 'UNAUTHENTICATED' } },
    ])
    expect(headers['cache-control']).toBe('no-store')
  })

  test('somebody gets what is theirs, and FORBIDDEN at the place of what is not', async () => {
    const { json } = await send('{ me { id email } all: everyone }', await graph.tokenOf())

    expect(json.data).toEqual({ me: { id: 'usr_ada', email: 'usr_ada@acme.test' }, all: null })
    expect(json.errors).toMatchObject([{ path: ['all'], extensions: { code: 'FORBIDDEN' } }])
  })

  test('where all is denied no subgraph is asked', async () => {
    const { statusCode, json } = await send('{ me { id } everyone }')

    expect([statusCode, json.data, graph.reached()]).toEqual([200, { me: null, everyone: null }, 0])
  })

  test('a mutation is refused whole', async () => {
    const { statusCode, codes } = await send('mutation { closeAccount register(email: "a") }')

    expect([statusCode, codes, graph.reached()]).toEqual([401, ['UNAUTHENTICATED'], 0])
  })
})
