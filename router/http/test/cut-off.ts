import { clientsCutOff } from '../../../subgraphs/shared/metrics/registry.js'

/** How many clients were cut off for a reason while something was done. */
export async function cutOffDuring(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await counts()
  await act()
  const after = await counts()
  return Object.fromEntries(
    [...after].flatMap(([reason, count]) => {
      const more = count - (before.get(reason) ?? 0)
      return more > 0 ? [[reason, more]] : []
    }),
  )
}

async function counts(): Promise<Map<string, number>> {
  const { values } = await clientsCutOff.get()
  return new Map(values.map(({ labels, value }) => [String(labels['reason']), value]))
}
