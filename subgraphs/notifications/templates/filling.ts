import type { Facts } from './facts.js'
import type { IsLink } from './service-variables.js'

/** What every message is filled from: stored facts, the opened secret, and what the operator set. */
export type Filling = {
  product: string
  locale: string
  variables: unknown
  secret: string | null
  /** Where buttons of a template of an operator's own may lead; nowhere, unless it is said. */
  isLink?: IsLink
  /** Which of ours a template of an operator's own stands in the frame of. */
  frame?: 'custom' | 'product-news'
  /** Put in the place of what was read: of a preview. */
  instead?: Facts
  /** Where it can be refused; none of what everybody gets. */
  unsubscribePage?: string | null
}
