import { forGateway } from '../plan/gateway-sdl.js'
import { NOTES, PEOPLE, supergraphOf } from '../plan/test/supergraph.js'
import type { Rule } from './rule.js'
import { readRules } from './rules.js'

const supergraphSdl = supergraphOf(PEOPLE, NOTES)
const SELF_OR_READER = [['self'], ['people:read']]

function ruleOf(coordinate: string, sdl = supergraphSdl): Rule | undefined {
  const result = readRules(sdl)
  if (result.kind === 'refused') throw new Error(result.faults.join('\n'))
  return result.rules.fields.get(coordinate)
}

function faultsOf(sdl: string): string {
  const result = readRules(sdl)
  return result.kind === 'refused' ? result.faults.join('\n') : ''
}

/** A graph whose rules are well but for one field. */
function withField(field: string): string {
  return supergraphOf(`type Query { me: Int @authenticated ${field} }`)
}

describe('reading', () => {
  test('gives each field the rule written on it', () => {
    expect(ruleOf('Query.me')).toMatchObject({ public: false, authenticated: true })
    expect(ruleOf('Query.person')).toMatchObject({ scopes: [[['people:read'], ['admin', 'staff']]] })
    expect(ruleOf('Query.options')).toMatchObject({
      public: true,
      cacheControl: { maxAgeSeconds: 60, scope: 'PUBLIC', inheritMaxAge: false },
    })
    expect(ruleOf('Mutation.signIn')).toMatchObject({
      credential: true,
      startsSession: true,
      rateLimits: [
        { coordinate: 'Mutation.signIn', max: 5, windowSeconds: 600, by: ['ip', 'input.identifier'] },
      ],
    })
  })

  test('counts by viewer where a limit does not say by what', () => {
    expect(ruleOf('Mutation.rename')?.rateLimits).toMatchObject([{ by: ['viewer'], burst: 2 }])
  })

  test('a rule on a type holds for its fields and for those that answer it', () => {
    expect(ruleOf('Vault.content')).toMatchObject({ scopes: [[['vault:read']]] })
    expect(ruleOf('Options.motto')).toMatchObject({ authenticated: true })
  })

  test('a field that answers a union takes the rules of all its types', () => {
    expect(ruleOf('Query.search')).toMatchObject({ public: true, scopes: [[['vault:read']]] })
  })

  test('a field of an interface takes the rules of every type that implements it', () => {
    expect(ruleOf('Node.label')).toMatchObject({ policies: [SELF_OR_READER], scopes: [[['teams:read']]] })
    expect(ruleOf('Node.label')?.rateLimits).toMatchObject([{ coordinate: 'Team.label', max: 9 }])
    expect(ruleOf('Node.id')).toMatchObject({ policies: [], scopes: [], rateLimits: [] })
  })

  test('a field fed by @requires takes the rules of what it requires', () => {
    const unmarked = supergraphSdl.replace(/(greeting: String @join__field[^\n]*?) @policy[^\n]*/, '$1')

    expect(unmarked).not.toBe(supergraphSdl)
    expect(ruleOf('Person.greeting', unmarked)).toMatchObject({ policies: [SELF_OR_READER] })
  })

  test('a field of a type takes the rules that an interface says of it', () => {
    const sdl = supergraphOf(`
type Query { things: [Thing!] @authenticated }
interface Thing { id: ID! secret: String @assurance pin: Int @credential @rateLimit(max: 1, window: "1m") }
type Box implements Thing { id: ID! secret: String pin: Int }`)

    expect(ruleOf('Box.secret', sdl)).toMatchObject({ assurances: [{ level: null }], credential: false })
    expect(ruleOf('Box.pin', sdl)).toMatchObject({
      credential: true,
      rateLimits: [{ coordinate: 'Thing.pin', max: 1 }],
    })
    expect(ruleOf('Box.id', sdl)).toMatchObject({ assurances: [], credential: false, rateLimits: [] })
  })

  test('a field that an interface object requires something for asks that of every type behind it', () => {
    const sdl = supergraphOf(
      `
type Query { things: [Thing!] @authenticated }
interface Thing @key(fields: "id") { id: ID! secret: String }
type Box implements Thing @key(fields: "id") { id: ID! secret: String @assurance }
type Bag implements Thing @key(fields: "id") { id: ID! secret: String }`,
      'type Thing @interfaceObject @key(fields: "id") { id: ID! secret: String @external hash: String @requires(fields: "secret") }',
    )
    const assurances = (coordinate: string) => ruleOf(coordinate, sdl)?.assurances.length

    expect(['Thing.hash', 'Box.hash', 'Bag.hash'].map(assurances)).toEqual([1, 1, 0])
  })

  test('takes over what is required through another required field', () => {
    const chained = supergraphSdl
      .replace(/(greeting: String @join__field[^\n]*?) @policy[^\n]*/, '$1')
      .replace('nick: String', 'nick: String @join__field(graph: PART1, requires: "greeting")')

    expect(ruleOf('Person.nick', chained)).toMatchObject({ policies: [SELF_OR_READER] })
  })
})

describe('refusing', () => {
  test('a root field without a rule', () => {
    expect(faultsOf(withField('open: Int'))).toBe('Query.open has no rule: say @public, or who may ask')
  })

  test('a root field that has a limit and nobody who may ask', () => {
    expect(faultsOf(withField('open: Int @rateLimit(max: 1, window: "1m")'))).toContain(
      'Query.open has no rule',
    )
  })

  test('a supergraph whose markers were taken out for the gateway', () => {
    expect(faultsOf(forGateway(supergraphSdl))).toContain('rules were taken out')
  })

  test('a supergraph that lost the link of one rule and kept its uses', () => {
    const sdl = supergraphSdl.replace(/@link\(url: "https:\/\/specs.apollo.dev\/policy[^\n]*/, '')

    expect(faultsOf(sdl)).toContain('@policy is used and its spec is not linked')
  })

  test('a supergraph that lost the definition of a rule, without which its uses are not read', () => {
    const sdl = supergraphSdl.replace(/directive @requiresScopes[^\n]*/, '')

    expect(faultsOf(sdl)).toContain('@requiresScopes is used and not defined')
  })

  test('a supergraph without our spec', () => {
    const sdl = supergraphSdl.replace(/@link\(url: "https:\/\/usergraph.dev[^\n]*/, '')

    expect(faultsOf(sdl)).toContain('The identity spec is not linked')
  })

  test('a supergraph in which a rule goes by another name', () => {
    const sdl = supergraphSdl.replace('import: ["@public"', 'import: [{ name: "@public", as: "@open" }')

    expect(faultsOf(sdl)).toContain('@public of "https://usergraph.dev/identity/v1.0" is imported as @open')
  })

  test('a field both public and protected', () => {
    expect(faultsOf(withField('odd: Int @public @authenticated'))).toContain('Query.odd is both')
  })

  test.each([
    [
      'a field',
      (name: string) => withField(`odd: Int @policy(policies: [["self"], ["${name}"]])`),
      'Query.odd',
    ],
    [
      'a type',
      (name: string) =>
        supergraphOf(`type Query { a: A @authenticated } type A @policy(policies: [["${name}"]]) { b: Int }`),
      'A',
    ],
  ])('a policy on %s that there is not, while one that is registered will do', (_, graphWith, coordinate) => {
    expect(faultsOf(graphWith('full-moon'))).toBe(`${coordinate}: there is no policy "full-moon"`)
    expect(faultsOf(graphWith('person'))).toBe('')
    expect(faultsOf(graphWith('moon:full'))).toBe('')
  })

  test('a session started below the root', () => {
    const sdl = supergraphOf('type Query { a: A @authenticated } type A { b: Int @startsSession }')

    expect(faultsOf(sdl)).toContain('A.b: only a root field starts a session')
  })

  test.each([
    ['max: 0, window: "1m"', 'less than nothing'],
    ['max: 1, window: "soon"', 'has a window'],
    ['max: 1, window: "0s"', 'has a window'],
    ['max: 1, window: "1m", by: []', 'by nothing'],
    ['max: 1, window: "1m", by: ["inptu.identifier"]', '"inptu.identifier"'],
  ])('a limit that cannot be kept: %s', (limit, fault) => {
    expect(faultsOf(withField(`at(input: ID): Int @public @rateLimit(${limit})`))).toContain(fault)
  })

  test.each([0, 4])('a level of assurance that there is not: %d', (level) => {
    const sdl = withField(`remove: Int @authenticated @assurance(level: ${level})`)

    expect(faultsOf(sdl)).toContain('Query.remove: @assurance has levels 1 to 3')
    expect(faultsOf(withField('remove: Int @authenticated @assurance(level: 3)'))).toBe('')
  })
})
