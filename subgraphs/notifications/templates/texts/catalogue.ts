import { FALLBACK_LOCALE } from '../catalogue.js'
import type { Text } from './define-text.js'
import { TEXTS_EN } from './en.js'

/** Every short message in every language it has. A language is one file beside `en.ts` and one line here. */
export const TEXTS: { [FALLBACK_LOCALE]: Record<string, Text> } & Record<string, Record<string, Text>> = {
  [FALLBACK_LOCALE]: TEXTS_EN,
}
