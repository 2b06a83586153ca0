import * as z from 'zod'
import type { Filling } from '../define-template.js'

export type Text = (filling: Filling) => string

type Words<Facts> = (facts: Facts & { product: string }) => string

/** Makes a short message. `shape` reads the stored facts and the secret; a name is never among them (SECURITY 9.3). */
export const defineText =
  <Shape extends z.ZodType<object>>(shape: Shape, words: Words<z.output<Shape>>): Text =>
  ({ product, variables, secret }) =>
    words({ ...shape.parse({ ...z.record(z.string(), z.unknown()).parse(variables), secret }), product })
