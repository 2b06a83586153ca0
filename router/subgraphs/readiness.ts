import { request } from 'undici'
import { clocksAgree } from '../../subgraphs/shared/database/ready-at.js'
import { TIME_HEADER } from '../../subgraphs/shared/runtime/serve-subgraph.js'

const TIMEOUT_MS = 2000

/** `clockAgrees` is null where no time was told. */
type Answer = { isReady: boolean; clockAgrees: boolean | null }

/**
 * Asks each subgraph whether what it stands on answers, and by that whether the clock here is right: the router has no
 * database, and theirs tell the time (SECURITY 13.9). One of another team need not. Where they are of two minds, most of them are right.
 */
export async function askReadiness(
  places: readonly { name: string; url: string }[],
  now: () => number = Date.now,
): Promise<Record<string, boolean>> {
  const answers = await Promise.all(
    places.map(async ({ name, url }) => ({ name, ...(await ask(new URL('/readyz', url), now)) })),
  )
  const parts = Object.fromEntries(answers.map(({ name, isReady }) => [name, isReady]))
  return { ...parts, clock: countOf(answers, false) <= countOf(answers, true) }
}

const countOf = (answers: readonly Answer[], agrees: boolean): number =>
  answers.filter(({ clockAgrees }) => clockAgrees === agrees).length

async function ask(url: URL, now: () => number): Promise<Answer> {
  const from = now()
  try {
    const { statusCode, headers, body } = await request(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const to = now()
    await body.dump()
    const told = Number.parseFloat(String(headers[TIME_HEADER]))
    return {
      isReady: statusCode === 204,
      clockAgrees: Number.isNaN(told) ? null : clocksAgree(told, { from, to }),
    }
  } catch {
    return { isReady: false, clockAgrees: null } // it does not answer, which is the answer
  }
}
