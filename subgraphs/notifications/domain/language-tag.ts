/** Whether a text names a language as BCP 47 does. */
export function isLanguageTag(text: string): boolean {
  try {
    return text.length <= 35 && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false // RangeError: the only way it says so
  }
}
