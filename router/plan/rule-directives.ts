/** Field rules that come with federation; each arrives in a supergraph through a link of its own. */
export const FEDERATION_RULES = ['authenticated', 'requiresScopes', 'policy'] as const

/** Field rules of our own spec; they reach a supergraph only through `@composeDirective`. */
export const IDENTITY_RULES = [
  'public',
  'startsSession',
  'assurance',
  'rateLimit',
  'credential',
  'cacheControl',
] as const

/** What a field costs; both come with federation, through one link. */
const COST_RULES: readonly string[] = ['cost', 'listSize']

const RULES: ReadonlySet<string> = new Set([...FEDERATION_RULES, ...IDENTITY_RULES, ...COST_RULES])

const APOLLO_SPECS = 'https://specs.apollo.dev/'
const IDENTITY_SPEC = 'https://usergraph.dev/identity/v1.'

export function isRuleDirective(name: string): boolean {
  return RULES.has(name)
}

export function isFederationRule(name: string): boolean {
  return FEDERATION_RULES.some((rule) => rule === name)
}

export function isCostRule(name: string): boolean {
  return COST_RULES.includes(name)
}

/** Whether the url is the spec of `@cost` and `@listSize`, as a supergraph links it. */
export function isCostSpec(url: string): boolean {
  return isSpecOf(url, 'cost')
}

export function isIdentitySpec(url: string): boolean {
  return url.startsWith(IDENTITY_SPEC)
}

/** Whether the url is the spec of one of Apollo's field rules, as a supergraph links it. */
export function isFederationRuleSpec(url: string): boolean {
  return FEDERATION_RULES.some((rule) => isSpecOf(url, rule))
}

/** The spec a subgraph links to use Apollo's field rules. */
export function isFederationSpec(url: string): boolean {
  return isSpecOf(url, 'federation')
}

function isSpecOf(url: string, name: string): boolean {
  return url.startsWith(`${APOLLO_SPECS}${name}/`)
}
