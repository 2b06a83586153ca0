import { type Job, UnrecoverableError } from 'bullmq'

/** So long the versions of two subgraphs may lie apart. */
const WAITS_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Why a job is not done whose event nobody here knows, or can read. It may be of a version to come, which is rolled out beside
 * this one (SECURITY 13.8), so it is tried again until that is here; after a week it fails for good.
 */
export function refuseEvent(
  { name, timestamp }: Pick<Job, 'name' | 'timestamp'>,
  ids: readonly string[],
): Error {
  const what = `${name} cannot be read: ${ids.join(' ')}`
  return Date.now() - timestamp > WAITS_MS ? new UnrecoverableError(what) : new Error(what)
}
