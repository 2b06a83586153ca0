import * as z from 'zod'
import type { Block } from './blocks.js'
import { htmlPart } from './html-part.js'
import { inertText } from './inert.js'
import type { Letter } from './letter.js'
import { textPart } from './text-part.js'

/** What every template is filled from: stored facts, the opened secret, and what the operator set. */
export type Filling = {
  product: string
  locale: string
  variables: unknown
  secret: string | null
}

export type Template = {
  /** Fixed: nothing that a person wrote ever reaches a header (SECURITY 11.5). */
  subject: string
  text(filling: Filling): string
  html(filling: Filling): string
}

/** Text that a person or their device chose; harmless once it is read through this. */
export const chosenText = z.string().transform(inertText)

/** The name to greet with, when there is one. */
export const chosenName = chosenText.nullish().transform((name) => name || null)

type Content<Facts> = {
  subject: string
  heading: string
  greeting: (name: string | null) => string
  blocks: (facts: Facts & { product: string; locale: string }) => readonly Block[]
  footer: (product: string) => string
}

/**
 * Makes a template of one kind and one language. `shape` reads the stored facts and the secret, so that what reaches
 * the words has been checked and made inert.
 */
export function defineTemplate<Shape extends z.ZodType<{ name: string | null }>>(
  shape: Shape,
  content: Content<z.output<Shape>>,
): Template {
  const { subject } = content

  const letterOf = ({ product, locale, variables, secret }: Filling): Letter => {
    const facts = shape.parse({ ...z.record(z.string(), z.unknown()).parse(variables), secret })
    return {
      product,
      locale,
      subject,
      heading: content.heading,
      greeting: content.greeting(facts.name),
      blocks: content.blocks({ ...facts, product, locale }),
      footer: content.footer(product),
    }
  }

  return {
    subject,
    text: (filling) => textPart(letterOf(filling)),
    html: (filling) => htmlPart(letterOf(filling)),
  }
}
