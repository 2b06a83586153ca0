import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import type { Rule } from '../guard/rule.js'
import { readSupergraphConfig } from '../plan/read-supergraph-config.js'
import { viewersFor } from './every-field/askers.js'
import { type OpenGraph, openGraph } from './every-field/open-graph.js'
import { leastArguments } from './seed/least-arguments.js'

let graph: OpenGraph
let admin: Viewer | null

beforeAll(async () => {
  graph = await openGraph(await readSupergraphConfig('supergraph.yaml'))
  admin = viewersFor(graph.sdl, []).admin
})
afterAll(() => graph.stop())

/** Fields that change something, by what their rules say. */
const mutations = (is: (rule: Rule) => boolean): string[] =>
  [...graph.rules.fields]
    .filter(([coordinate, rule]) => coordinate.startsWith('Mutation.') && is(rule))
    .map(([coordinate]) => coordinate.slice('Mutation.'.length))

/** One operation of several fields, each under a name of its own, as somebody asks who may do everything. */
function ask(fields: readonly string[]) {
  const known = graph.schema.getMutationType()?.getFields() ?? {}
  const selection = fields.map((name, index) => {
    const field = known[name]
    return `a${index}: ${name}${field ? leastArguments(field) : ''} { __typename }`
  })
  const query = `mutation { ${selection.join(' ')} }`
  return graph.ask({ query, keys: [] }, { viewer: admin, mode: 'reject', behind: [] })
}

const copies = (name: string, count: number): string[] => Array.from({ length: count }, () => name)

const REFUSED = { fetches: 0, taken: 0 }

describe('2.4: fields that take a secret', () => {
  const secrets = () => mutations(({ credential }) => credential)

  test('are sign-ins, codes, passwords, proofs and changes of contacts', () => {
    const names = ['login', 'completeLogin', 'refreshToken', 'register', 'resetPassword', 'generateOtp']

    expect(secrets()).toEqual(
      expect.arrayContaining([...names, 'validateOtp', 'changePassword', 'disableTotp']),
    )
  })

  test.each([
    [2, 'QUERY_REJECTED'],
    [10, 'QUERY_REJECTED'],
    [15, 'QUERY_TOO_COMPLEX'],
    [20, 'QUERY_TOO_COMPLEX'],
  ])(
    '%d times the same in one operation are refused whole, and nothing is counted or tried',
    async (count, refusal) => {
      for (const name of secrets()) {
        expect([name, await ask(copies(name, count))]).toMatchObject([name, { ...REFUSED, refusal }])
      }
    },
  )

  test('each beside each other one is refused as well', async () => {
    const names = secrets()
    for (const pair of names.flatMap((one) => names.map((other) => [one, other]))) {
      expect([pair, await ask(pair)]).toMatchObject([pair, { ...REFUSED, refusal: 'QUERY_REJECTED' }])
    }
  })
})

describe('2.4: limits of fields', () => {
  const limited = () => mutations(({ credential, rateLimits }) => !credential && rateLimits.length > 0)

  test('ten times the same are ten of its limit, not one', async () => {
    expect(limited().length).toBeGreaterThan(2)
    for (const name of limited()) {
      expect([name, await ask(copies(name, 10))]).toMatchObject([name, { refusal: null, taken: 10 }])
    }
  })

  test('twenty times the same are refused, and nothing is counted', async () => {
    for (const name of limited()) {
      expect([name, await ask(copies(name, 20))]).toMatchObject([
        name,
        { ...REFUSED, refusal: 'QUERY_TOO_COMPLEX' },
      ])
    }
  })
})
