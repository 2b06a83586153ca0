import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Pool } from 'undici'
import type { SubgraphSource } from '../router/plan/compose.js'
import { answeringSource } from '../router/test/every-field/answering-source.js'
import { someCaller, someViewer } from '../subgraphs/shared/test/requests.js'

// The process on both sides of the router that is measured: it asks, and it stands for the subgraphs. `fork`ed, so that what
// it costs is not counted.

export type Order =
  | { kind: 'serve'; subgraphs: SubgraphSource[] }
  | {
      kind: 'ask'
      url: string
      bodies: string[]
      tokens: string[]
      count: number
      atOnce: number
      /** Documents that are refused for their size. */
      isHostile?: boolean
    }

export type Report = { urls: Record<string, string> } | { answered: number; wrong: string[] }

const OWNER = someViewer({ userId: 'usr_owner' })
/** From how many times 256 addresses it is asked. */
const PLACES = 8
const pools = new Map<string, Pool>()
let asked = 0

process.on('message', (order: Order) => {
  void (order.kind === 'serve' ? serveAll(order.subgraphs) : ask(order)).then((report) =>
    process.send?.(report),
  )
})

async function serveAll(subgraphs: readonly SubgraphSource[]): Promise<Report> {
  const urls = await Promise.all(subgraphs.map(async (place) => [place.name, await serve(place)] as const))
  return { urls: Object.fromEntries(urls) }
}

/** A subgraph that has one of everything, and believes whoever asks. */
async function serve(place: SubgraphSource): Promise<string> {
  const source = answeringSource(
    place,
    { fetches: 0, coordinates: new Set(), behind: [] },
    pino({ level: 'silent' }),
  )
  const answers = new Map<string, string>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const caller = someCaller({ viewer: OWNER })
    const answer = answers.get(body) ?? JSON.stringify(await source.fetch({ ...JSON.parse(body), caller }))
    answers.set(body, answer)
    response.setHeader('content-type', 'application/json').end(answer)
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

async function ask(order: Extract<Order, { kind: 'ask' }>): Promise<Report> {
  const { url, bodies, tokens, count, atOnce, isHostile = false } = order
  const { origin, pathname } = new URL(url)
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 64 })
  pools.set(origin, pool)
  const wrong = new Set<string>()
  let left = count

  const one = async () => {
    asked += 1
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${tokens[asked % tokens.length]}`,
        'x-forwarded-for': `10.0.${(asked >> 8) % PLACES}.${asked & 255}`,
      },
      body: bodies[asked % bodies.length]?.replace('#', `#${asked}`) ?? '',
    })
    const text = await body.text()
    const isAnswer = statusCode === 200 && !text.includes('"errors"')
    const isExpected = isHostile ? text.includes('QUERY_TOO_COMPLEX') : isAnswer
    if (!isExpected) wrong.add(`${statusCode} ${text.slice(0, 200)}`)
  }
  const worker = async () => {
    while (left-- > 0) await one()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { answered: count, wrong: [...wrong] }
}
