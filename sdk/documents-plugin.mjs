import { concatAST, Kind, print, visit } from 'graphql'

/**
 * Writes each operation as a string with its fragments behind it.
 *
 * Codegen's own string documents are objects of a class typed by a package that wants `graphql` beside it; plain
 * strings need nothing at run time and nothing to install.
 *
 * @param {import('graphql').GraphQLSchema} _schema
 * @param {{ document?: import('graphql').DocumentNode }[]} documents
 */
export const plugin = (_schema, documents) => ({
  prepend: ["import type { TypedDocument } from '../typed-document.js'"],
  content: operationsIn(documents).map(constant).join('\n'),
})

/**
 * Each operation with its text as it is sent.
 *
 * @param {{ document?: import('graphql').DocumentNode }[]} documents
 */
export function operationsIn(documents) {
  const { definitions } = concatAST(documents.flatMap(({ document }) => document ?? []))
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )

  return operations.map((operation) => ({
    name: operation.name?.value ?? '',
    type: operation.operation,
    text: [operation, ...spreadIn(operation, fragments)].map(print).join('\n'),
  }))
}

/** @param {{ name: string, type: string, text: string }} operation */
function constant({ name, type, text }) {
  const types = `${name}${type === 'mutation' ? 'Mutation' : 'Query'}`
  return `\nexport const ${name}Document = \`${text}\` as TypedDocument<${types}, ${types}Variables>`
}

/**
 * Every fragment a definition needs, also through others.
 *
 * @param {import('graphql').ExecutableDefinitionNode} definition
 * @param {Map<string, import('graphql').FragmentDefinitionNode>} fragments
 * @param {Set<import('graphql').FragmentDefinitionNode>} found
 */
function spreadIn(definition, fragments, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value)
      if (!fragment || found.has(fragment)) return
      found.add(fragment)
      spreadIn(fragment, fragments, found)
    },
  })
  return found
}
