import { type FactorStore, type Factors, NO_FACTORS } from './domain/factor-ports.js'

export async function loadFactors(
  store: Pick<FactorStore, 'findMany'>,
  ids: readonly string[],
): Promise<Factors[]> {
  const found = new Map((await store.findMany(ids)).map((factors) => [factors.userId, factors]))
  return ids.map((id) => found.get(id) ?? NO_FACTORS)
}
