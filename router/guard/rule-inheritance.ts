import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { fieldsInSet, valuesOf } from '../plan/field-sets.js'
import { dearest } from './cost-rule.js'
import type { FieldsType } from './fields-of-schema.js'
import { NO_RULE, type Rule, strictest, withDemandsOf } from './rule.js'

/** Rules as written, by the coordinate of a type or field. */
export type WrittenRules = ReadonlyMap<string, Rule>

/**
 * What a selection of a field demands in all: its own rule, those of the type it stands on and of the type it
 * answers, those of the fields it `@requires`, and on an interface those of every type that implements it.
 */
export function makeRuleOfField(schema: GraphQLSchema, written: WrittenRules) {
  const known = new Map<string, Rule>()

  function ruleOfField(type: FieldsType, field: GraphQLField<unknown, unknown>): Rule {
    const coordinate = `${type.name}.${field.name}`
    const settled = known.get(coordinate)
    if (settled) return settled

    // Stands in while the field is being read, should fields require each other in a circle.
    known.set(coordinate, written.get(coordinate) ?? NO_RULE)
    const rule = withDemandsOf(ownRule(type, field), [
      ruleOfType(type),
      ruleOfType(getNamedType(field.type)),
      ...required(type, field),
    ])
    known.set(coordinate, rule)
    return rule
  }

  function ownRule(type: FieldsType, field: GraphQLField<unknown, unknown>): Rule {
    const own = written.get(`${type.name}.${field.name}`) ?? NO_RULE
    const cacheControl = own.cacheControl ?? written.get(getNamedType(field.type).name)?.cacheControl ?? null
    const cost = { ...own.cost, weight: own.cost.weight ?? weightOfType(getNamedType(field.type)) }
    if (!isInterfaceType(type)) return { ...own, cacheControl, cost }

    const implementing = schema.getPossibleTypes(type).flatMap((object) => rulesOf(object, field.name))
    return withDemandsOf(strictest(implementing), [own])
  }

  function weightOfType(type: GraphQLNamedType): number | null {
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
    return dearest(types.map(({ name }) => (written.get(name) ?? NO_RULE).cost)).weight
  }

  function required(type: FieldsType, field: GraphQLField<unknown, unknown>): Rule[] {
    return valuesOf(field.astNode, 'join__field', 'requires')
      .flatMap((fieldSet) => fieldsInSet(schema, type.name, fieldSet))
      .flatMap((needed) => rulesOf(schema.getType(needed.type), needed.field))
  }

  function rulesOf(type: GraphQLNamedType | undefined, name: string): Rule[] {
    if (!(isObjectType(type) || isInterfaceType(type))) return []
    const field = type.getFields()[name]
    return field ? [ruleOfField(type, field)] : []
  }

  /** An interface or union stands for all of its types: that there is an answer at all may be protected. */
  function ruleOfType(type: GraphQLNamedType): Rule {
    const own = written.get(type.name) ?? NO_RULE
    if (!isAbstractType(type)) return own
    return withDemandsOf(
      own,
      schema.getPossibleTypes(type).map(({ name }) => written.get(name) ?? NO_RULE),
    )
  }

  return ruleOfField
}
