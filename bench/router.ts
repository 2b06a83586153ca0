import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { signToken } from '../router/identity/test/tokens.js'
import { readSupergraphConfig } from '../router/plan/read-supergraph-config.js'
import { makeKey, type TestKey } from '../router/subgraphs/test/keys.js'
import { inMs, type Measured, median, type Row } from './bench.js'
import type { Order, Report } from './router-peer.js'
import { startBare, startRouter } from './router-servers.js'

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

/** What the guard costs: our router beside the same gateway with nothing in front of it, in one process, in turn. */
export const router = {
  title: `CPU of the router, ${REQUESTS} requests in turn, ${BLOCKS} times; with all guards at most ${LIMIT} of the gateway alone`,
  measure,
}

async function measure(): Promise<Measured> {
  const peer = fork(fileURLToPath(new URL('./router-peer.js', import.meta.url)))
  const keys = { router: await makeKey('router'), tokens: await makeKey('k1') }
  const subgraphs = await readSupergraphConfig('supergraph.yaml')
  const { urls } = (await order(peer, { kind: 'serve', subgraphs })) as Extract<Report, { urls: object }>
  const places = subgraphs.map((place) => ({ ...place, url: urls[place.name] ?? '' }))
  const servers = { bare: await startBare(places), guarded: await startRouter(places, keys) }
  const tokens = await someTokens(keys.tokens)

  const rows: Row[] = []
  for (const [operation, query] of Object.entries(OPERATIONS)) {
    const asking = { bodies: [JSON.stringify({ query })], tokens, count: REQUESTS, atOnce: AT_ONCE }
    const [alone, all] = await inTurn([servers.bare.url, servers.guarded.url], (url) =>
      askAll(peer, { ...asking, url }),
    )
    rows.push(rowOf(operation, alone, all))
  }
  await Promise.all(Object.values(servers).map((server) => server.stop()))
  peer.kill()
  return { rows, holds: rows.every(({ ratio }) => Number(ratio) <= LIMIT) }
}

const someTokens = (key: TestKey): Promise<string[]> =>
  Promise.all(
    Array.from({ length: PEOPLE }, (_, index) =>
      signToken(key.privateJwk, {
        claims: { sub: `usr_${index}`, sid: `ses_${index}`, jti: String(index) },
      }),
    ),
  )

/** Of each server the median of what one request cost it, block by block in turn, so that whatever drifts drifts for both. */
async function inTurn(
  urls: readonly [string, string],
  askOne: (url: string) => Promise<void>,
): Promise<[number, number]> {
  const spent: [number[], number[]] = [[], []]
  for (let block = 0; block < BLOCKS + WARM_UP_BLOCKS; block++) {
    for (const [index, samples] of spent.entries()) {
      const cpu = await cpuOf(() => askOne(urls[index] ?? ''))
      if (block >= WARM_UP_BLOCKS) samples.push(cpu / REQUESTS)
    }
  }
  return [median(spent[0]), median(spent[1])]
}

const rowOf = (operation: string, alone: number, all: number): Row => ({
  operation,
  'gateway µs': Math.round(alone),
  'with all guards µs': Math.round(all),
  ratio: inMs(all / alone),
})

async function askAll(peer: ChildProcess, asking: Omit<Extract<Order, { kind: 'ask' }>, 'kind'>) {
  const { wrong } = (await order(peer, { kind: 'ask', ...asking })) as Extract<Report, { wrong: string[] }>
  if (wrong.length > 0) throw new Error(`answers that measure nothing: ${wrong.join('; ')}`)
}

/** Microseconds of this process, whatever else the machine does. */
async function cpuOf(act: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

async function order(peer: ChildProcess, sent: Order): Promise<Report> {
  const answered = once(peer, 'message')
  peer.send(sent)
  const [report] = (await answered) as [Report]
  return report
}
