import { type StubSubgraph, stubSubgraph } from './subgraphs/test/stub-subgraph.js'
import { openStubGraph, type StubGraph, USERS } from './test/stub-graph.js'

let graph: StubGraph

beforeAll(async () => {
  graph = await openStubGraph()
})

describe('2.6: does not start', () => {
  const without = (sdl: string) => stubSubgraph('users', sdl, {})
  const faultsOf = (stubs: StubSubgraph[]) =>
    graph.makeRouter({}, stubs).then(
      () => [],
      ({ faults }: { faults: string[] }) => faults,
    )

  test('on a root field without a rule', async () => {
    expect(
      await faultsOf([without(USERS.replace('motto: String @public', 'motto: String open: Int'))]),
    ).toEqual([expect.stringContaining('Query.motto'), expect.stringContaining('Query.open')])
  })

  test('where a subgraph would lose its rules on the way', async () => {
    const stub = without(USERS)
    const lossy = { ...stub, typeDefs: stub.typeDefs.replace('@composeDirective(name: "@rateLimit")', '') }

    expect(await faultsOf([lossy])).toContainEqual(expect.stringContaining('rateLimit'))
  })

  test('on subgraphs that do not compose, and tells every fault', async () => {
    const odd = stubSubgraph('auth', 'type Query { motto: Int @public options: String @public }', {})

    const faults = await faultsOf([graph.users, odd])

    expect(faults).toContainEqual(expect.stringContaining('Query.motto'))
    expect(faults).toContainEqual(expect.stringContaining('Query.options'))
  })
})
