import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import type { GivenArguments } from '../../subgraphs/shared/policies/policy.js'
import { DocumentRefused } from '../document-refused.js'

type Values = Readonly<Record<string, unknown>>

/** What a field is given, once the variables of a request are known. */
export type ReadArguments = (variables: Values) => GivenArguments

const NOTHING: GivenArguments = {}

/**
 * Reads arguments as a subgraph will be given them: of their types, and with what the schema puts in for what is left out.
 *
 * That costs more than to take them as they are written, so only who decides by them does it; variables once a request.
 */
export function makeArgumentReader(schema: GraphQLSchema, operation: OperationDefinitionNode) {
  const known = new WeakMap<Values, Values>()

  function valuesOf(variables: Values): Values {
    const before = known.get(variables)
    if (before) return before
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
    if (!coerced) throw misfit()
    known.set(variables, coerced)
    return coerced
  }

  return (field: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments =>
    (variables) => {
      if (field.args.length === 0) return NOTHING
      const values = valuesOf(variables)
      try {
        return getArgumentValues(field, node, values)
      } catch {
        throw misfit() // a variable that may be null, and is, where none may be: graphql's words would repeat it
      }
    }
}

/** The gateway would refuse a variable as well, and an argument at its field alone; but who cannot read it cannot decide. */
const misfit = () => new DocumentRefused('BAD_USER_INPUT', 'variables that do not fit')
