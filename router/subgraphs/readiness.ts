import { request } from 'undici'

const TIMEOUT_MS = 2000

/** Asks each subgraph whether what it stands on answers. */
export async function askReadiness(
  places: readonly { name: string; url: string }[],
): Promise<Record<string, boolean>> {
  const answers = places.map(async ({ name, url }) => [name, await isReady(new URL('/readyz', url))] as const)
  return Object.fromEntries(await Promise.all(answers))
}

async function isReady(url: URL): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    await body.dump()
    return statusCode === 204
  } catch {
    return false // it does not answer, which is the answer
  }
}
