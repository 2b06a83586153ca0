/** The languages that every message is written in. A new one is a folder in `words/` and a word here. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'pt', 'ja'] as const

export type Locale = (typeof LOCALES)[number]

export const FALLBACK_LOCALE: Locale = 'en'

/** The language nearest to what a person wants: `de` for `de-AT`, and English where there is none. */
export function localeFor(wanted: string): Locale {
  const language = wanted.split('-')[0]?.toLowerCase()
  return LOCALES.find((locale) => locale === language) ?? FALLBACK_LOCALE
}
