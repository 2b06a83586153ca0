import type { Block } from './blocks.js'

/** A mail before it is text or HTML. */
export type Letter = {
  product: string
  /** BCP 47, for the `lang` of the page. */
  locale: string
  subject: string
  heading: string
  greeting: string
  blocks: readonly Block[]
  footer: string
}
