import { FALLBACK_LOCALE, localeFor } from './locales.js'

/** What is in the country's own words, else in the language; null where it is in neither. */
export const inLanguage = <Row extends { locale: string }>(
  rows: readonly Row[],
  wanted: string,
): Row | null =>
  rows.find(({ locale }) => locale === wanted) ??
  rows.find(({ locale }) => locale === wanted.split('-')[0]) ??
  null

/** The same, else in the language for everybody, else in any that there is. */
export const inSomeLanguage = <Row extends { locale: string }>(
  rows: readonly Row[],
  wanted: string | null,
): Row | null =>
  inLanguage(rows, wanted ?? FALLBACK_LOCALE) ?? inLanguage(rows, FALLBACK_LOCALE) ?? rows[0] ?? null

/** How a message's person writes their language, where it is the one of the message. */
export function regionalOf(locale: string, variables: unknown): string {
  const { regionalLocale } = (variables ?? {}) as { regionalLocale?: unknown } // what was stored with it, unread
  const isOfIt = typeof regionalLocale === 'string' && localeFor(regionalLocale) === locale
  return isOfIt ? regionalLocale : locale
}
