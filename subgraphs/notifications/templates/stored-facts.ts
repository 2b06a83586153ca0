import * as z from 'zod'
import type { Filling } from './filling.js'

/** What was stored with a message, and its secret beside it; a template's shape says what of it is used. */
export const storedFacts = ({ variables, secret }: Filling): Record<string, unknown> => ({
  ...z.record(z.string(), z.unknown()).parse(variables),
  secret,
})
