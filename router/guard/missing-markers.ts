import { type DocumentNode, Kind, visit } from 'graphql'
import { linksOf } from '../plan/links.js'
import { findRenamedRules } from '../plan/renamed-rules.js'
import {
  FEDERATION_RULES,
  IDENTITY_RULES,
  isCostRule,
  isCostSpec,
  isFederationRule,
  isFederationRuleSpec,
  isIdentitySpec,
  isRuleDirective,
} from '../plan/rule-directives.js'

/**
 * Signs that a supergraph's rules were taken out, as they are from the gateway's copy.
 *
 * Such a supergraph loads and answers everything to everyone, so it must never get as far as the guard.
 */
export function findMissingMarkers(supergraph: DocumentNode): string[] {
  const links = linksOf(supergraph).map(({ url }) => url)
  const faults = findRenamedRules(supergraph)

  if (!links.some(isIdentitySpec)) {
    faults.push(`The identity spec is not linked: the rules ${atNames(IDENTITY_RULES)} are gone`)
  }
  if (!links.some(isFederationRuleSpec)) {
    faults.push(
      `No spec of ${atNames(FEDERATION_RULES)} is linked: rules were taken out, or nothing is protected`,
    )
  }
  return [...faults, ...halfTakenOut(supergraph, links)]
}

/** A directive in use needs its definition, without which its use is not read, and its link. */
function halfTakenOut(supergraph: DocumentNode, links: readonly string[]): string[] {
  const used = new Set<string>()
  const defined = new Set<string>()
  visit(supergraph, {
    Directive: ({ name }) => void used.add(name.value),
    [Kind.DIRECTIVE_DEFINITION]: (node: { name: { value: string } }) => void defined.add(node.name.value),
  })

  const rules = [...used].filter(isRuleDirective)
  return [
    ...rules.filter((rule) => !defined.has(rule)).map((rule) => `@${rule} is used and not defined`),
    ...rules
      .filter((rule) => !isLinked(rule, links))
      .map((rule) => `@${rule} is used and its spec is not linked`),
  ]
}

function isLinked(rule: string, links: readonly string[]): boolean {
  if (isCostRule(rule)) return links.some(isCostSpec)
  if (!isFederationRule(rule)) return links.some(isIdentitySpec)
  return links.some((url) => isFederationRuleSpec(url) && url.includes(`/${rule}/`))
}

function atNames(names: readonly string[]): string {
  return names.map((name) => `@${name}`).join(', ')
}
