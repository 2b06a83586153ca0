import type { Answered } from '../router/test/seed/ask.js'
import { type Bench, inMs, median, quantile, type Row } from './bench.js'
import {
  COMPARISONS,
  type Comparison,
  type Kind,
  type People,
  prepareEveryKind,
  type Somebody,
} from './comparisons.js'

/** SECURITY 7.4: distinct accounts and networks, the kinds taken in turn, so that whatever drifts drifts for all. */
const SAMPLES = 300
const LIMIT_MS = 5
const WARM_UP = 20

/** How long an answer takes, whoever is named: the difference would say who has an account. */
export const timing: Bench = {
  title: `${SAMPLES} of each kind in turn; medians must lie within ${LIMIT_MS} ms (SECURITY 7.4)`,

  async measure(owner) {
    const people = await prepareEveryKind(owner, SAMPLES + WARM_UP)
    const rows: Row[] = []
    let holds = true
    for (const comparison of COMPARISONS) {
      const samples = await measureOne(comparison, people)
      const medians = [...samples.values()].map(median)
      holds &&= Math.max(...medians) - Math.min(...medians) < LIMIT_MS
      rows.push(...rowsOf(comparison, samples))
    }
    return { rows, holds }
  },
}

async function measureOne(
  { what, kinds, half, ask }: Comparison,
  people: People,
): Promise<Map<Kind, number[]>> {
  const samples = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]))
  const answers = new Set<string>()
  const first = half === 'second' ? SAMPLES + WARM_UP : 0

  for (let round = 0; round < SAMPLES + WARM_UP; round++) {
    for (const kind of kinds.toSorted(() => Math.random() - 0.5)) {
      const person = people[kind][first + round] as Somebody // as many were made
      const startedAt = performance.now()
      const answer = await ask(person, kind)
      if (round >= WARM_UP) samples.get(kind)?.push(performance.now() - startedAt)
      answers.add(whatIsSaid(answer))
    }
  }
  // An answer that a limit gave would be quick, and measure nothing.
  if (answers.size > 1) throw new Error(`${what} is answered in several ways: ${[...answers].join(', ')}`)
  return samples
}

/** The answer but for what is made anew for each. */
const whatIsSaid = ({ data, codes }: Answered): string =>
  JSON.stringify([data, codes]).replace(/chl_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')

function rowsOf({ what }: Comparison, samples: ReadonlyMap<Kind, readonly number[]>): Row[] {
  const [base = []] = samples.values()
  return [...samples].map(([kind, values]) => ({
    what,
    kind,
    'median ms': inMs(median(values)),
    'p95 ms': inMs(quantile(values, 0.95)),
    [`to ${[...samples.keys()][0]}`]: inMs(median(values) / median(base)),
  }))
}
