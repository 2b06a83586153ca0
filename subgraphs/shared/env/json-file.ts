import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** A setting that names a JSON file of a shape. It is read at the start; faults name the place in the file, never what stands there. */
export const jsonFile = <Shape extends z.ZodType>(shape: Shape) =>
  z.string().transform((path, context): z.output<Shape> => {
    const read = shape.safeParse(contentOf(path))
    if (read.success) return read.data
    for (const { path: place, message } of read.error.issues) {
      context.addIssue({ code: 'custom', path: [...place], message })
    }
    return z.NEVER
  })

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // no such file, or no JSON: it has no shape at all
  }
}
