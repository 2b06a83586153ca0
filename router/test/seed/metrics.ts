const managementUrl = (): string => process.env['MANAGEMENT_URL'] ?? ''

const MOST_TRIES = 40

/**
 * How many fetches the router sends to subgraphs for something. Other tests ask the same router meanwhile, and what they
 * ask for can only add to the count: so it is the fewest of several tries, which end when there are no more than expected.
 */
export async function fetchesFor(act: () => Promise<unknown>, expected: number): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < MOST_TRIES && fewest > expected; tries++) {
    const before = await fetchesSoFar()
    await act()
    fewest = Math.min(fewest, (await fetchesSoFar()) - before)
  }
  return fewest
}

async function fetchesSoFar(): Promise<number> {
  const text = await (await fetch(`${managementUrl()}/metrics`)).text()
  const counts = [...text.matchAll(/^usergraph_subgraph_fetches_total\{.*\} (\d+)$/gm)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}
