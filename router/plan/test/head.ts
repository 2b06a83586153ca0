/** What every subgraph begins with. */
export const HEAD = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@tag", "@authenticated", "@requiresScopes", "@policy", "@composeDirective", "@cost", "@listSize", "@interfaceObject"])
  @link(url: "https://usergraph.dev/identity/v1.0", import: ["@public", "@startsSession", "@assurance", "@rateLimit", "@credential", "@cacheControl"])
  @composeDirective(name: "@public") @composeDirective(name: "@startsSession") @composeDirective(name: "@assurance")
  @composeDirective(name: "@rateLimit") @composeDirective(name: "@credential") @composeDirective(name: "@cacheControl")
directive @public on FIELD_DEFINITION
directive @startsSession on FIELD_DEFINITION
directive @assurance(level: Int, maxAge: Int! = 300) on FIELD_DEFINITION
directive @rateLimit(max: Int!, window: String!, burst: Int, by: [String!]! = ["viewer"]) on FIELD_DEFINITION
directive @credential on FIELD_DEFINITION
directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
enum CacheControlScope { PUBLIC PRIVATE }
`
