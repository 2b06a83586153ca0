/** A time in the reader's language and zone; in UTC where their zone is unknown to this machine. */
export function momentIn(at: string, locale: string, timeZone: string | null | undefined): string {
  const format = (zone: string) =>
    new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
      timeZoneName: 'short',
    }).format(new Date(at))

  try {
    return format(timeZone ?? 'UTC')
  } catch {
    return format('UTC')
  }
}
