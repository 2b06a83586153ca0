import { composeSupergraph } from './compose.js'
import { HEAD } from './test/head.js'
import { NOTES, PEOPLE, subgraph } from './test/supergraph.js'

function faultsOf(...subgraphs: ReturnType<typeof subgraph>[]): string {
  const composition = composeSupergraph(subgraphs)
  return composition.kind === 'failed' ? composition.faults.join('\n') : ''
}

test('composes subgraphs with all their rules', () => {
  const composition = composeSupergraph([subgraph('people', HEAD + PEOPLE), subgraph('notes', HEAD + NOTES)])

  expect(composition).toMatchObject({ kind: 'composed' })
})

test('says which subgraph cannot be parsed', () => {
  expect(faultsOf(subgraph('people', 'type {'))).toContain('[people] Syntax Error')
})

test('passes on what composition itself refuses', () => {
  expect(faultsOf(subgraph('people', `${HEAD} type Query { me: Nobody @public }`))).toContain(
    'Unknown type Nobody',
  )
})

test('refuses a subgraph that forgets to name a rule in @composeDirective', () => {
  const head = HEAD.replace('@composeDirective(name: "@public")', '')

  expect(faultsOf(subgraph('people', `${head} type Query { open: Int @public }`))).toContain(
    '[people] Query.open: @public is lost in composition',
  )
})

test('refuses a rule that only looks like one, defined by the subgraph itself', () => {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    directive @authenticated on FIELD_DEFINITION
    type Query { secret: Int @authenticated }
  `

  expect(faultsOf(subgraph('people', sdl))).toContain('[people] Query.secret: @authenticated is lost')
})

test('finds a lost rule on a root type of another name and in an extension', () => {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") { query: Root }
    directive @credential on FIELD_DEFINITION
    type Root { a: Int }
    extend type Root { b: Int @credential }
  `

  expect(faultsOf(subgraph('people', sdl))).toContain('Query.b: @credential is lost')
})

test('refuses two subgraphs that limit a shared field differently', () => {
  const limited = (max: number) =>
    `${HEAD} type Query { at: Int @shareable @public @rateLimit(max: ${max}, window: "1m") }`

  expect(faultsOf(subgraph('a', limited(5)), subgraph('b', limited(50)))).toContain(
    'Query.at: @rateLimit is lost',
  )
})

test.each([
  ['an Apollo rule', '"@authenticated"', '{ name: "@authenticated", as: "@signedIn" }', '@authenticated of'],
  ['a price', '"@cost"', '{ name: "@cost", as: "@price" }', '@cost of'],
  ['one of our rules', 'import: ["@public"', 'import: [{ name: "@public", as: "@open" }', '@public of'],
  ['another directive to the name of a rule', '"@tag"', '{ name: "@tag", as: "@public" }', '@tag of'],
  ['a whole spec', 'identity/v1.0",', 'identity/v1.0", as: "who",', 'is linked as "who"'],
])('refuses to rename %s', (_, from, to, fault) => {
  expect(faultsOf(subgraph('people', `${HEAD.replace(from, to)} type Query { at: Int @public }`))).toContain(
    fault,
  )
})

test('refuses a rule used by the namespace of its spec', () => {
  const sdl = `${HEAD.replace('"@authenticated", ', '')} type Query { at: Int @federation__authenticated }`

  expect(faultsOf(subgraph('people', sdl))).toContain('@federation__authenticated is used by its namespace')
})

test('refuses a rule imported from a spec of somebody else', () => {
  const sdl = `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
      @link(url: "https://example.com/other/v1.0", import: ["@public"])
      @composeDirective(name: "@public")
    directive @public on FIELD_DEFINITION
    type Query { at: Int @public }
  `

  expect(faultsOf(subgraph('people', sdl))).toContain('which is not the spec of that rule')
})
