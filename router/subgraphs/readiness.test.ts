import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TIME_HEADER } from '../../subgraphs/shared/runtime/serve-subgraph.js'
import { askReadiness } from './readiness.js'

const NOW = 1_900_000_000_000
const servers: Server[] = []

afterAll(() => {
  for (const server of servers) server.close()
})

/** A subgraph that answers so, and has this time where it tells one. */
async function place(name: string, status: number, time: number | string | null) {
  const server = createServer((_, answer) => {
    if (time !== null) answer.setHeader(TIME_HEADER, String(time))
    answer.writeHead(status).end()
  })
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { name, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const ask = (places: Parameters<typeof askReadiness>[0]) => askReadiness(places, () => NOW)

test('13.6: each subgraph is ready by its own answer, and one that gives none is not', async () => {
  const [ready, unready, gone] = [
    await place('users', 204, NOW),
    await place('auth', 503, null),
    { name: 'otp', url: 'http://127.0.0.1:9' },
  ]

  expect(await ask([ready, unready, gone])).toEqual({ users: true, auth: false, otp: false, clock: true })
})

test.each<[string, (number | string | null)[], boolean]>([
  ['as late as here', [NOW], true],
  ['four seconds later', [NOW + 4000], true],
  ['six seconds later', [NOW + 6000], false],
  ['six seconds earlier', [NOW - 6000], false],
  ['six seconds later at each', [NOW + 6000, NOW + 6100], false],
  ['wrong at one of three', [NOW, NOW + 3_600_000, NOW], true],
  ['unknown, as with another team or an older version', [null], true],
  ['no time at all', ['', 'late'], true],
])('13.9: where it is %s, a router says whether its own clock is right', async (_, times, clock) => {
  const places = await Promise.all(times.map((time, index) => place(`s${index}`, 204, time)))

  expect((await ask(places))['clock']).toBe(clock)
})
