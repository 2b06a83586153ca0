import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from 'graphql'
import { AppError } from '../errors/app-error.js'
import { type AssuranceRule, proofLacking } from '../identity/assurance.js'
import type { Viewer } from '../identity/viewer.js'
import type { GivenArguments, Policy } from '../policies/policy.js'
import { policyNamed } from '../policies/registry.js'
import type { RequestContext } from './request-context.js'

type Alternatives = readonly (readonly string[])[]

type FieldRule = {
  authenticated: boolean
  scopes: Alternatives | null
  policies: Alternatives | null
  assurance: AssuranceRule | null
}

/** The default of `@assurance(maxAge:)` in the prelude. */
export const DEFAULT_MAX_AGE_SECONDS = 300

/**
 * Decides again what the router decided, and alone what only the owner of a row can: `@policy([["self"], [scope]])`
 * answers null for a row that is someone else's, exactly as for a row that does not exist (SECURITY 2.6, 2.7).
 */
export function enforceRules(schema: GraphQLSchema): void {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType)
  for (const type of types) {
    for (const field of Object.values(type.getFields())) {
      // A rule of the type and one of its field must both hold, as in the router, and so must one of an interface's field.
      guard(field, readRule(field.astNode?.directives))
      guard(field, readRule(type.astNode?.directives))
      for (const above of type.getInterfaces()) {
        guard(field, readRule(above.getFields()[field.name]?.astNode?.directives))
      }
    }
  }
}

function guard(field: GraphQLField<unknown, RequestContext>, rule: FieldRule | null): void {
  if (!rule) return
  const resolve = field.resolve ?? defaultFieldResolver
  const policies = rule.policies && readPolicies(rule.policies)

  field.resolve = (source, args, context, info) => {
    refuseWithoutRight(rule, context.viewer)
    if (policies && !allows(policies, { viewer: context.viewer, given: args, row: source })) return null
    return resolve(source, args, context, info)
  }
}

function refuseWithoutRight({ authenticated, scopes, assurance }: FieldRule, viewer: Viewer | null): void {
  if ((authenticated || scopes || assurance) && !viewer) throw new AppError('UNAUTHENTICATED')
  if (scopes && !scopes.some((all) => all.every((scope) => viewer?.scopes.includes(scope)))) {
    throw new AppError('FORBIDDEN')
  }
  const lacking = assurance && viewer && proofLacking(viewer, [assurance])
  if (lacking) throw lacking
}

type AnyOf = readonly (readonly Policy[])[]

/** A schema that names a policy which nothing here can keep is not served. */
const readPolicies = (alternatives: Alternatives): AnyOf =>
  alternatives.map((all) =>
    all.map((name) => {
      const policy = policyNamed(name)
      if (!policy) throw new Error(`there is no policy "${name}"`)
      return policy
    }),
  )

type Asked = { viewer: Viewer | null; given: GivenArguments; row: unknown }

function allows(anyOf: AnyOf, { viewer, given, row }: Asked): boolean {
  if (!viewer) return false
  const holds = ({ mayHold, holdsFor }: Policy) =>
    mayHold(viewer, given) && (holdsFor === undefined || holdsFor(viewer, row))
  return anyOf.some((all) => all.every(holds))
}

function readRule(directives: readonly ConstDirectiveNode[] = []): FieldRule | null {
  const named = (name: string) => directives.find((directive) => directive.name.value === name)
  const scopes = alternativesOf(named('requiresScopes'), 'scopes')
  const policies = alternativesOf(named('policy'), 'policies')
  const authenticated = named('authenticated') !== undefined
  const assurance = assuranceOf(named('assurance'))
  return authenticated || scopes || policies || assurance
    ? { authenticated, scopes, policies, assurance }
    : null
}

function assuranceOf(directive: ConstDirectiveNode | undefined): AssuranceRule | null {
  if (!directive) return null
  const figure = (name: string): number | null => {
    const given = directive.arguments?.find((argument) => argument.name.value === name)
    return given?.value.kind === Kind.INT ? Number(given.value.value) : null
  }
  return { level: figure('level'), maxAgeSeconds: figure('maxAge') ?? DEFAULT_MAX_AGE_SECONDS }
}

function alternativesOf(directive: ConstDirectiveNode | undefined, argument: string): Alternatives | null {
  const node = directive?.arguments?.find(({ name }) => name.value === argument)
  // The shape is fixed by federation's own definition of the directive, which the schema was built against.
  return node ? (valueFromASTUntyped(node.value) as Alternatives) : null
}
