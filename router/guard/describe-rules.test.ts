import { NOTES, PEOPLE, supergraphOf } from '../plan/test/supergraph.js'
import { describePolicies, describeRules } from './describe-rules.js'
import { readRules } from './rules.js'

const read = readRules(supergraphOf(PEOPLE, NOTES))
if (read.kind === 'refused') throw new Error(read.faults.join('\n'))
const described = describeRules(read.rules)
const rulesOf = (coordinate: string) => {
  const found = described.find(({ type, field }) => `${type}.${field}` === coordinate)
  return found && [found.who, ...found.besides]
}

test.each([
  ['Query.options', ['anyone', 'may be kept 1 min']],
  ['Query.me', ['signed in']],
  ['Query.person', ['scope people:read or admin and staff']],
  ['Query.people', ['scope people:read', 'costs 2']],
  ['Query.odd', ['moon:full']],
  ['Query.place', ['person']],
  ['Mutation.signIn', ['anyone', 'signs in', 'takes a secret', '5 in 10 min by ip, input.identifier']],
  ['Mutation.rename', ['signed in', '3 and 2 to spare in 1 h by viewer']],
  ['Person.label', ['self or people:read, by row']],
  ['Vault.content', ['scope vault:read']],
  // What an interface stands for may be any of its types.
  ['Node.label', expect.arrayContaining([expect.stringContaining('teams:read')])],
])('%s is for %j', (coordinate, expected) => {
  expect(rulesOf(coordinate)).toEqual(expected)
})

test('a field that everyone may ask who reaches it is no rule, a root field always is', () => {
  expect(rulesOf('Options.names')).toBeUndefined()
  expect(described.filter(({ type }) => type === 'Query')).toHaveLength(9)
})

test('policies are told in words, scopes are not', () => {
  expect(describePolicies(read.rules)).toEqual([
    { name: 'person', says: 'a person with an account here' },
    { name: 'self', says: 'whose row it is' },
  ])
})

test('roots come first, all by name', () => {
  const names = described.map(({ type, field }) => `${type}.${field}`)

  expect(names[0]).toBe('Query.me')
  expect(names.indexOf('Mutation.checkCode')).toBe(9)
  expect(names.indexOf('Node.label')).toBeGreaterThan(names.indexOf('Mutation.signIn'))
})
