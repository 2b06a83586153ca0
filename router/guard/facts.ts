import type { ArgumentNode, OperationTypeNode } from 'graphql'
import type { AssuranceRule } from '../../subgraphs/shared/identity/assurance.js'
import type { ReadArguments } from './coerced-arguments.js'
import type { CostTerm } from './cost.js'
import type { AnyOf, RateLimitRule } from './rule.js'

/** Where in the operation something is asked; `path` is of response keys. */
export type Place = {
  coordinate: string
  path: string
  /** Under a field that signs someone in: asked as that person, who has no scopes. */
  inNewSession: boolean
}

export type Demand = Place & { anyOf: AnyOf }

/** One for each way in which the field is asked: a policy may look at what it is given. */
export type PolicyDemand = Demand & { given: ReadArguments }

export type RootField = {
  coordinate: string
  name: string
  responseName: string
  arguments: readonly ArgumentNode[]
}

type RateLimitedExecution = Place & {
  rule: RateLimitRule
  credential: boolean
  arguments: readonly ArgumentNode[]
}

/** What the guard must know of an operation. The document alone decides it, so it is worked out once for each. */
export type OperationFacts = {
  operation: OperationTypeNode
  rootFields: RootField[]
  /** Whether it asks for the schema, which not every router answers. */
  introspects: boolean
  needsViewer: Place[]
  scopes: Demand[]
  policies: PolicyDemand[]
  assurances: (Place & { assurance: AssuranceRule })[]
  credentialCount: number
  startsSession: RootField | null
  rateLimited: RateLimitedExecution[]
  cost: CostTerm[]
  /** Set when the answer is the same for everyone, with how long it may be kept. */
  publicCache: { maxAgeSeconds: number } | null
  variableDefaults: Readonly<Record<string, unknown>>
}
