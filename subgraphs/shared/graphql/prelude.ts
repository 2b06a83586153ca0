/** The head of every subgraph's SDL: federation, and the rules of this graph that any other team may use too. */
export const PRELUDE = /* GraphQL */ `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@tag", "@inaccessible", "@authenticated", "@requiresScopes", "@policy", "@composeDirective", "@cost", "@listSize"])
  @link(url: "https://usergraph.dev/identity/v1.0", import: ["@public", "@startsSession", "@assurance", "@rateLimit", "@credential", "@cacheControl"])
  @composeDirective(name: "@public") @composeDirective(name: "@startsSession") @composeDirective(name: "@assurance")
  @composeDirective(name: "@rateLimit") @composeDirective(name: "@credential") @composeDirective(name: "@cacheControl")

"Anyone may ask. Every root field is either @public or carries a rule; the router does not start otherwise."
directive @public on FIELD_DEFINITION
"The only root field of its operation. On success its subtree is answered as the person who has just signed in."
directive @startsSession on FIELD_DEFINITION
"Needs a recent proof. Without \`level\`: the strongest factor the person has enrolled. Refused with STEP_UP_REQUIRED { methods, assurance, maxAgeSeconds }."
directive @assurance(level: Int, maxAge: Int! = 300) on FIELD_DEFINITION
"Traffic limit for this field, counted per execution (aliases count). \`by\`: any of ip, viewer, client, or an argument path such as \`input.identifier\`."
directive @rateLimit(max: Int!, window: String!, burst: Int, by: [String!]! = ["viewer"]) on FIELD_DEFINITION
"Takes, checks or sends a secret: at most one such field in an operation."
directive @credential on FIELD_DEFINITION
directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
enum CacheControlScope { PUBLIC PRIVATE }
`
