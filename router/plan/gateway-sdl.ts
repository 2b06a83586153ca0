import { type DirectiveNode, parse, print, visit } from 'graphql'
import { argumentsOf } from './links.js'
import { isFederationRule, isFederationRuleSpec } from './rule-directives.js'

/**
 * A copy of the supergraph that `@apollo/gateway` loads.
 *
 * The gateway refuses a link "for: SECURITY" it does not implement, and it implements none of
 * Apollo's field rules. Only those go: their links, definitions, scalars and uses. Our own
 * directives, `@tag`, `@cost` and `@listSize` may stay, their links ask nothing of who executes.
 *
 * What remains protects nothing. The guard reads its rules from the full supergraph, never from this.
 */
export function forGateway(supergraphSdl: string): string {
  const copy = visit(parse(supergraphSdl), {
    Directive: (node) => (isFederationRule(node.name.value) || isRuleLink(node) ? null : undefined),
    DirectiveDefinition: (node) => (isFederationRule(node.name.value) ? null : undefined),
    // `requiresScopes__Scope` and `policy__Policy`
    ScalarTypeDefinition: (node) =>
      isFederationRule(node.name.value.split('__')[0] ?? '') ? null : undefined,
  })
  return print(copy)
}

function isRuleLink(directive: DirectiveNode): boolean {
  if (directive.name.value !== 'link') return false
  const { url } = argumentsOf(directive)
  return typeof url === 'string' && isFederationRuleSpec(url)
}
