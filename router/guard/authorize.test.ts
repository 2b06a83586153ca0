import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import { someViewer } from '../../subgraphs/shared/test/requests.js'
import { authorize as decide } from './authorize.js'
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

test('a policy nobody knows is held by name alone', () => {
  expect(authorize(factsOf('{ odd }'), viewer('full-moon'))).toBeNull()
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
