import { type DocumentNode, visit } from 'graphql'
import { type Link, type LinkImport, linksOf } from './links.js'
import {
  isCostSpec,
  isFederationRuleSpec,
  isFederationSpec,
  isIdentitySpec,
  isRuleDirective,
} from './rule-directives.js'

/**
 * Rule directives that go by another name, or another spec's directive under the name of a rule.
 *
 * The guard reads rules by their names; under any other name a rule composes well and protects nothing.
 */
export function findRenamedRules(document: DocumentNode): string[] {
  return [...linksOf(document).flatMap(faultsOfLink), ...faultsOfUses(document)]
}

function faultsOfLink(link: Link): string[] {
  const faults = link.imports.flatMap((item) => faultsOfImport(link, item))
  if (link.as !== null && bringsRules(link.url)) {
    faults.push(`"${link.url}" is linked as "${link.as}": rule directives keep their names`)
  }
  return faults
}

function faultsOfImport({ url }: Link, item: LinkImport): string[] {
  if (!isRule(item.name) && !isRule(item.as)) return []
  if (item.name !== item.as)
    return [`${item.name} of "${url}" is imported as ${item.as}: rule directives keep their names`]
  return bringsRules(url)
    ? []
    : [`${item.name} is imported from "${url}", which is not the spec of that rule`]
}

/** `@identity__public`, which a link without an import gives: in the supergraph it keeps that name. */
function faultsOfUses(document: DocumentNode): string[] {
  const faults = new Set<string>()
  visit(document, {
    Directive({ name: { value } }) {
      const [, bare] = value.split('__')
      if (bare !== undefined && isRuleDirective(bare)) {
        faults.add(`@${value} is used by its namespace: import "@${bare}" and use that name`)
      }
    },
  })
  return [...faults]
}

function isRule(name: string): boolean {
  return name.startsWith('@') && isRuleDirective(name.slice(1))
}

function bringsRules(url: string): boolean {
  return [isIdentitySpec, isFederationSpec, isFederationRuleSpec, isCostSpec].some((isSpec) => isSpec(url))
}
