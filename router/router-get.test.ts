import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sendTo } from './http/test/send.js'
import type { Router } from './router.js'
import { openStubGraph, type StubGraph } from './test/stub-graph.js'

let graph: StubGraph
let folder: string
let router: Router
let base: string

const OPTIONS = 'query Options($none: Boolean = false) { options { names @skip(if: $none) } }'
const NAMES = { data: { options: { names: ['password'] } } }

const OPERATIONS: Record<string, string> = {
  options: OPTIONS,
  motto: 'query Motto { motto }',
  me: 'query Me { options { names } me { id } }',
  register: 'mutation Register { register(email: "a") }',
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
  const manifest = join(folder, 'manifest.json')
  const operations = Object.entries(OPERATIONS).map(([id, body]) => ({ id, body }))
  await writeFile(
    manifest,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  )
  graph = await openStubGraph()
  router = await graph.makeRouter({
    ...{ PERSISTED_OPERATIONS: manifest, ALLOWED_ORIGINS: 'https://app.acme.test', EXPLORER: 'on' },
  })
  base = `http://127.0.0.1:${(await router.start()).port}`
})
beforeEach(() => graph.forget())
afterAll(async () => {
  await router.stop()
  await rm(folder, { recursive: true, force: true })
})

const PLAIN = { 'content-type': 'application/json' }

const get = (parameters: Record<string, string>, headers: Record<string, string> = PLAIN) =>
  sendTo(base, { method: 'GET', path: `/graphql?${new URLSearchParams(parameters)}`, headers })

describe('2.1: by GET', () => {
  test.each([
    ['its id', { documentId: 'sha256:options' }],
    [
      'its id, as Apollo’s clients send it',
      { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: 'options' } }) },
    ],
  ])('comes a persisted query whose answer anybody may keep, by %s', async (_, parameters) => {
    const { statusCode, headers, json } = await get(parameters)

    expect([statusCode, json]).toEqual([200, NAMES])
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      vary: 'Origin, Accept, Authorization',
    })
  })

  test('what a cache hands to the next says nothing of the request and the limits of the first', async () => {
    const { headers } = await get({ documentId: 'options' })
    const refused = await get({ documentId: 'unknown' })

    expect(Object.keys(headers).filter((name) => /^ratelimit|request-id/.test(name))).toEqual([])
    expect(refused.headers).toHaveProperty('ratelimit-remaining')
  })

  test('variables come with it, and the operation may be named', async () => {
    const { json } = await get({
      ...{ documentId: 'options', operationName: 'Options', variables: '{"none":true}' },
    })

    expect(json).toEqual({ data: { options: {} } })
  })

  test.each([
    ['what changes something', 'register'],
    ['what is public and is not said to be kept', 'motto'],
    ['what is somebody’s', 'me'],
  ])('%s is 405, for whoever asks, and reaches no subgraph', async (_, documentId) => {
    const authorization = `Bearer ${await graph.tokenOf()}`
    const answers = [await get({ documentId }), await get({ documentId }, { ...PLAIN, authorization })]

    for (const { statusCode, headers, codes } of answers) {
      expect([statusCode, headers['allow'], codes]).toEqual([405, 'POST', ['QUERY_REJECTED']])
      expect(headers['cache-control']).toBe('no-store')
    }
    expect(graph.reached()).toBe(0)
  })

  test.each([
    ['a document', { query: OPTIONS }],
    ['a document with an id, as if to persist it', { query: OPTIONS, documentId: 'options' }],
    ['nothing', {}],
  ])('%s is 405', async (_, parameters) => {
    const { statusCode, headers, text } = await get({ ...parameters })

    expect([statusCode, headers['allow'], text, graph.reached()]).toEqual([405, 'POST', '', 0])
  })

  test('so is an id that comes twice', async () => {
    const path = '/graphql?documentId=options&documentId=options'

    expect((await sendTo(base, { method: 'GET', path, headers: PLAIN })).statusCode).toBe(405)
  })

  test.each([
    ['an unknown id', { documentId: 'optionz' }, 'QUERY_REJECTED'],
    ['variables that are no JSON', { documentId: 'options', variables: '{' }, 'BAD_USER_INPUT'],
    ['variables that are no object', { documentId: 'options', variables: '[]' }, 'BAD_USER_INPUT'],
    [
      'a key that could stand for another',
      { documentId: 'options', variables: '{"__proto__":{}}' },
      'BAD_USER_INPUT',
    ],
    ['extensions without an id', { extensions: '{}' }, 'BAD_USER_INPUT'],
    ['variables of a wrong type', { documentId: 'options', variables: '{"none":"x"}' }, 'BAD_USER_INPUT'],
  ])('%s is refused with 400', async (_, parameters, code) => {
    const { statusCode, codes, headers } = await get({ ...parameters })

    expect([statusCode, codes]).toEqual([400, [code]])
    expect(headers['cache-control']).toBe('no-store')
  })

  test('HEAD is 405 and runs nothing', async () => {
    const { statusCode } = await sendTo(base, {
      ...{ method: 'HEAD', path: '/graphql?documentId=options', headers: PLAIN },
    })

    expect([statusCode, graph.reached()]).toEqual([405, 0])
  })
})

describe('2.2: a page of another origin', () => {
  test('sends none without asking first: a GET without the header is refused', async () => {
    const { statusCode } = await get({ documentId: 'options' }, { accept: 'text/html' })

    expect([statusCode, graph.reached()]).toEqual([415, 0])
  })

  test('reads none where it is not listed', async () => {
    const of = async (origin: string) =>
      (await get({ documentId: 'options' }, { ...PLAIN, origin })).headers['access-control-allow-origin']

    expect([await of('https://evil.test'), await of('https://app.acme.test')]).toEqual([
      undefined,
      'https://app.acme.test',
    ])
  })
})

test('1.4: a bad token is refused here too', async () => {
  expect(await get({ documentId: 'options' }, { ...PLAIN, authorization: 'Bearer x' })).toMatchObject({
    ...{ statusCode: 401, codes: ['UNAUTHENTICATED'] },
  })
})

test('a browser without an id is shown the explorer', async () => {
  const { statusCode, headers } = await get({ query: '{ motto }' }, { accept: 'text/html' })

  expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
})
