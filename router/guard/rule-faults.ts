import type { GraphQLSchema } from 'graphql'
import { type Policies, policyNamed } from '../../subgraphs/shared/policies/registry.js'
import { type FieldAt, type FieldsType, fieldsOf } from './fields-of-schema.js'
import { isProtected, NO_RULE, type Rule } from './rule.js'

type Rules = ReadonlyMap<string, Rule>

/** Root fields of which nobody has said who may ask them. */
export function findOpenRoots(schema: GraphQLSchema, fields: Rules): string[] {
  return fieldsOf(schema)
    .filter(({ type }) => isRoot(schema, type))
    .filter(({ coordinate }) => isOpen(fields.get(coordinate) ?? NO_RULE))
    .map(({ coordinate }) => `${coordinate} has no rule: say @public, or who may ask`)
}

/** Rules as written that contradict each other or that nothing here can keep. */
export function findUnenforceableRules(schema: GraphQLSchema, written: Rules): string[] {
  return fieldsOf(schema).flatMap((field) => {
    const { coordinate, type } = field
    const rule = written.get(coordinate) ?? NO_RULE
    const tests: [boolean, string][] = [
      [rule.public && isProtected(rule), `${coordinate} is both @public and protected`],
      [rule.startsSession && !isRoot(schema, type), `${coordinate}: only a root field starts a session`],
      [rule.assurances.some(({ level }) => !isLevel(level)), `${coordinate}: @assurance has levels 1 to 3`],
      [isFedByContext(field), `${coordinate} is fed from a @context, whose rules are not read`],
    ]
    return tests.flatMap(([failed, fault]) => (failed ? [fault] : []))
  })
}

/** Names in `@policy` that stand for nothing. A field is never taken for one that nobody may ask: the name may be misspelt. */
export function findUnknownPolicies(written: Rules, policies: Policies): string[] {
  return [...written].flatMap(([coordinate, rule]) =>
    rule.policies
      .flat(2)
      .filter((name) => !policyNamed(name, policies))
      .map((name) => `${coordinate}: there is no policy "${name}"`),
  )
}

const isLevel = (level: number | null): boolean => level === null || (level >= 1 && level <= 3)

function isOpen(rule: Rule): boolean {
  return !(rule.public || isProtected(rule))
}

function isRoot(schema: GraphQLSchema, type: FieldsType): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some(
    (root) => root === type,
  )
}

function isFedByContext({ field }: FieldAt): boolean {
  const given = (field.astNode?.directives ?? []).flatMap((directive) => directive.arguments ?? [])
  return given.some(({ name }) => name.value === 'contextArguments')
}
