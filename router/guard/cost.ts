import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLField,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql'
import type { EdgeRules } from '../edge/edge-rules.js'
import type { CostRule } from './cost-rule.js'

export type CostRules = EdgeRules['cost']

/** How many times what is below is run: the figures of these arguments, or what is assumed without them. */
export type Factor = {
  arguments: readonly { name: string; value: ArgumentNode['value'] | null; assumed: unknown }[]
  assumedSize: number | 'page'
  isRoot: boolean
}

/** One field of an operation: its weight, as many times as all lists above it are long. */
export type CostTerm = { weight: number; factors: readonly Factor[] }

/** What the fields below a field take over from it. */
export type CostScope = {
  factors: readonly Factor[]
  /** Fields below that are the list whose size the field above was given. */
  sized: ReadonlyMap<string, Factor>
}

const NOTHING_SIZED: CostScope['sized'] = new Map()

export const COST_ROOT: CostScope = { factors: [], sized: NOTHING_SIZED }

/** Conventions of the Relay connection: what is said of none of them has these. */
const SLICING = ['first', 'last']
const SIZED = ['nodes', 'edges']

type Given = {
  field: GraphQLField<unknown, unknown>
  cost: CostRule
  given: readonly ArgumentNode[]
  isRoot: boolean
  isMutation: boolean
}

/**
 * The terms of one field, and what the fields below it take over.
 *
 * An object costs 1, a leaf nothing, a mutation 10, where `@cost` says nothing else. A list costs as much as it is long: by
 * `@listSize`; else by `first` or `last`, of itself or of the connection that it is part of; else by a list that it is given; else a
 * page.
 */
export function costTerms(selected: Given, scope: CostScope): { terms: CostTerm[]; below: CostScope } {
  const { field, cost, given } = selected
  const own = isListType(getNullableType(field.type))
    ? (scope.sized.get(field.name) ?? factorOf(selected))
    : null
  const factors = own ? [...scope.factors, own] : scope.factors
  const below = { factors, sized: own ? NOTHING_SIZED : sizedBelow(selected) }
  return {
    terms: [
      { weight: weightOf(selected), factors },
      { weight: sumOf(given.map(({ name }) => cost.arguments[name.value] ?? 0)), factors: scope.factors },
      // Without the list, what it was asked for is still looked at.
      ...[...new Set(below.sized.values())].map((factor) => ({ weight: 0, factors: [factor] })),
    ].filter(({ weight, factors }) => weight > 0 || factors.length > 0),
    below,
  }
}

const sumOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0)

function weightOf({ field, cost, isRoot, isMutation }: Given): number {
  const assumed = isRoot && isMutation ? 10 : Number(isCompositeType(getNamedType(field.type)))
  return cost.weight ?? assumed
}

/** Where the answer is an object around a list, its fields that are the list have the size that was asked of it. */
function sizedBelow(selected: Given): ReadonlyMap<string, Factor> {
  const { field, cost } = selected
  const said = cost.list?.sizedFields ?? []
  const names = said.length > 0 ? said : field.args.some(({ name }) => SLICING.includes(name)) ? SIZED : []
  const type = getNamedType(field.type)
  if (names.length === 0 || !(isObjectType(type) || isInterfaceType(type))) return NOTHING_SIZED

  const factor = factorOf(selected)
  return new Map(names.map((name) => [name, factor]))
}

function factorOf({ field, cost, given, isRoot }: Given): Factor {
  return {
    isRoot,
    assumedSize: cost.list?.assumedSize ?? 'page',
    arguments: slicingArguments(field, cost.list?.slicingArguments ?? []).map(({ name, defaultValue }) => ({
      name,
      value: given.find((argument) => argument.name.value === name)?.value ?? null,
      assumed: defaultValue,
    })),
  }
}

/** Those that `@listSize` names; else `first` and `last`; else lists, of which each item is answered by one. */
function slicingArguments({ args }: Given['field'], said: readonly string[]): readonly GraphQLArgument[] {
  if (said.length > 0) return args.filter(({ name }) => said.includes(name))
  const slicing = args.filter(({ name }) => SLICING.includes(name))
  return slicing.length > 0 ? slicing : args.filter(({ type }) => isListType(getNullableType(type)))
}

export type Costed =
  | { kind: 'cost'; cost: number }
  /** An argument asks for no item, or for more than a list may be. */
  | { kind: 'wrong-size'; argument: string }

/** The price of an operation, once its variables are known. */
export function priceOf(
  terms: readonly CostTerm[],
  variables: Readonly<Record<string, unknown>>,
  rules: CostRules,
): Costed {
  const sizes = new Map<Factor, number>()
  let cost = 0
  for (const { weight, factors } of terms) {
    let times = 1
    for (const factor of factors) {
      const size = sizes.get(factor) ?? sizeOf(factor, variables, rules)
      if (typeof size === 'string') return { kind: 'wrong-size', argument: size }
      sizes.set(factor, size)
      times *= size
    }
    cost += weight * times
  }
  return { kind: 'cost', cost }
}

/** How long a list is; the name of the argument that asks for what no list may be. */
function sizeOf(
  { arguments: slicing, assumedSize, isRoot }: Factor,
  variables: Readonly<Record<string, unknown>>,
  { listItems, rootPage, nestedPage }: CostRules,
): number | string {
  const asked = slicing.flatMap(({ name, value, assumed }) => {
    const given = value ? valueFromASTUntyped(value, variables) : undefined
    const said = askedFor(given) ?? askedFor(assumed)
    return said === null ? [] : [{ name, ...said }]
  })
  const wrong = asked.find(({ size, least }) => !(size >= least && size <= listItems))
  if (wrong) return wrong.name
  if (asked.length > 0) return Math.max(...asked.map(({ size }) => size))
  const page = isRoot ? rootPage : nestedPage
  return assumedSize === 'page' ? page : assumedSize
}

/** What is neither a number nor a list says no size; whether it may stand there is for validation to say. */
function askedFor(value: unknown): { size: number; least: number } | null {
  if (typeof value === 'number') return { size: value, least: 1 }
  // A list of none is answered by none.
  return Array.isArray(value) ? { size: value.length, least: 0 } : null
}
