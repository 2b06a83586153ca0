const MANAGEMENT_URL = process.env['MANAGEMENT_URL'] ?? ''

/** How many fetches the router has sent to subgraphs so far. */
export async function fetchesOf(): Promise<number> {
  const text = await (await fetch(`${MANAGEMENT_URL}/metrics`)).text()
  const counts = [...text.matchAll(/^usergraph_subgraph_fetches_total\{.*\} (\d+)$/gm)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}
