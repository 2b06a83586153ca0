import { policyNamed } from '../../subgraphs/shared/policies/registry.js'
import { isScopeName } from '../../subgraphs/shared/policies/scope.js'
import type { AnyOf, RateLimitRule, Rule } from './rule.js'
import { isProtected } from './rule.js'
import type { RuleTable } from './rules.js'

/** What the guard does about one field, in words. */
export type FieldRules = { type: string; field: string; who: string; besides: string[] }

const ROOTS = ['Query', 'Mutation', 'Subscription']

/** Every root field, and every other field that not everyone may ask who reaches it; roots first, then by name. */
export function describeRules({ fields }: RuleTable): FieldRules[] {
  return [...fields]
    .map(([coordinate, rule]) => {
      const [type = '', field = ''] = coordinate.split('.')
      return { type, field, rule }
    })
    .filter(({ type, rule }) => ROOTS.includes(type) || isProtected(rule))
    .sort((one, other) => placeOf(one).localeCompare(placeOf(other)))
    .map(({ type, field, rule }) => ({ type, field, who: whoMay(rule), besides: besidesOf(rule) }))
}

/** The policies that the schema names, besides scopes, with whom each lets in. */
export function describePolicies({ fields }: RuleTable): { name: string; says: string }[] {
  const names = new Set([...fields.values()].flatMap(({ policies }) => policies.flat(2)))
  return [...names]
    .filter((name) => !isScopeName(name))
    .sort((one, other) => one.localeCompare(other))
    .map((name) => ({ name, says: policyNamed(name)?.says ?? 'nobody' }))
}

function placeOf({ type, field }: { type: string; field: string }): string {
  const root = ROOTS.indexOf(type)
  return `${root < 0 ? ROOTS.length : root} ${type} ${field}`
}

function whoMay(rule: Rule): string {
  if (!isProtected(rule)) return 'anyone'
  const demands = [
    ...rule.scopes.map((anyOf) => `scope ${alternatives(anyOf)}`),
    ...rule.policies.map((anyOf) => `${alternatives(anyOf)}${isByRow(anyOf) ? ', by row' : ''}`),
  ]
  const proofs = rule.assurances.map(
    ({ level, maxAgeSeconds }) =>
      `proved within ${spanOf(maxAgeSeconds)}${level === null ? '' : ` at AAL${level}`}`,
  )
  return [...(demands.length > 0 ? demands : ['signed in']), ...proofs].join('; ')
}

const isByRow = (anyOf: AnyOf): boolean => anyOf.flat().some((name) => policyNamed(name)?.holdsFor)

const alternatives = (anyOf: AnyOf): string => anyOf.map((names) => names.join(' and ')).join(' or ')

function besidesOf({ credential, startsSession, rateLimits, cost, cacheControl }: Rule): string[] {
  return [
    ...(startsSession ? ['signs in'] : []),
    ...(credential ? ['takes a secret'] : []),
    ...rateLimits.map(limitOf),
    ...(cost.weight === null ? [] : [`costs ${cost.weight}`]),
    ...(cacheControl?.scope === 'PUBLIC' && cacheControl.maxAgeSeconds !== null
      ? [`may be kept ${spanOf(cacheControl.maxAgeSeconds)}`]
      : []),
  ]
}

function limitOf({ max, windowSeconds, burst, by }: RateLimitRule): string {
  return `${max}${burst > 0 ? ` and ${burst} to spare` : ''} in ${spanOf(windowSeconds)} by ${by.join(', ')}`
}

const UNITS: [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
]

function spanOf(seconds: number): string {
  const unit = UNITS.find(([size]) => seconds >= size && seconds % size === 0)
  return unit ? `${seconds / unit[0]} ${unit[1]}` : `${seconds} s`
}
