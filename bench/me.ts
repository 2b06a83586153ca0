import { ask, someNetwork } from '../router/test/seed/ask.js'
import { someVerified } from '../router/test/seed/people.js'
import { type Bench, inMs, median, quantile, timed } from './bench.js'

const ROUNDS = 400
const WARM_UP = 100
/** Nobody comes near the 1200 requests a minute that one person has. */
const READERS = 5

const QUERIES = {
  'public, router and one resolver': '{ signInOptions { password } }',
  'me, one subgraph': '{ me { id username email roles { name } } }',
  'me, four subgraphs':
    '{ me { id username password { isSet } sessions { nodes { id } } notifications { nodes { id } } } }',
} as const

/** What a signed-in read costs beside one that knows nobody: the token, the rules, the plan, and the fetches. */
export const me: Bench = {
  title: `Reads, one after another, ${ROUNDS} of each in turn`,

  async measure() {
    const tokens: string[] = []
    for (let reader = 0; reader < READERS; reader++) {
      const person = await someVerified()
      tokens.push((await person.signIn()).tokens.accessToken)
    }
    const samples = new Map<string, number[]>(Object.keys(QUERIES).map((name) => [name, []]))

    for (let round = 0; round < ROUNDS + WARM_UP; round++) {
      for (const [name, query] of Object.entries(QUERIES)) {
        const token = tokens[round % READERS] ?? ''
        const took = await timed(async () => {
          const { codes } = await ask(query, { token, ip: someNetwork() })
          if (codes.length > 0) throw new Error(`an answer that measures nothing: ${codes.join(', ')}`)
        })
        if (round >= WARM_UP) samples.get(name)?.push(took)
      }
    }
    const base = median(samples.get('public, router and one resolver') ?? [])
    const rows = [...samples].map(([read, values]) => ({
      read,
      'median ms': inMs(median(values)),
      'p95 ms': inMs(quantile(values, 0.95)),
      'to public': inMs(median(values) / base),
    }))
    return { rows, holds: true }
  },
}
