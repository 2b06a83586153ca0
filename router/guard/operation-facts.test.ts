import { analyse, factsOf, refusalOf } from './test/graph.js'

const SIGN_IN = 'signIn(input: { identifier: "ada" })'
const coordinatesOf = (places: readonly { coordinate: string }[]) =>
  places.map(({ coordinate }) => coordinate)

describe('what an operation asks for', () => {
  test('names its root fields by response name and coordinate', () => {
    expect(factsOf('{ ada: person(id: 1) { id } me { id } }').rootFields).toMatchObject([
      {
        coordinate: 'Query.person',
        name: 'person',
        responseName: 'ada',
        arguments: [{ name: { value: 'id' } }],
      },
      { coordinate: 'Query.me', responseName: 'me' },
    ])
  })

  test('finds rules through fragments, aliases and nesting', () => {
    const facts = factsOf(`
      query { who: me { ...F } }
      fragment F on Person { pal: friend { ... on Person { log: audit } } }
    `)

    expect(coordinatesOf(facts.needsViewer)).toEqual(['Query.me'])
    expect(facts.scopes).toEqual([
      { coordinate: 'Person.audit', path: 'who.pal.log', inNewSession: false, anyOf: [['audit:read']] },
    ])
  })

  test('counts what @include and @skip may leave out', () => {
    const facts = factsOf('{ me { nick @skip(if: true) ... @include(if: false) { audit } } }')

    expect(coordinatesOf(facts.scopes)).toEqual(['Person.audit'])
  })

  test('a selection on an interface asks for what every type behind it asks', () => {
    const facts = factsOf('{ node(id: 1) { label } }')

    expect(coordinatesOf([...facts.scopes, ...facts.policies])).toEqual(['Node.label', 'Node.label'])
  })

  test('a selection on one type behind an interface asks for what that type asks', () => {
    const facts = factsOf('{ node(id: 1) { id ... on Person { label } } }')

    expect(facts.scopes).toEqual([])
    expect(coordinatesOf(facts.policies)).toEqual(['Person.label'])
  })

  test('a union asks for what its protected member asks, even for its type name', () => {
    expect(coordinatesOf(factsOf('{ search { __typename } }').scopes)).toEqual(['Query.search'])
  })

  test('reads the operation that was named', () => {
    expect(
      coordinatesOf(factsOf('query A { options { names } } query B { me { id } }', 'B').needsViewer),
    ).toEqual(['Query.me'])
  })
})

describe('what is not there', () => {
  test.each([
    ['an operation', 'query A { me { id } }', 'B'],
    ['one operation of several', 'query A { me { id } } query B { me { id } }', undefined],
    ['a kind of operation', 'subscription { me }', undefined],
    ['a field', '{ me { shoeSize } }', undefined],
    ['a field on a union', '{ search { names } }', undefined],
    ['a fragment', '{ me { ...F } }', undefined],
    ['a type', '{ me { ... on Ghost { id } } }', undefined],
    ['a type with fields', '{ me { ... on Motto { id } } }', undefined],
    ['introspection below the root', '{ me { __schema { types { name } } } }', undefined],
    ['introspection of a mutation', 'mutation { __schema { types { name } } }', undefined],
  ])('%s that is not there is bad input', (_, source, name) => {
    expect(refusalOf(source, name)).toBe('BAD_USER_INPUT')
  })
})

describe('secrets and sessions', () => {
  test('refuses two credential fields, also under aliases and in fragments', () => {
    expect(refusalOf('mutation { checkCode(code: "1") }')).toBeNull()
    expect(refusalOf('mutation { a: checkCode(code: "1") b: checkCode(code: "2") }')).toBe('QUERY_REJECTED')
    expect(
      refusalOf('mutation { checkCode(code: "1") ...F } fragment F on Mutation { b: checkCode(code: "2") }'),
    ).toBe('QUERY_REJECTED')
  })

  test('takes a field named twice under one response key for the one execution it is', () => {
    expect(factsOf('mutation { checkCode(code: "1") ... { checkCode(code: "1") } }').credentialCount).toBe(1)
  })

  test.each(['rename(name: "x") { id }', '__typename', 't: __typename'])(
    'refuses %s beside a field that starts a session',
    (other) => {
      expect(refusalOf(`mutation { ${SIGN_IN} { person { id } } }`)).toBeNull()
      expect(refusalOf(`mutation { ${SIGN_IN} { person { id } } ${other} }`)).toBe('QUERY_REJECTED')
    },
  )

  test('tells what is asked as the person who signs in from what is asked by the caller', () => {
    const facts = factsOf(`mutation { in: ${SIGN_IN} { person { label } } }`)

    expect(facts.startsSession).toMatchObject({ coordinate: 'Mutation.signIn', responseName: 'in' })
    expect(facts.policies).toMatchObject([{ coordinate: 'Person.label', inNewSession: true }])
  })
})

describe('aliases the planner would read as its own', () => {
  test.each([
    ['a key', '{ me { id: nick } }'],
    ['a required field', '{ me { locale: nick greeting } }'],
    ['a key, by the type name', '{ me { id: __typename } }'],
    ['a key, on an interface', '{ node(id: 1) { id: label } }'],
    ['a key, in a fragment', '{ me { ...F } } fragment F on Person { id: nick }'],
  ])('refuses the name of %s for another field', (_, source) => {
    expect(refusalOf(source)).toBe('QUERY_REJECTED')
  })

  test('allows such a field its own name, and its name where it is no key', () => {
    expect(refusalOf('{ me { id: id name: nick } }')).toBeNull()
    expect(refusalOf('{ options { id: names } }')).toBeNull()
  })
})

describe('limits and caching', () => {
  test('lists one execution for each alias of a limited field', () => {
    const { rateLimited } = factsOf(
      'mutation { a: rename(name: "x") { id } b: rename(name: "y") { id } ...F } fragment F on Mutation { a: rename(name: "x") { nick } }',
    )

    expect(rateLimited).toMatchObject([
      { coordinate: 'Mutation.rename', path: 'a', credential: false, rule: { max: 3 } },
      { coordinate: 'Mutation.rename', path: 'b' },
    ])
  })

  test.each([
    ['{ options { names } }', { maxAgeSeconds: 60 }],
    ['{ options { names } __typename }', { maxAgeSeconds: 60 }],
    ['{ options { secret } }', null],
    ['{ options { motto } }', null],
    ['{ options { nested { name } } }', null],
    ['{ options { names } me { id } }', null],
    ['{ __typename }', null],
    ['mutation { checkCode(code: "1") }', null],
  ])('says whether everyone may be given the same answer to %s', (source, publicCache) => {
    expect(factsOf(source).publicCache).toEqual(publicCache)
  })

  test('keeps what variables are when nobody sets them', () => {
    expect(
      factsOf('query ($id: ID = "7", $n: Int) { person(id: $id) { id } people(first: $n) { id } }')
        .variableDefaults,
    ).toEqual({ id: '7' })
  })

  test('works out the same facts whatever is asked next', () => {
    expect(analyse('{ me { id } }')).toEqual(analyse('{ me { id } }'))
  })
})
