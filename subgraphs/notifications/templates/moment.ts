import type { Facts } from './facts.js'

/** A time in the reader's zone; in UTC where their zone is unknown to this machine. */
export function momentIn(at: string, locale: string, { timeZone, regionalLocale }: Facts): string {
  const format = (zone: string) =>
    new Intl.DateTimeFormat(mannerFor(locale, regionalLocale), {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
      timeZoneName: 'short',
    }).format(new Date(at))

  try {
    return format(typeof timeZone === 'string' ? timeZone : 'UTC')
  } catch {
    return format('UTC')
  }
}

/** As the reader's country writes it (`en-GB`, `de-AT`), if the message is in its language. */
function mannerFor(locale: string, regional: Facts[string]): string {
  if (typeof regional !== 'string' || regional.split('-')[0] !== locale) return locale
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(regional)[0] ?? locale
  } catch {
    return locale
  }
}
