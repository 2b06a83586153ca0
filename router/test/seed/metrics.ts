const managementUrl = (): string => process.env['MANAGEMENT_URL'] ?? ''

/** How many fetches the router has sent to subgraphs so far. */
export async function fetchesOf(): Promise<number> {
  const text = await (await fetch(`${managementUrl()}/metrics`)).text()
  const counts = [...text.matchAll(/^usergraph_subgraph_fetches_total\{.*\} (\d+)$/gm)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}
