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
import { NO_RULE, type Rule, strictest, withDemandsOf, withRulesOf } from './rule.js'

/** Rules as written, by the coordinate of a type or field. */
export type WrittenRules = ReadonlyMap<string, Rule>

/**
 * What a selection of a field demands in all: its own rule, those of the type it stands on and of the type it
 * answers, those of the fields it `@requires`, on an interface those of every type that implements it, and on a type
 * what its interfaces say of the field: naming the type in a fragment is no way round them.
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
      ruleOfType(schema, written, type),
      ruleOfType(schema, written, getNamedType(field.type)),
      ...required(type, field),
    ])
    known.set(coordinate, rule)
    return rule
  }

  function ownRule(type: FieldsType, field: GraphQLField<unknown, unknown>): Rule {
    const own = written.get(`${type.name}.${field.name}`) ?? NO_RULE
    const cacheControl = own.cacheControl ?? written.get(getNamedType(field.type).name)?.cacheControl ?? null
    const cost = {
      ...own.cost,
      weight: own.cost.weight ?? weightOfType(schema, written, getNamedType(field.type)),
    }
    if (!isInterfaceType(type)) {
      return withRulesOf({ ...own, cacheControl, cost }, saidByInterfaces(written, type, field))
    }

    const implementing = schema.getPossibleTypes(type).flatMap((object) => rulesOf(object, field.name))
    return withDemandsOf(strictest(implementing), [own])
  }

  /** What an interface object requires stands on the interface, and is fetched for each type behind it. */
  function required(type: FieldsType, { name }: GraphQLField<unknown, unknown>): Rule[] {
    return [type, ...type.getInterfaces()]
      .flatMap((each) => valuesOf(each.getFields()[name]?.astNode, 'join__field', 'requires'))
      .flatMap((fieldSet) => fieldsInSet(schema, type.name, fieldSet))
      .flatMap((needed) => rulesOf(schema.getType(needed.type), needed.field))
  }

  function rulesOf(type: GraphQLNamedType | undefined, name: string): Rule[] {
    if (!(isObjectType(type) || isInterfaceType(type))) return []
    const field = type.getFields()[name]
    return field ? [ruleOfField(type, field)] : []
  }

  return ruleOfField
}

/**
 * What an interface says of a field itself. Nobody can write Apollo's rules on one: those that stand there composition has
 * gathered from all types behind it, and one type's are not another's.
 */
function saidByInterfaces(
  written: WrittenRules,
  type: FieldsType,
  { name }: GraphQLField<unknown, unknown>,
): Rule[] {
  return type
    .getInterfaces()
    .filter((each) => name in each.getFields())
    .map((each) => written.get(`${each.name}.${name}`) ?? NO_RULE)
    .map((rule) => ({ ...rule, authenticated: false, scopes: [], policies: [] }))
}

function weightOfType(schema: GraphQLSchema, written: WrittenRules, type: GraphQLNamedType): number | null {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
  return dearest(types.map(({ name }) => (written.get(name) ?? NO_RULE).cost)).weight
}

/** An interface or union stands for all of its types: that there is an answer at all may be protected. */
function ruleOfType(schema: GraphQLSchema, written: WrittenRules, type: GraphQLNamedType): Rule {
  const own = written.get(type.name) ?? NO_RULE
  if (!isAbstractType(type)) return own
  return withDemandsOf(
    own,
    schema.getPossibleTypes(type).map(({ name }) => written.get(name) ?? NO_RULE),
  )
}
