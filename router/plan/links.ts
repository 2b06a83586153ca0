import { type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql'

export type LinkImport = { name: string; as: string }

export type Link = { url: string; as: string | null; imports: readonly LinkImport[] }

/**
 * Every spec a schema links.
 *
 * A link is told by its `url`, not by its name: `@link` may itself be renamed, and a link under
 * another name would escape whoever looks for renamed rules.
 */
export function linksOf(document: DocumentNode): Link[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).flatMap(readLink)
      : [],
  )
}

export function argumentsOf(directive: DirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  )
}

function readLink(directive: DirectiveNode): Link[] {
  const { url, as, import: imports } = argumentsOf(directive)
  if (typeof url !== 'string') return []

  return [
    {
      url,
      as: typeof as === 'string' ? as : null,
      imports: Array.isArray(imports) ? imports.flatMap(readImport) : [],
    },
  ]
}

function readImport(item: unknown): LinkImport[] {
  if (typeof item === 'string') return [{ name: item, as: item }]
  if (typeof item !== 'object' || item === null || !('name' in item)) return []

  const name = String(item.name)
  return [{ name, as: 'as' in item && typeof item.as === 'string' ? item.as : name }]
}
