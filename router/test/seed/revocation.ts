import { ask } from './ask.js'

/** Within this time of an acknowledged end, tokens are refused everywhere (SECURITY 4.5). */
export const REVOCATION_MS = 5000

/** Milliseconds until a token is refused; a little more than the limit where it is not. */
export async function untilRefused(token: string, url?: string): Promise<number> {
  const startedAt = performance.now()
  for (;;) {
    const { status } = await ask('{ me { id } }', { token, ...(url && { url }) })
    const passed = performance.now() - startedAt
    if (status === 401 || passed > REVOCATION_MS + 1000) return passed
    await new Promise((later) => setTimeout(later, 10))
  }
}
