import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import type { Policies } from '../../subgraphs/shared/policies/registry.js'
import { someViewer } from '../../subgraphs/shared/test/requests.js'
import { authorize as decide, denialsOf } from './authorize.js'
import type { OperationFacts } from './facts.js'
import { factsOf } from './test/graph.js'

const viewer = (...scopes: string[]): Viewer => someViewer({ scopes })

const authorize = (...given: Parameters<typeof decide>) => decide(...given)?.code ?? null

const signIn = (selection: string) =>
  `mutation { signIn(input: { identifier: "ada" }) { person { ${selection} } } }`

test.each([
  ['{ options { names } }', null, null, null],
  ['{ me { nick } }', 'UNAUTHENTICATED', null, null],
  ['{ options { motto } }', 'UNAUTHENTICATED', null, null],
  // Alternatives: one scope, or both of the others.
  ['{ person(id: 1) { nick } }', 'UNAUTHENTICATED', 'FORBIDDEN', null],
  // A row policy needs somebody; whose row it is, the subgraph decides.
  ['{ me { label } }', 'UNAUTHENTICATED', null, null],
  ['{ me { audit } }', 'UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN'],
  ['{ options { names } me { nick audit } }', 'UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN'],
  ['{ search { ... on Options { names } } }', 'UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN'],
  ['{ node(id: 1) { label } }', 'UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN'],
  ['{ node(id: 1) { ... on Person { label } } }', 'UNAUTHENTICATED', null, null],
  ['{ odd }', 'UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN'],
  [signIn('nick label'), null, null, null],
  [signIn('audit'), 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
])(
  '%s: %s without a viewer, %s for a person, %s for a reader of people',
  (source, anonymous, person, reader) => {
    const facts = factsOf(source)

    expect(authorize(facts, null)).toBe(anonymous)
    expect(authorize(facts, viewer())).toBe(person)
    expect(authorize(facts, viewer('people:read'))).toBe(reader)
  },
)

test('an alternative of two scopes takes both', () => {
  const facts = factsOf('{ person(id: 1) { nick } }')

  expect(authorize(facts, viewer('admin'))).toBe('FORBIDDEN')
  expect(authorize(facts, viewer('admin', 'staff'))).toBeNull()
})

test('a policy with the name of a scope is held by who holds the scope', () => {
  expect(authorize(factsOf('{ odd }'), viewer('moon:full'))).toBeNull()
})

describe('a policy that is a function', () => {
  const ADA = someViewer({ userId: 'usr_ada' })
  /** `place` under these policies in the place of its own. */
  const named = (names: string[], source = 'query($of: String = "first") { place(of: $of) }') => {
    const facts = factsOf(source)
    return { ...facts, policies: facts.policies.map((demand) => ({ ...demand, anyOf: [names] })) }
  }
  const policies: Policies = {
    first: { says: 'who asks for the first', mayHold: (_, { of }) => of === 'first' },
    ada: { says: 'Ada', mayHold: ({ userId }) => userId === 'usr_ada' },
    row: { says: 'whose row it is', mayHold: () => true, holdsFor: () => false },
  }
  const outcome = (facts: OperationFacts, who: Viewer | null, variables = {}) => {
    const code = authorize(facts, who, { variables, policies })
    // Refused whole and left out are decided alike.
    const denied = [...denialsOf(facts, who, { variables, policies }).keys()]
    expect(denied.length > 0).toBe(code !== null)
    return code
  }

  test('sees who asks', () => {
    expect(outcome(named(['ada']), ADA)).toBeNull()
    expect(outcome(named(['ada']), someViewer())).toBe('FORBIDDEN')
  })

  test('sees what is asked for, by a variable or its default', () => {
    expect(outcome(named(['first']), ADA)).toBeNull()
    expect(outcome(named(['first']), ADA, { of: 'first' })).toBeNull()
    expect(outcome(named(['first']), ADA, { of: 'second' })).toBe('FORBIDDEN')
    expect(outcome(named(['first']), ADA, { of: null })).toBe('FORBIDDEN')
  })

  test.each([
    ['{ place(ids: 7) }', {}, { ids: ['7'], first: 20 }],
    ['query($id: ID!) { place(ids: [$id, 2]) }', { id: 1 }, { ids: ['1', '2'], first: 20 }],
    ['query($first: Int) { place(first: $first) }', {}, { first: 20 }],
    ['query($first: Int) { place(first: $first) }', { first: null }, { first: null }],
    ['{ place(near: {}) }', {}, { first: 20, near: { town: 'home' } }],
    [
      'query($near: Near, $no: Int) { place(near: $near, first: 3) }',
      { near: { rank: 'LOW', miles: 2 }, unasked: 'x' },
      { first: 3, near: { town: 'home', rank: 'LOW', miles: 2 } },
    ],
    [
      'query($rank: Rank = HIGH) { place(near: { town: null, rank: $rank }) }',
      {},
      { first: 20, near: { town: null, rank: 'HIGH' } },
    ],
  ])('is handed arguments as a resolver is: %s with %j', (source, variables, expected) => {
    const handed: unknown[] = []
    const seen: Policies = {
      seen: { says: 'anyone', mayHold: (_, given) => handed.push(structuredClone(given)) > 0 },
    }

    expect(authorize(named(['seen'], source), ADA, { variables, policies: seen })).toBeNull()
    expect(handed).toEqual([expected])
  })

  test.each([
    ['query($first: Int) { place(first: $first) }', { first: 'many' }],
    ['query($near: Near) { place(near: $near) }', { near: { rank: 'MIDDLE' } }],
    ['query($id: ID = 1) { place(ids: [$id]) }', { id: null }],
    ['query($id: ID!) { place(ids: [$id]) }', {}],
  ])('is asked nothing where variables do not fit: %s with %j', (source, variables) => {
    expect(() => authorize(named(['ada'], source), ADA, { variables, policies })).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    )
  })

  test('whoever is nobody learns nothing of their variables', () => {
    const facts = named(['ada'], 'query($first: Int) { place(first: $first) }')

    expect(authorize(facts, null, { variables: { first: 'many' } })).toBe('UNAUTHENTICATED')
  })

  test('must hold with all that stand beside it, and one about rows is left to their owner', () => {
    expect(outcome(named(['first', 'ada', 'row']), ADA)).toBeNull()
    expect(outcome(named(['first', 'ada', 'row']), someViewer())).toBe('FORBIDDEN')
  })

  test.each(['nobody', 'constructor'])('is held by nobody where there is none: %s', (name) => {
    expect(outcome(named([name]), ADA)).toBe('FORBIDDEN')
  })

  test('says nothing of who is about to sign in, unless it is about rows', () => {
    const signingIn = (name: string) => {
      const { policies: demands, ...facts } = factsOf(signIn('label'))
      return { ...facts, policies: demands.map((demand) => ({ ...demand, anyOf: [[name]] })) }
    }

    expect(outcome(signingIn('row'), null)).toBeNull()
    expect(outcome(signingIn('ada'), null)).toBe('FORBIDDEN')
    expect(outcome(signingIn('ada'), ADA)).toBe('FORBIDDEN')
  })
})

test('a field that is asked twice is judged by each of what it is given', () => {
  const { policies } = factsOf('{ one: place(of: "a") two: place(of: "b") three: place(of: "b") }')

  expect(policies).toHaveLength(2)
})

test('scopes the caller holds do not reach into the session that is about to start', () => {
  expect(authorize(factsOf(signIn('audit')), viewer('audit:read'))).toBe('FORBIDDEN')
})

/** A field that wants a fresh proof, and some scope besides. */
function proofOf({ inNewSession = false, source = '{ me { id } }' } = {}) {
  const place = { coordinate: 'Query.me', path: 'me', inNewSession }
  return {
    ...factsOf(source),
    assurances: [{ ...place, assurance: { level: null, maxAgeSeconds: 300 } }],
  }
}

const NOW = Math.floor(Date.now() / 1000)

test('5.5: a field that wants a fresh proof is for who has given one, and for nobody unknown', () => {
  expect(authorize(proofOf(), null)).toBe('UNAUTHENTICATED')
  expect(authorize(proofOf(), someViewer({ authenticatedAt: NOW - 310 }))).toBe('STEP_UP_REQUIRED')
  expect(authorize(proofOf(), someViewer({ authenticatedAt: NOW }))).toBeNull()
})

test('nobody is asked for a proof of what they may not do anyway', () => {
  expect(authorize(proofOf({ source: '{ me { audit } }' }), viewer())).toBe('FORBIDDEN')
})

test('a session that is about to start has proved nothing yet', () => {
  const proof = proofOf({ inNewSession: true, source: signIn('nick') })

  expect(authorize(proof, someViewer({ authenticatedAt: NOW }))).toBe('FORBIDDEN')
})
