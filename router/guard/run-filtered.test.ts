import { graphql, parse, validate } from 'graphql'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { clientSchema } from '../plan/client-schema.js'
import { supergraphOf } from '../plan/test/supergraph.js'
import { makeRunFiltered } from './run-filtered.js'

const schema = clientSchema(
  supergraphOf(`
type Query {
  me: Person
  motto: String
  people(first: Int): [Person!]!
  found: [Found!]
  thing: Thing
  secret: String!
}
type Person { id: ID! name: String pin: String! friend: Person self: Person! tags: [String!] safe: Safe }
type Safe { gold: Int! }
union Found = Person | Safe
interface Thing { id: ID! label: String }
type Box implements Thing { id: ID! label: String inside: Thing }
`),
)
const runFiltered = makeRunFiltered(schema)

const PERSON = { __typename: 'Person', id: '1', name: 'Ada', pin: '1234', tags: ['a'], safe: { gold: 7 } }
const DATA = {
  me: { ...PERSON, friend: { ...PERSON, id: '2', self: PERSON }, self: PERSON },
  motto: 'who goes there',
  people: [PERSON, { ...PERSON, id: '3' }],
  found: [PERSON, { __typename: 'Safe', gold: 9 }],
  thing: { __typename: 'Box', id: 'b', label: 'box', inside: { __typename: 'Box', id: 'c', label: 'inner' } },
  secret: 'hush',
}

/** What comes of an operation with these fields denied, and what was really run. */
async function filtered(query: string, denied: string[], variables: Record<string, unknown> = {}) {
  let ran = ''
  const { data, errors = [] } = await runFiltered(
    { query, operationName: undefined, variables },
    {
      denials: new Map(denied.map((coordinate) => [coordinate, new AppError('FORBIDDEN')])),
      variableDefaults: {},
      execute: async (operation) => {
        ran = operation.query
        expect(validate(schema, parse(ran))).toEqual([])
        return JSON.parse(
          JSON.stringify(await graphql({ schema, source: ran, rootValue: DATA, variableValues: variables })),
        )
      },
    },
  )
  return { data, paths: errors.map(({ path }) => path?.join('.')), ran: ran.replace(/\s+/g, ' ') }
}

test('a denied field is null, with an error at its place, and is not run', async () => {
  const { data, paths, ran } = await filtered('{ motto me { name id } }', ['Person.name'])

  expect(data).toEqual({ motto: 'who goes there', me: { name: null, id: '1' } })
  expect(paths).toEqual(['me.name'])
  expect(ran).toBe('{ motto me { id } }')
})

test.each([
  ['under an alias', '{ me { n: name id } }', { me: { n: null, id: '1' } }, ['me.n']],
  [
    'in a fragment',
    '{ me { ...F id } } fragment F on Person { name }',
    { me: { name: null, id: '1' } },
    ['me.name'],
  ],
  [
    'in a fragment in two places',
    '{ me { ...F friend { ...F } } } fragment F on Person { name id }',
    { me: { name: null, id: '1', friend: { name: null, id: '2' } } },
    ['me.name', 'me.friend.name'],
  ],
  [
    'in each item of a list',
    '{ people { name id } }',
    {
      people: [
        { name: null, id: '1' },
        { name: null, id: '3' },
      ],
    },
    ['people.0.name', 'people.1.name'],
  ],
  ['alone, of what is there', '{ me { name } }', { me: { name: null } }, ['me.name']],
  ['twice', '{ me { name name } }', { me: { name: null } }, ['me.name']],
  ['that is left out', '{ me { id name @include(if: false) } }', { me: { id: '1' } }, []],
  ['that is skipped', '{ me { id name @skip(if: true) } }', { me: { id: '1' } }, []],
  [
    'of one type of a union, and only where that type is',
    '{ found { ... on Person { name } ... on Safe { gold } } }',
    { found: [{ name: null }, { gold: 9 }] },
    ['found.0.name'],
  ],
  [
    'beside a type that is asked for',
    '{ me { __typename name } }',
    { me: { __typename: 'Person', name: null } },
    ['me.name'],
  ],
])('a denied field %s', async (_, query, data, paths) => {
  expect(await filtered(query, ['Person.name'])).toMatchObject({ data, paths })
})

test('a field of an interface may be denied, and that of the type behind it not', async () => {
  const query = '{ thing { label id ... on Box { inner: inside { label } mine: label } } }'

  expect(await filtered(query, ['Thing.label'])).toMatchObject({
    data: { thing: { label: null, id: 'b', inner: { label: null }, mine: 'box' } },
    paths: ['thing.label', 'thing.inner.label'],
  })
})

test('where null must not be, what is around it is null', async () => {
  expect(await filtered('{ me { id safe { gold } } }', ['Safe.gold'])).toMatchObject({
    data: { me: { id: '1', safe: null } },
    paths: ['me.safe.gold'],
  })
  expect(await filtered('{ me { friend { self { pin } } } motto }', ['Person.pin'])).toMatchObject({
    data: { me: { friend: null }, motto: 'who goes there' },
    paths: ['me.friend.self.pin'],
  })
  expect(await filtered('{ people { pin } }', ['Person.pin'])).toMatchObject({ data: null })
  expect(await filtered('{ motto secret }', ['Query.secret'])).toMatchObject({
    data: null,
    paths: ['secret'],
  })
})

test('a denied root is null, and nothing is run where nothing is left', async () => {
  const { data, paths, ran } = await filtered('{ me { id } }', ['Query.me'])

  expect({ data, paths }).toEqual({ data: { me: null }, paths: ['me'] })
  expect(ran).toBe('{ _usergraph_nothing: __typename }')
})

test('variables and fragments that nothing uses any more are left out', async () => {
  const query =
    'query Q($n: Int, $no: Boolean!) { people(first: $n) { id } me { ...F motto: id @include(if: $no) } } fragment F on Person { name }'
  const { data, ran } = await filtered(query, ['Query.people', 'Person.name'], { n: 1, no: false })

  expect(data).toBeNull()
  expect(ran).toBe(
    'query Q($no: Boolean!) { me { ...F motto: id @include(if: $no) } } fragment F on Person { _usergraph_nothing: __typename }',
  )
})

test('only the operation that is named is looked at', async () => {
  const { data } = await runFiltered(
    { query: 'query A { me { name } } query B { motto }', operationName: 'B', variables: {} },
    {
      denials: new Map([['Person.name', new AppError('FORBIDDEN')]]),
      variableDefaults: {},
      execute: async ({ query }) => {
        expect(query).toContain('query B')
        expect(query).not.toContain('query A')
        return { data: { motto: 'who goes there' } }
      },
    },
  )

  expect(data).toEqual({ motto: 'who goes there' })
})

test('a thousand places are told a hundred times', async () => {
  const people = Array.from({ length: 1000 }, () => ({ id: '1' }))
  const { errors = [] } = await runFiltered(
    { query: '{ people { id name } }', operationName: undefined, variables: {} },
    {
      denials: new Map([['Person.name', new AppError('FORBIDDEN')]]),
      variableDefaults: {},
      execute: async () => ({ data: { people } }),
    },
  )

  expect(errors).toHaveLength(100)
})

test('who is denied other fields of the same document is left others', async () => {
  const query = '{ me { id name pin } }'

  expect((await filtered(query, ['Person.name'])).ran).toBe('{ me { id pin } }')
  expect((await filtered(query, ['Person.id', 'Person.name'])).ran).toBe('{ me { pin } }')
  expect((await filtered(query, ['Person.name'])).ran).toBe('{ me { id pin } }')
})
