import type { SubgraphSource } from '../../plan/compose.js'
import { HEAD } from '../../plan/test/head.js'

// Every shape in which a rule could be lost on its way: GHSA-mx7m-j9xf-62hw, GHSA-m8jr-fxqx-8xx6, GHSA-x33c-7c2v-mrj9.

const LIBRARY = `
schema { query: Root mutation: Changes }
type Root {
  open: String @public
  me: Person @authenticated
  who: Person @public
  media: [Media!] @public
  thing: Thing @public
  things: [Thing!]! @requiresScopes(scopes: [["things:read"]])
  found: [Found] @public
  safe: [Safe!]! @public
  vault: Vault @public
  odd: String @policy(policies: [["moon:full"]])
  twice: Int @requiresScopes(scopes: [["a", "b"], ["c"]]) @assurance(level: 2)
  motto: Motto @public
  rank: Rank @public
}
type Changes { open: Boolean @public change(to: String!): Person @authenticated prove: Person @authenticated @assurance }

interface Thing { id: ID! label: String lid: String @assurance }
type Box implements Thing { id: ID! label: String @requiresScopes(scopes: [["boxes:read"]]) lid: String inside: Thing }
type Bag implements Thing { id: ID! label: String @authenticated lid: String @authenticated own: Int! @requiresScopes(scopes: [["bags:read"]]) }

interface Media @key(fields: "id") { id: ID! title: String pages: Int }
type Book implements Media @key(fields: "id") { id: ID! title: String @requiresScopes(scopes: [["books:read"]]) pages: Int }
type Film implements Media @key(fields: "id") { id: ID! title: String @authenticated pages: Int @assurance }

union Found = Vault | Box
union Safe = Person | Bag
type Vault @requiresScopes(scopes: [["vault:read"]]) { gold: Int @requiresScopes(scopes: [["gold:read"]]) silver: Int! }
type Person @key(fields: "id") {
  id: ID!
  name: String @policy(policies: [["self"], ["people:read"]])
  locale: String @policy(policies: [["self"], ["people:read"]])
  home: Home
  friend: Person
  motto: Motto
  ranks: [Rank!]!
}
type Home { street: String @authenticated town: Town }
type Town { name: String @assurance }
scalar Motto @authenticated
enum Rank @requiresScopes(scopes: [["ranks:read"]]) { HIGH LOW }
`

const STARS = `
type Media @interfaceObject @key(fields: "id") {
  id: ID!
  title: String @external
  pages: Int @external
  stars: Int @authenticated
  seals: Int @assurance
  grade: Int @requires(fields: "title") @authenticated @requiresScopes(scopes: [["books:read"]])
  length: Int @requires(fields: "pages")
}
type Person @key(fields: "id") {
  id: ID!
  locale: String @external
  home: Home @external
  greeting: String @requires(fields: "locale") @policy(policies: [["self"], ["people:read"]])
  way: String @requires(fields: "home { town { name } }")
}
type Home { town: Town @external }
type Town { name: String @external }
`

const part = (name: string, typeDefs: string): SubgraphSource => ({
  name,
  url: `http://${name}.test`,
  typeDefs: HEAD + typeDefs,
})

export const ODD_GRAPH = [part('library', LIBRARY), part('stars', STARS)]
