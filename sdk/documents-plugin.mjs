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
export const plugin = (_schema, documents) => {
  const { definitions } = concatAST(documents.flatMap(({ document }) => document ?? []))
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )

  return {
    prepend: ["import type { TypedDocument } from '../typed-document.js'"],
    content: operations.map((operation) => constant(operation, fragments)).join('\n'),
  }
}

/**
 * @param {import('graphql').OperationDefinitionNode} operation
 * @param {Map<string, import('graphql').FragmentDefinitionNode>} fragments
 */
function constant(operation, fragments) {
  const name = operation.name?.value
  const type = `${name}${operation.operation === 'mutation' ? 'Mutation' : 'Query'}`
  const text = [operation, ...spreadIn(operation, fragments)].map(print).join('\n')
  return `\nexport const ${name}Document = \`${text}\` as TypedDocument<${type}, ${type}Variables>`
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
