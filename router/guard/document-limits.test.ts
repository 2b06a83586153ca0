import { getIntrospectionQuery } from 'graphql'
import { EdgeRules } from '../edge/edge-rules.js'
import { parseBounded } from './parse-bounded.js'
import { analyse, factsOf, refusalOf } from './test/graph.js'

const LIMITS = EdgeRules.parse({}).documents
const parse = (source: string) => parseBounded(source, LIMITS)
const times = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => item(i)).join(' ')
const nested = (levels: number) => `{ me ${'{ friend '.repeat(levels - 2)} { id } ${'}'.repeat(levels - 2)} }`

describe('size', () => {
  test('parses what has the allowed characters and tokens', () => {
    expect(parse(`{ me { id } } #${' '.repeat(LIMITS.characters - 15)}`)).toMatchObject({
      kind: 'parsed',
    })
    expect(parse(`{ ${times(998, () => 'a')} }`)).toMatchObject({ kind: 'parsed' })
  })

  test('refuses one character or token more', () => {
    const tooComplex = { kind: 'rejected', code: 'QUERY_TOO_COMPLEX' }

    expect(parse(`{ me { id } } #${' '.repeat(LIMITS.characters - 14)}`)).toMatchObject(tooComplex)
    expect(parse(`{ ${times(999, () => 'a')} }`)).toMatchObject(tooComplex)
  })

  test('calls what cannot be parsed bad input', () => {
    expect(parse('{ me {')).toMatchObject({ kind: 'rejected', code: 'BAD_USER_INPUT' })
  })
})

describe('document limits', () => {
  test('allows 8 levels and refuses 9, through fragments as well', () => {
    expect(refusalOf(nested(8))).toBeNull()
    expect(refusalOf(nested(9))).toBe('QUERY_TOO_COMPLEX')
    expect(
      refusalOf(`
        { me { friend { friend { friend { ...F } } } } }
        fragment F on Person { friend { friend { friend { ... { friend { id } } } } } }
      `),
    ).toBe('QUERY_TOO_COMPLEX')
  })

  test('lets introspection be as deep as it is', () => {
    expect(factsOf(getIntrospectionQuery())).toMatchObject({ introspects: true, publicCache: null })
  })

  test('allows 15 aliases and refuses 16', () => {
    expect(refusalOf(`{ me { ${times(15, (i) => `a${i}: nick`)} } }`)).toBeNull()
    expect(refusalOf(`{ me { ${times(16, (i) => `a${i}: nick`)} } }`)).toBe('QUERY_TOO_COMPLEX')
  })

  test('allows 10 root fields and refuses 11, counting those of fragments once for each response key', () => {
    expect(refusalOf(`{ ${times(10, (i) => `a${i}: motto`)} }`)).toBeNull()
    expect(
      refusalOf(`{ ${times(9, (i) => `a${i}: motto`)} me { id } ...F } fragment F on Query { me { nick } }`),
    ).toBeNull()
    expect(refusalOf(`{ ${times(10, (i) => `a${i}: motto`)} ...F } fragment F on Query { me { id } }`)).toBe(
      'QUERY_TOO_COMPLEX',
    )
  })

  test('allows 20 directives and refuses 21', () => {
    expect(refusalOf(`{ me { nick ${times(20, () => '@skip(if: false)')} } }`)).toBeNull()
    expect(refusalOf(`{ me { nick ${times(21, () => '@skip(if: false)')} } }`)).toBe('QUERY_TOO_COMPLEX')
  })

  test('allows 20 fragment definitions and refuses 21', () => {
    const fragments = (count: number) =>
      `{ me { id } } ${times(count, (i) => `fragment F${i} on Person { id }`)}`

    expect(refusalOf(fragments(20))).toBeNull()
    expect(refusalOf(fragments(21))).toBe('QUERY_TOO_COMPLEX')
  })

  test('allows 500 selections and refuses 501', () => {
    expect(refusalOf(`{ me { ${times(499, () => 'nick')} } }`)).toBeNull()
    expect(refusalOf(`{ me { ${times(500, () => 'nick')} } }`)).toBe('QUERY_TOO_COMPLEX')
  })

  test.each([
    ['fields', 'id'],
    ['nothing but spreads', '...L'],
  ])('stops early in fragments that double each other, made of %s', (_, leaf) => {
    const doubling = (levels: number) => `
      { me { ...F0 } }
      ${times(levels, (i) => `fragment F${i} on Person { ...F${i + 1} ...F${i + 1} }`)}
      fragment F${levels} on Person { ${leaf} }
      fragment L on Person { id }
    `

    // Twenty definitions are allowed, 18 that double and two at the end: 24 are refused for their number alone.
    expect(analyse(doubling(18))).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      reason: expect.stringContaining('selections'),
    })
    expect(refusalOf(doubling(24))).toBe('QUERY_TOO_COMPLEX')
  })

  test('refuses a fragment inside itself, near or far', () => {
    expect(refusalOf('{ me { ...F } } fragment F on Person { id ...F }')).toBe('QUERY_REJECTED')
    expect(refusalOf('{ me { ...F } } fragment F on Person { ...G } fragment G on Person { ...F }')).toBe(
      'QUERY_REJECTED',
    )
  })

  test('measures the operations that will not run too', () => {
    expect(refusalOf(`query A { me { id } } query B ${nested(9)}`, 'A')).toBe('QUERY_TOO_COMPLEX')
  })

  test('refuses an alias that looks like a field of GraphQL itself', () => {
    expect(refusalOf('{ me { __typename: nick } }')).toBe('QUERY_REJECTED')
  })
})
