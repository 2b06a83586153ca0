/** What was taken for an attempt that nobody could judge is given back: what is away for a while must lock nobody out. */
export async function orGiveBack<Verdict>(
  judge: () => Promise<Verdict>,
  giveBack: () => Promise<void>,
): Promise<Verdict> {
  try {
    return await judge()
  } catch (error) {
    await giveBack()
    throw error
  }
}
