/** What every message is filled from: stored facts, the opened secret, and what the operator set. */
export type Filling = {
  product: string
  locale: string
  variables: unknown
  secret: string | null
}
