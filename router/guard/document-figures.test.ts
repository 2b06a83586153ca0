import { type DocumentNode, parse, visit } from 'graphql'
import { someCaller } from '../../subgraphs/shared/test/requests.js'
import { EdgeRules } from '../edge/edge-rules.js'
import { clientSchema } from '../plan/client-schema.js'
import { NOTES, PEOPLE, supergraphOf } from '../plan/test/supergraph.js'
import { takeFromLimits } from '../take-from-limits.js'
import { checkDocumentLimits, type DocumentLimits } from './document-limits.js'
import { createDocumentReader } from './documents.js'
import { readRules } from './rules.js'

const RULES = EdgeRules.parse({})
const FIGURES = RULES.documents

const supergraphSdl = supergraphOf(PEOPLE, NOTES)
const loaded = readRules(supergraphSdl)
if (loaded.kind === 'refused') throw new Error(loaded.faults.join('\n'))
const read = createDocumentReader(clientSchema(supergraphSdl), loaded.rules, () => FIGURES)

/** Null for what may run; else why not. */
function refusalOf(query: string): string[] | null {
  const result = read(query, query.startsWith('query Q') ? 'Q' : undefined)
  return result.kind === 'rejected' ? [result.code, result.reason] : null
}

const times = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index)).join(' ')
const friends = (levels: number) =>
  `{ me ${'{ friend '.repeat(levels - 2)} { id } ${'}'.repeat(levels - 2)} }`
const ON_PERSON = (selection: string) => `fragment F on Person { ${selection} }`

type Holding = (count: number) => string

/** Of each figure: what holds so much of it in one way and another, and what the log calls it. */
const HOLDING: Record<keyof DocumentLimits, { word: string; ways: Record<string, Holding> }> = {
  characters: {
    word: 'characters',
    ways: {
      'in a comment': (count) => `{ me { id } } #${' '.repeat(count - 15)}`,
      'in a name': (count) => `query ${'q'.repeat(count - 20)} { me { id } }`,
    },
  },
  tokens: {
    word: 'tokens',
    ways: {
      plainly: (count) => {
        const spare = count - 2
        return `{ ${times(Math.floor(spare / 9), () => 'person(id: 1) { id }')} ${times(spare % 9, () => 'motto')} }`
      },
    },
  },
  depth: {
    word: 'levels',
    ways: {
      plainly: friends,
      'through fragments': (count) =>
        `{ ...R } fragment R on Query { me { ...F0 } } ${times(
          count - 2,
          (index) => `fragment F${index} on Person { ... { friend { ...F${index + 1} } } }`,
        )} fragment F${count - 2} on Person { id }`,
      'in an operation that is not asked for': (count) => `query Q { motto } query R ${friends(count)}`,
    },
  },
  aliases: {
    word: 'aliases',
    ways: {
      plainly: (count) => `{ me { ${times(count, (index) => `a${index}: nick`)} } }`,
      'in a fragment': (count) => `{ me { ...F } } ${ON_PERSON(times(count, (index) => `a${index}: nick`))}`,
      'in operations that are not asked for': (count) =>
        `query Q { motto } ${times(count, (index) => `query R${index} { a: motto }`)}`,
    },
  },
  rootFields: {
    word: 'root fields',
    ways: {
      plainly: (count) => `{ ${times(count, (index) => `a${index}: motto`)} }`,
      'beside some that are the same': (count) =>
        `{ me { id } me { nick } ${times(count - 1, (index) => `a${index}: motto`)} }`,
      'through fragments': (count) =>
        `{ a: motto ...F ... { ...F ${times(count - 2, (index) => `b${index}: motto`)} } } fragment F on Query { me { id } }`,
    },
  },
  directives: {
    word: 'directives',
    ways: {
      'of fields': (count) => `{ me { ${times(count, () => 'nick @skip(if: false)')} } }`,
      'of fragments': (count) => `{ me { ${times(count, () => '... @include(if: true) { id }')} } }`,
      'in operations that are not asked for': (count) =>
        `query Q { motto } ${times(count, (index) => `query R${index} { motto @skip(if: false) }`)}`,
    },
  },
  fragments: {
    word: 'fragments',
    ways: {
      plainly: (count) =>
        `{ me { ${times(count, (index) => `...F${index}`)} } } ${times(
          count,
          (index) => `fragment F${index} on Person { id }`,
        )}`,
    },
  },
  selections: {
    word: 'selections',
    ways: {
      plainly: (count) => `{ me { ${times(count - 1, () => 'id')} } }`,
      'in a fragment that is spread again': (count) =>
        `{ me { ${times(9, () => '...F')} ${times(count - 451, () => 'id')} } } ${ON_PERSON(times(49, () => 'id'))}`,
      'in fragments without a name': (count) =>
        `{ me { ${times(150, () => '... { id }')} ${times(count - 301, () => 'id')} } }`,
    },
  },
}

const CASES = Object.entries(HOLDING).flatMap(([figure, { word, ways }]) =>
  Object.entries(ways).map(([way, holding]) => ({
    limit: FIGURES[figure as keyof DocumentLimits], // its keys are just these
    ...{ word, way, holding },
  })),
)

describe('2.3: of what a document may hold', () => {
  test.each(CASES)('$limit $word, $way, may be, and one more is refused with its code', (figure) => {
    const { limit, word, holding } = figure

    expect(refusalOf(holding(limit))).toBeNull()
    expect(refusalOf(holding(limit + 1))).toEqual(['QUERY_TOO_COMPLEX', `more ${word} than allowed`])
  })

  test('a thousand may be paid, and one more is refused before anything is counted', async () => {
    let counted = 0
    const take = (query: string) => {
      const result = read(query, undefined)
      if (result.kind === 'rejected') throw new Error(result.reason)
      const caller = someCaller()
      return takeFromLimits(
        {
          edgeLimits: {
            run: async ({ cost }) => {
              counted += cost
              return { kind: 'ok', allowance: null }
            },
          },
          limiter: { take: async () => ({ kind: 'ok' }) },
        },
        {
          ...{ facts: result.facts, body: { variables: {} }, rules: RULES },
          holder: { caller, cookies: {}, idempotencyKey: null, startsSession: null, cookieChanges: [] },
        },
      )
    }
    const dear = times(5, (index) => `a${index}: people(first: 100) { id }`) // at 2 each

    await expect(take(`{ ${dear} }`)).resolves.toBeNull()
    expect(counted).toBe(RULES.cost.max)
    await expect(take(`{ ${dear} me { id } }`)).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
    expect(counted).toBe(RULES.cost.max)
  })
})

/** Fragments of which each spreads the next so many times. */
const cascade = (levels: number, wide: number, leaf = 'id') =>
  `{ me { ...F0 } } ${times(
    levels,
    (index) => `fragment F${index} on Person { ${times(wide, () => `...F${index + 1}`)} }`,
  )} fragment F${levels} on Person { ${leaf} }`

const HOSTILE: [string, string, string][] = [
  ['a fragment that doubles 18 times, a quarter of a million fields', cascade(18, 2), 'selections'],
  ['one of nothing but spreads', `${cascade(17, 2, '...L')} fragment L on Person { id }`, 'selections'],
  ['one that grows tenfold 18 times', cascade(18, 10), 'selections'],
  ['one that grows twentyfold twice, wide and shallow', cascade(2, 22), 'selections'],
  ['one that doubles 24 times', cascade(24, 2), 'fragments'],
  ['circles side by side', cascade(18, 2, '...F0'), 'a fragment inside itself'],
]

describe('2.3: a small document that would be a large one', () => {
  test.each(HOSTILE)('%s is refused', (_, query, reason) => {
    expect(query.length).toBeLessThan(FIGURES.characters)
    expect(refusalOf(query)?.join()).toContain(reason)
  })

  // What is measured in milliseconds elsewhere (`npm run bench -- router`) has this bound: it holds on any machine.
  test.each(HOSTILE)('%s is looked at no further than the limit', (_, query) => {
    const { document, looks } = counting(parse(query, { noLocation: true }))
    const written = looks.nodes

    expect(checkDocumentLimits(document, { ...FIGURES, fragments: 1000 })).not.toBeNull()
    expect(looks.reads).toBeLessThan(4 * (written + FIGURES.selections))
  })
})

/** A document that counts how often somebody asks a part of it what it is. */
function counting(document: DocumentNode) {
  const looks = { nodes: 0, reads: 0 }
  visit(document, {
    enter(node) {
      const { kind } = node
      looks.nodes += 1
      Object.defineProperty(node, 'kind', {
        enumerable: true,
        get() {
          looks.reads += 1
          return kind
        },
      })
    },
  })
  looks.reads = 0
  return { document, looks }
}
