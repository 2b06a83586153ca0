import {
  type DirectiveNode,
  type GraphQLSchema,
  getDirectiveValues,
  type InputValueDefinitionNode,
} from 'graphql'
import type { AssuranceRule } from '../../subgraphs/shared/identity/assurance.js'
import { costOf, faultsOfCost } from './cost-rule.js'
import { type AnyOf, type CacheRule, NO_RULE, type RateLimitRule, type Rule } from './rule.js'

/** A field or type of the supergraph, as its SDL wrote it. */
export type RuleNode = {
  directives?: readonly DirectiveNode[] | undefined
  arguments?: readonly InputValueDefinitionNode[] | undefined
}

/** The rule written on one field or type itself; faults say what cannot be enforced as written. */
export function readRuleOf(
  schema: GraphQLSchema,
  coordinate: string,
  node: RuleNode,
): { rule: Rule; faults: string[] } {
  const valuesOf = (name: string) => valuesOfDirective(schema, name, node)
  const limit = valuesOf('rateLimit')
  const rateLimit = limit && readRateLimit(coordinate, limit)

  const rule: Rule = {
    ...NO_RULE,
    public: valuesOf('public') !== null,
    authenticated: valuesOf('authenticated') !== null,
    scopes: listOf(valuesOf('requiresScopes'), 'scopes'),
    policies: listOf(valuesOf('policy'), 'policies'),
    assurances: readAssurance(valuesOf('assurance')),
    startsSession: valuesOf('startsSession') !== null,
    credential: valuesOf('credential') !== null,
    rateLimits: rateLimit ? [rateLimit] : [],
    cacheControl: readCacheControl(valuesOf('cacheControl')),
    cost: costOf(
      valuesOf('cost'),
      valuesOf('listSize'),
      (node.arguments ?? []).map((argument) => ({
        name: argument.name.value,
        cost: valuesOfDirective(schema, 'cost', argument),
      })),
    ),
  }
  return {
    rule,
    faults: [
      ...(rateLimit ? faultsOfRateLimit(rateLimit, node) : []),
      ...faultsOfCost(coordinate, rule.cost),
    ],
  }
}

type Values = Record<string, unknown>

function valuesOfDirective(schema: GraphQLSchema, name: string, node: RuleNode): Values | null {
  const directive = schema.getDirective(name)
  return (directive && getDirectiveValues(directive, { directives: node.directives ?? [] })) ?? null
}

// The casts below hold because `getDirectiveValues` has coerced the values by the directive's definition.

function listOf(values: Values | null, name: string): AnyOf[] {
  return values ? [values[name] as AnyOf] : []
}

function readAssurance(values: Values | null): AssuranceRule[] {
  if (!values) return []
  return [
    { level: (values['level'] as number | undefined) ?? null, maxAgeSeconds: values['maxAge'] as number },
  ]
}

function readCacheControl(values: Values | null): CacheRule | null {
  if (!values) return null
  return {
    maxAgeSeconds: (values['maxAge'] as number | undefined) ?? null,
    scope: (values['scope'] as CacheRule['scope'] | undefined) ?? null,
    inheritMaxAge: values['inheritMaxAge'] === true,
  }
}

function readRateLimit(coordinate: string, values: Values): RateLimitRule {
  return {
    coordinate,
    max: values['max'] as number,
    windowSeconds: secondsOf(values['window'] as string),
    burst: (values['burst'] as number | undefined) ?? 0,
    by: values['by'] as string[],
  }
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }

function secondsOf(window: string): number {
  const [, figure, unit] = /^(\d{1,6})([smhd])$/.exec(window) ?? []
  return Number(figure) * (SECONDS[unit ?? ''] ?? Number.NaN)
}

function faultsOfRateLimit(
  { coordinate, max, windowSeconds, burst, by }: RateLimitRule,
  node: RuleNode,
): string[] {
  const faults: string[] = []
  if (max < 1 || burst < 0) faults.push(`${coordinate}: @rateLimit allows less than nothing`)
  if (!(windowSeconds > 0))
    faults.push(`${coordinate}: @rateLimit has a window that is not like 30s, 10m, 1h or 7d`)
  if (by.length === 0) faults.push(`${coordinate}: @rateLimit counts by nothing`)
  return [
    ...faults,
    ...by
      .filter((key) => !isKey(key, node))
      .map((key) => `${coordinate}: @rateLimit counts by "${key}", which is no argument of the field`),
  ]
}

function isKey(key: string, node: RuleNode): boolean {
  if (['ip', 'viewer', 'client'].includes(key)) return true
  const [argument] = key.split('.')
  return (node.arguments ?? []).some(({ name }) => name.value === argument)
}
