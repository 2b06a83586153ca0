import { parse } from 'graphql'
import { EdgeRules } from '../edge/edge-rules.js'
import { clientSchema } from '../plan/client-schema.js'
import { supergraphOf } from '../plan/test/supergraph.js'
import { priceOf } from './cost.js'
import { analyseOperation } from './operation-facts.js'
import { readRules } from './rules.js'

const SHOP = `
type Query {
  me: Person @public
  person(id: ID!): Person @public
  people(first: Int, last: Int): PersonConnection! @public
  page(first: Int = 30): PersonConnection! @public
  byIds(ids: [ID!]!): [Person]! @public
  shelf(count: Int): Shelf @public @listSize(slicingArguments: ["count"], assumedSize: 40, sizedFields: ["books"])
  all: [Person!]! @public
  few: [Person!]! @public @listSize(assumedSize: 3)
  report: String @public @cost(weight: 50)
  search(text: String @cost(weight: 7)): [Found!] @public
  thing: Thing @public
  mine: String @authenticated
}
type Mutation { rename(name: String!): Person @public  burn: Boolean @public @cost(weight: 200) }
type PersonConnection { nodes: [Person!]! edges: [PersonEdge!]! total: Int info: Info }
type PersonEdge { node: Person! }
type Info { more: Boolean }
type Person @key(fields: "id") { id: ID! name: String friends(first: Int): PersonConnection tags: [String!]! pets: [Pet!]! photo: Photo }
type Pet { id: ID! }
type Photo @cost(weight: 5) { url: String }
type Shelf { books: [Pet!]! spares: [Pet!]! }
union Found = Pet | Photo
interface Thing { id: ID! parts: [Pet!] }
type Car implements Thing { id: ID! parts: [Pet!] @listSize(assumedSize: 60) }
type Box implements Thing { id: ID! parts: [Pet!] @listSize(assumedSize: 2) }
`
const supergraphSdl = supergraphOf(SHOP)
const schema = clientSchema(supergraphSdl)
const rules = readRules(supergraphSdl)
const { cost: COST, documents } = EdgeRules.parse({})

function price(source: string, variables: Record<string, unknown> = {}) {
  if (rules.kind === 'refused') throw new Error(rules.faults.join('\n'))
  const analysis = analyseOperation(parse(source), undefined, schema, rules.rules, documents)
  if (analysis.kind === 'rejected') throw new Error(analysis.reason)
  const { cost, variableDefaults } = analysis.facts
  const priced = priceOf(cost, { ...variableDefaults, ...variables }, COST)
  return priced.kind === 'cost' ? priced.cost : priced.argument
}

test.each([
  ['a leaf costs nothing, an object 1', '{ me { id name tags } }', 1],
  ['a mutation costs 10', 'mutation { rename(name: "a") { id } }', 10],
  ['@cost says what a field costs', '{ report }', 50],
  ['… of a mutation too', 'mutation { burn }', 200],
  ['… or each field that answers a type', '{ me { photo { url } } }', 6],
  ['… of a union the dearest', '{ search { ... on Pet { id } } }', 20 * 5],
  ['an argument that costs, where it is given', '{ search(text: "a") { ... on Pet { id } } }', 20 * 5 + 7],
  ['a list at the top is a page long', '{ all { id } }', 20],
  ['a list below a shorter one', '{ me { pets { id } } }', 1 + 10],
  ['lists multiply', '{ all { pets { id } } }', 20 + 20 * 10],
  ['a connection is as long as it is asked for', '{ people(first: 50) { nodes { id } } }', 1 + 50],
  ['… from its end too', '{ people(last: 70) { nodes { id } } }', 1 + 70],
  ['… or a page', '{ people { nodes { id } total info { more } } }', 1 + 20 + 1],
  ['… or what its argument is without being given', '{ page { nodes { id } } }', 1 + 30],
  ['… and an edge is a thing of its own', '{ people(first: 5) { edges { node { id } } } }', 1 + 5 + 5],
  [
    'connections multiply',
    '{ people(first: 10) { nodes { friends(first: 20) { nodes { id } } } } }',
    1 + 10 + 10 + 10 * 20,
  ],
  ['a list of as many as are named', '{ byIds(ids: ["a", "b", "c"]) { id pets { id } } }', 3 + 3 * 10],
  [
    '@listSize may name the fields that are the list',
    '{ shelf(count: 4) { books { id } spares { id } } }',
    1 + 4 + 10,
  ],
  ['… and what is assumed', '{ shelf { books { id } } few { id } }', 1 + 40 + 3],
  ['an interface costs what the dearest of its types does', '{ thing { parts { id } } }', 1 + 60],
  ['every alias counts', '{ a: me { id } b: me { id } }', 2],
  [
    'one response path counts once',
    '{ me { id } ...F ...F } fragment F on Query { me { photo { url } } }',
    1 + 5,
  ],
  ['what may be left out counts', 'query($no: Boolean = false) { all @include(if: $no) { id } }', 20],
])('2.3: %s', (_, source, expected) => {
  expect(price(source)).toBe(expected)
})

test('2.3: variables say how long a list is, and their defaults', () => {
  const source =
    'query($n: Int = 7, $ids: [ID!]!) { people(first: $n) { nodes { id } } byIds(ids: $ids) { id } }'

  expect(price(source, { ids: ['a'] })).toBe(1 + 7 + 1)
  expect(price(source, { n: 90, ids: ['a', 'b'] })).toBe(1 + 90 + 2)
  expect(price(source, { n: null, ids: ['a'] })).toBe(1 + 20 + 1)
  expect(price(source, { ids: [] })).toBe(1 + 7)
})

test.each([
  ['{ people(first: 0) { nodes { id } } }', {}, 'first'],
  ['{ people(first: -50) { nodes { id } } }', {}, 'first'],
  ['{ people(first: 101) { nodes { id } } }', {}, 'first'],
  ['{ people(first: 5, last: 1000) { nodes { id } } }', {}, 'last'],
  ['{ people(first: 1000) { total } }', {}, 'first'],
  ['query($n: Int) { me { friends(first: $n) { nodes { id } } } }', { n: 2e9 }, 'first'],
  ['query($n: Int) { people(first: $n) { nodes { id } } }', { n: Number.NaN }, 'first'],
  ['query($ids: [ID!]!) { byIds(ids: $ids) { id } }', { ids: Array(101).fill('a') }, 'ids'],
])('2.3: a list is asked for 1 to 100 items: %s %p', (source, variables, argument) => {
  expect(price(source, variables)).toBe(argument)
})

test.each([
  ['type Query { a: String @public @cost(weight: -1) }', /Query\.a: @cost is less than nothing/],
  ['type Query { a(b: Int @cost(weight: -1)): String @public }', /Query\.a: @cost is less than nothing/],
])('a price that would pay for others stops the start: %s', (sdl, fault) => {
  const read = readRules(supergraphOf(`${sdl} type Mutation { b: Int @authenticated }`))

  expect(read).toMatchObject({ kind: 'refused', faults: [expect.stringMatching(fault)] })
})
