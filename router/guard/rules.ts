import { buildASTSchema, type GraphQLSchema, parse } from 'graphql'
import { POLICIES, type Policies } from '../../subgraphs/shared/policies/registry.js'
import { type PlannerFields, readPlannerFields } from '../plan/planner-fields.js'
import { fieldsOf } from './fields-of-schema.js'
import { findMissingMarkers } from './missing-markers.js'
import type { Rule } from './rule.js'
import { findOpenRoots, findUnenforceableRules, findUnknownPolicies } from './rule-faults.js'
import { makeRuleOfField } from './rule-inheritance.js'
import { readRuleOf } from './rule-of-node.js'

/** What the guard knows of a supergraph. A field that is not in it may not be asked. */
export type RuleTable = {
  /** By coordinate, such as `User.email`, with everything the field takes over from types and requirements. */
  fields: ReadonlyMap<string, Rule>
  plannerFields: PlannerFields
}

export type RulesResult = { kind: 'ready'; rules: RuleTable } | { kind: 'refused'; faults: string[] }

/** Reads the rule of every field out of the full supergraph, and refuses one whose rules cannot all be enforced. */
export function readRules(supergraphSdl: string, policies: Policies = POLICIES): RulesResult {
  const document = parse(supergraphSdl)
  const markers = findMissingMarkers(document)
  if (markers.length > 0) return { kind: 'refused', faults: markers }

  const schema = buildASTSchema(document, { assumeValidSDL: true })
  const { written, faults } = readWritten(schema)
  const fields = inherit(schema, written)
  faults.push(
    ...findOpenRoots(schema, fields),
    ...findUnenforceableRules(schema, written),
    ...findUnknownPolicies(written, policies),
  )

  return faults.length > 0
    ? { kind: 'refused', faults }
    : { kind: 'ready', rules: { fields, plannerFields: readPlannerFields(schema) } }
}

function readWritten(schema: GraphQLSchema): { written: Map<string, Rule>; faults: string[] } {
  const types = Object.values(schema.getTypeMap()).map((type) => ({
    coordinate: type.name,
    node: type.astNode,
  }))
  const fields = fieldsOf(schema).map(({ coordinate, field }) => ({ coordinate, node: field.astNode }))
  const read = [...types, ...fields].flatMap(({ coordinate, node }) =>
    node ? [{ coordinate, ...readRuleOf(schema, coordinate, node) }] : [],
  )
  return {
    written: new Map(read.map(({ coordinate, rule }) => [coordinate, rule])),
    faults: read.flatMap((each) => each.faults),
  }
}

function inherit(schema: GraphQLSchema, written: ReadonlyMap<string, Rule>): Map<string, Rule> {
  const ruleOfField = makeRuleOfField(schema, written)
  return new Map(
    fieldsOf(schema).map(({ coordinate, type, field }) => [coordinate, ruleOfField(type, field)]),
  )
}
