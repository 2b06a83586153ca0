const YEAR_10_000 = Date.UTC(10_000, 0)

/** A moment something may have been written at. JavaScript knows others, of which a database knows nothing. */
export function readMoment(text: string): Date | null {
  const moment = new Date(text)
  return moment.getTime() >= 0 && moment.getTime() < YEAR_10_000 ? moment : null
}
