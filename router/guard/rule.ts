import type { AssuranceRule } from '../../subgraphs/shared/identity/assurance.js'
import { type CostRule, dearest, NO_COST } from './cost-rule.js'

/** Alternatives of which one is enough; an alternative holds when each of its names does. */
export type AnyOf = readonly (readonly string[])[]

export type RateLimitRule = {
  /** The field whose rule this is; every interface in front of it counts against the same figure. */
  coordinate: string
  max: number
  windowSeconds: number
  /** Executions to spare above `max`. */
  burst: number
  /** `ip`, `viewer`, `client` or the path of an argument. Each is a count of its own. */
  by: readonly string[]
}

export type CacheRule = {
  maxAgeSeconds: number | null
  scope: 'PUBLIC' | 'PRIVATE' | null
  inheritMaxAge: boolean
}

/** Everything the schema says of one field, with what it takes over from its types. Every entry of a list must hold. */
export type Rule = {
  public: boolean
  authenticated: boolean
  scopes: readonly AnyOf[]
  policies: readonly AnyOf[]
  assurances: readonly AssuranceRule[]
  startsSession: boolean
  credential: boolean
  rateLimits: readonly RateLimitRule[]
  cacheControl: CacheRule | null
  cost: CostRule
}

export const NO_RULE: Rule = {
  public: false,
  authenticated: false,
  scopes: [],
  policies: [],
  assurances: [],
  startsSession: false,
  credential: false,
  rateLimits: [],
  cacheControl: null,
  cost: NO_COST,
}

/** Whether a field is for some callers only. */
export function isProtected(rule: Rule): boolean {
  return (
    rule.authenticated || rule.scopes.length > 0 || rule.policies.length > 0 || rule.assurances.length > 0
  )
}

/** The rule with what others ask of the caller; what happens when the field runs stays the rule's own. */
export function withDemandsOf(rule: Rule, others: readonly Rule[]): Rule {
  const all = [rule, ...others]
  return {
    ...rule,
    authenticated: all.some((each) => each.authenticated),
    scopes: distinct(all.flatMap((each) => each.scopes)),
    policies: distinct(all.flatMap((each) => each.policies)),
    assurances: distinct(all.flatMap((each) => each.assurances)),
  }
}

/** The rule with all that others say but how its answer is kept and what it costs. */
export function withRulesOf(rule: Rule, others: readonly Rule[]): Rule {
  return {
    ...withDemandsOf(rule, others),
    credential: [rule, ...others].some((each) => each.credential),
    rateLimits: distinct([rule, ...others].flatMap((each) => each.rateLimits)),
  }
}

/** All of the rules at once: what a selection on an interface may turn out to run. */
export function strictest(rules: readonly Rule[]): Rule {
  const demands = withDemandsOf(NO_RULE, rules)
  return {
    ...demands,
    public: rules.length > 0 && rules.every((rule) => rule.public),
    startsSession: rules.some((rule) => rule.startsSession),
    credential: rules.some((rule) => rule.credential),
    rateLimits: distinct(rules.flatMap((rule) => rule.rateLimits)),
    cacheControl: strictestCache(rules.map((rule) => rule.cacheControl)),
    cost: dearest(rules.map((rule) => rule.cost)),
  }
}

/** A hint holds for all only when all agree; one that says PRIVATE speaks for all. */
function strictestCache(hints: readonly (CacheRule | null)[]): CacheRule | null {
  const secret = hints.find((hint) => hint?.scope === 'PRIVATE')
  if (secret) return secret
  return distinct(hints).length === 1 ? (hints[0] ?? null) : null
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}
