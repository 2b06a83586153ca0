import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { signToken } from '../router/identity/test/tokens.js'
import { readSupergraphConfig } from '../router/plan/read-supergraph-config.js'
import { makeKey, type TestKey } from '../router/subgraphs/test/keys.js'
import { cpuOf, inMs, type Measured, median, type Row, timed } from './bench.js'
import { measureGuards } from './router-guards.js'
import type { Order, Report } from './router-peer.js'
import { startBare, startRouter, startUnguarded } from './router-servers.js'

const BLOCKS = 15
const WARM_UP_BLOCKS = 4
const REQUESTS = 400
const AT_ONCE = 8
/** So many people that nobody comes near a limit. */
const PEOPLE = 200
const LIMIT = 1.5

const OPERATIONS: Record<string, string> = {
  'one fetch': '{ me { id username email roles { name } } }',
  'four fetches': '{ me { id username email sessions { nodes { id } } password { isSet } mfa { enabled } } }',
}

/** SECURITY 2.3, and how long whoever else asks may have to wait meanwhile. */
const REFUSED_WITHIN_MS = 100
const HEALTHY_WITHIN_MS = 300

const cascade = (levels: number, wide: number): string => {
  const fragments = Array.from(
    { length: levels },
    (_, index) => `fragment F${index} on User { ${`...F${index + 1} `.repeat(wide)} }`,
  )
  return `{ me { ...F0 } } ${fragments.join(' ')} fragment F${levels} on User { id } #`
}

/** Small documents that would be large ones; each time one that was never seen. */
const HOSTILE: Record<string, string> = {
  'a fragment that doubles 18 times': cascade(18, 2),
  'one that doubles 24 times': cascade(24, 2),
  'one that grows tenfold 18 times': cascade(18, 10),
}

/** What the guard costs: our router beside the same gateway without it, and beside the gateway alone, in one process, in turn. */
export const router = {
  title: `CPU of the router, ${REQUESTS} requests in turn, ${BLOCKS} times; with all guards at most ${LIMIT} of the same without them`,
  measure,
}

async function measure(): Promise<Measured> {
  const peer = fork(fileURLToPath(new URL('./router-peer.js', import.meta.url)))
  const keys = { router: await makeKey('router'), tokens: await makeKey('k1') }
  const subgraphs = await readSupergraphConfig('supergraph.yaml')
  const { urls } = (await order(peer, { kind: 'serve', subgraphs })) as Extract<Report, { urls: object }>
  const places = subgraphs.map((place) => ({ ...place, url: urls[place.name] ?? '' }))
  const servers = {
    bare: await startBare(places),
    unguarded: await startUnguarded(places),
    guarded: await startRouter(places, keys, 'bare'),
    whole: await startRouter(places, keys, 'as it is'),
  }
  const tokens = await someTokens(keys.tokens)

  const rows: Row[] = []
  for (const [operation, query] of Object.entries(OPERATIONS)) {
    const asking = { bodies: [JSON.stringify({ query })], tokens, count: REQUESTS, atOnce: AT_ONCE }
    const inFront = [servers.bare, servers.unguarded, servers.guarded, servers.whole].map(({ url }) => url)
    rows.push(rowOf(operation, await inTurn(inFront, (url) => askAll(peer, { ...asking, url }))))
  }
  const hostile = await measureHostile(servers.whole, peer, tokens)
  await Promise.all(Object.values(servers).map((server) => server.stop()))
  peer.kill()
  const guards = await measureGuards(OPERATIONS['one fetch'] ?? '', places, keys)
  const holds =
    rows.every((row) => Number(row['guards to served']) <= LIMIT) &&
    hostile.every((row) => Number(row['CPU ms each']) < REFUSED_WITHIN_MS) &&
    hostile.every((row) => Number(row['/healthz at most ms']) < HEALTHY_WITHIN_MS)
  return { rows, holds, moreTables: [hostile, guards] }
}

async function measureHostile(
  { url, healthUrl }: { url: string; healthUrl: string },
  peer: ChildProcess,
  tokens: string[],
): Promise<Row[]> {
  const rows: Row[] = []
  for (const [document, query] of Object.entries(HOSTILE)) {
    const waits: number[] = []
    let isOver = false
    const asking = { url, bodies: [JSON.stringify({ query })], tokens, count: REQUESTS, atOnce: AT_ONCE }
    const looking = async () => {
      while (!isOver) waits.push(await timed(() => fetch(healthUrl).then((answer) => answer.text())))
    }
    const cpu = await cpuOf(async () => {
      const looked = looking()
      await askAll(peer, { ...asking, isHostile: true })
      isOver = true
      await looked
    })
    rows.push({
      document,
      'CPU ms each': inMs(cpu / REQUESTS / 1000),
      '/healthz at most ms': inMs(Math.max(...waits)),
    })
  }
  return rows
}

const someTokens = (key: TestKey): Promise<string[]> =>
  Promise.all(
    Array.from({ length: PEOPLE }, (_, index) =>
      signToken(key.privateJwk, {
        claims: { sub: `usr_${index}`, sid: `ses_${index}`, jti: String(index) },
      }),
    ),
  )

/** Of each server the median of what one request cost it, block by block in turn, so that whatever drifts drifts for all. */
async function inTurn(urls: readonly string[], askOne: (url: string) => Promise<void>): Promise<number[]> {
  const spent: number[][] = urls.map(() => [])
  for (let block = 0; block < BLOCKS + WARM_UP_BLOCKS; block++) {
    for (const [index, samples] of spent.entries()) {
      const cpu = await cpuOf(() => askOne(urls[index] ?? ''))
      if (block >= WARM_UP_BLOCKS) samples.push(cpu / REQUESTS)
    }
  }
  return spent.map(median)
}

const rowOf = (
  operation: string,
  [alone = 0, served = 0, guarded = 0, whole = 0]: readonly number[],
): Row => ({
  operation,
  'gateway alone µs': Math.round(alone),
  'served µs': Math.round(served),
  'with all guards µs': Math.round(guarded),
  'guards to served': inMs(guarded / served),
  'and with calls vouched for µs': Math.round(whole),
  'whole to alone': inMs(whole / alone),
})

async function askAll(peer: ChildProcess, asking: Omit<Extract<Order, { kind: 'ask' }>, 'kind'>) {
  const { wrong } = (await order(peer, { kind: 'ask', ...asking })) as Extract<Report, { wrong: string[] }>
  if (wrong.length > 0) throw new Error(`answers that measure nothing: ${wrong.join('; ')}`)
}

async function order(peer: ChildProcess, sent: Order): Promise<Report> {
  const answered = once(peer, 'message')
  peer.send(sent)
  const [report] = (await answered) as [Report]
  return report
}
