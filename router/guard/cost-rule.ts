/** What the schema says of the price of a field (the IBM cost directives, as Apollo's composition carries them). */
export type CostRule = {
  /** Of one execution; null where nothing is said. */
  weight: number | null
  /** What giving an argument adds. */
  arguments: Readonly<Record<string, number>>
  list: ListRule | null
}

type ListRule = {
  /** How many there are where no argument says it; null where nothing is said. */
  assumedSize: number | null
  /** Arguments that say how many: a number, or a list of as many. */
  slicingArguments: readonly string[]
  /** Fields of the answer that are the list, where the answer itself is not. */
  sizedFields: readonly string[]
}

type Values = Record<string, unknown>

export const NO_COST: CostRule = { weight: null, arguments: {}, list: null }

// The casts below hold because `getDirectiveValues` has coerced the values by the directive's definition.

export function costOf(
  cost: Values | null,
  listSize: Values | null,
  given: readonly { name: string; cost: Values | null }[],
): CostRule {
  return {
    weight: weightOf(cost),
    arguments: Object.fromEntries(
      given.flatMap((argument) => {
        const weight = weightOf(argument.cost)
        return weight === null ? [] : [[argument.name, weight]]
      }),
    ),
    list: listSize && {
      assumedSize: (listSize['assumedSize'] as number | null | undefined) ?? null,
      slicingArguments: (listSize['slicingArguments'] as string[] | null | undefined) ?? [],
      sizedFields: (listSize['sizedFields'] as string[] | null | undefined) ?? [],
    },
  }
}

const weightOf = (cost: Values | null): number | null => (cost ? (cost['weight'] as number) : null)

/** The dearest of all: what a selection on an interface may turn out to run. */
export function dearest(rules: readonly CostRule[]): CostRule {
  return {
    weight: highest(rules.map(({ weight }) => weight)),
    arguments: dearestArguments(rules),
    list: rules.reduce<ListRule | null>((longest, { list }) => longer(longest, list), null),
  }
}

function dearestArguments(rules: readonly CostRule[]): Record<string, number> {
  const weights = rules.flatMap((rule) => Object.entries(rule.arguments))
  return Object.fromEntries(weights.sort(([, one], [, other]) => one - other))
}

function highest(figures: readonly (number | null)[]): number | null {
  const said = figures.filter((figure) => figure !== null)
  return said.length > 0 ? Math.max(...said) : null
}

function longer(one: ListRule | null, other: ListRule | null): ListRule | null {
  if (!one || !other) return one ?? other
  return (other.assumedSize ?? 0) > (one.assumedSize ?? 0) ? other : one
}

/** A price below nothing would pay for others. What else cannot be counted composition refuses by itself. */
export function faultsOfCost(coordinate: string, { weight, ...rule }: CostRule): string[] {
  const figures = [weight, ...Object.values(rule.arguments)]
  const isNegative = figures.some((figure) => figure !== null && figure < 0)
  return isNegative ? [`${coordinate}: @cost is less than nothing`] : []
}
