import { composeSupergraph } from '../compose.js'
import { HEAD } from './head.js'

/** A small graph with one of everything the guard has a rule for. */
export const PEOPLE = `
type Query {
  me: Person @authenticated
  person(id: ID!): Person @requiresScopes(scopes: [["people:read"], ["admin", "staff"]])
  people(first: Int): [Person!]! @requiresScopes(scopes: [["people:read"]]) @listSize(slicingArguments: ["first"]) @cost(weight: 2)
  options: Options! @public @cacheControl(maxAge: 60, scope: PUBLIC)
  node(id: ID!): Node @authenticated
  search: [Found!]! @public
  motto: Motto @public
  odd: String @policy(policies: [["moon:full"]])
  place(of: String, ids: [ID!], first: Int = 20, near: Near): String @policy(policies: [["person"]])
}
type Mutation {
  signIn(input: SignInInput!): SignInPayload! @public @credential @startsSession @rateLimit(max: 5, window: "10m", by: ["ip", "input.identifier"])
  checkCode(code: String!): Boolean! @public @credential
  rename(name: String!): Person @authenticated @rateLimit(max: 3, window: "1h", burst: 2)
}
interface Node { id: ID! label: String }
type Person implements Node @key(fields: "id") {
  id: ID!
  label: String @policy(policies: [["self"], ["people:read"]])
  locale: String @policy(policies: [["self"], ["people:read"]])
  nick: String @tag(name: "pii")
  friend: Person
  audit: String @requiresScopes(scopes: [["audit:read"]])
}
type Team implements Node @key(fields: "id") { id: ID! label: String @requiresScopes(scopes: [["teams:read"]]) @rateLimit(max: 9, window: "1m", by: ["client"]) }
type Options { names: [String!]! motto: Motto secret: String @cacheControl(scope: PRIVATE) nested: Nested }
type Nested { name: String }
type Vault @requiresScopes(scopes: [["vault:read"]]) { content: String }
union Found = Options | Vault
scalar Motto @authenticated
input Near { town: String = "home", rank: Rank, miles: Float }
enum Rank { HIGH LOW }
input SignInInput { identifier: String! password: String }
type SignInPayload { person: Person }
`

export const NOTES = `
type Person @key(fields: "id") {
  id: ID!
  locale: String @external
  greeting: String @requires(fields: "locale") @policy(policies: [["self"], ["people:read"]])
}
`

export function subgraph(name: string, typeDefs: string) {
  return { name, url: `http://${name}.test`, typeDefs }
}

export function supergraphOf(...typeDefs: string[]): string {
  const composition = composeSupergraph(typeDefs.map((sdl, index) => subgraph(`part${index}`, HEAD + sdl)))
  if (composition.kind === 'failed') throw new Error(composition.faults.join('\n'))
  return composition.supergraphSdl
}
