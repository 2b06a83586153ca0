import { getIntrospectionQuery } from 'graphql'
import { EdgeRules } from '../edge/edge-rules.js'
import { parseBounded } from './parse-bounded.js'
import { factsOf, refusalOf } from './test/graph.js'

test('calls what cannot be parsed bad input', () => {
  expect(parseBounded('{ me {', EdgeRules.parse({}).documents)).toMatchObject({
    kind: 'rejected',
    code: 'BAD_USER_INPUT',
  })
})

// What is allowed exactly, and one more: document-figures.test.ts.
describe('document limits', () => {
  test('lets introspection be as deep as it is', () => {
    expect(factsOf(getIntrospectionQuery())).toMatchObject({ introspects: true, publicCache: null })
  })

  test('refuses a fragment inside itself, near or far', () => {
    expect(refusalOf('{ me { ...F } } fragment F on Person { id ...F }')).toBe('QUERY_REJECTED')
    expect(refusalOf('{ me { ...F } } fragment F on Person { ...G } fragment G on Person { ...F }')).toBe(
      'QUERY_REJECTED',
    )
  })

  test('refuses an alias that looks like a field of GraphQL itself', () => {
    expect(refusalOf('{ me { __typename: nick } }')).toBe('QUERY_REJECTED')
  })
})
