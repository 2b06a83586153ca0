import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Response keys that are ours, and go again before anybody sees them. */
export const NOTHING_KEY = '_usergraph_nothing'
export const TYPE_KEY = '_usergraph_type'

type Denied = { has(coordinate: string): boolean }

/**
 * The operation without the fields that are denied, as a document that runs.
 *
 * Where nothing is left of a selection something that everybody may know stands in, and where a type is only known once
 * there is an answer, that is asked for: so that `fillDenied` can put nulls where the denied fields would have been.
 */
export function withoutDenied(
  document: DocumentNode,
  operationName: string | undefined,
  { schema, denied }: { schema: GraphQLSchema; denied: Denied },
): string {
  const types = new TypeInfo(schema)
  const stripped: DocumentNode = visit(
    operationIn(document, operationName),
    visitWithTypeInfo(types, {
      Field: {
        enter: ({ name }) => (denied.has(`${types.getParentType()?.name}.${name.value}`) ? null : undefined),
      },
      SelectionSet: {
        leave(node) {
          const isAbstract = isAbstractType(types.getParentType())
          const selections = [...node.selections, ...(isAbstract ? [typenameAs(TYPE_KEY)] : [])]
          return { ...node, selections: selections.length > 0 ? selections : [typenameAs(NOTHING_KEY)] }
        },
      },
    }),
  )
  return print(withoutUnused(operationIn(stripped, operationName)))
}

function typenameAs(alias: string): FieldNode & SelectionNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: '__typename' },
  }
}

/** One operation with the fragments that it spreads. */
function operationIn(document: DocumentNode, name: string | undefined): DocumentNode {
  const operations = separateOperations(document)
  const chosen = name === undefined ? Object.values(operations)[0] : operations[name]
  if (!chosen) throw new Error('an operation that was read before is not there')
  return chosen
}

/** A variable that nothing uses any more is not valid. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>()
  const collect = (node: OperationDefinitionNode | DocumentNode) =>
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void used.add(name.value),
    })
  collect(document)
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  })
}
