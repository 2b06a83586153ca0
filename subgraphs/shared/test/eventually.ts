import { setTimeout as pause } from 'node:timers/promises'

const WITHIN_MS = 15_000

/** The first answer that is there, asked for again and again. */
export async function eventually<Answer>(
  ask: () => Promise<Answer | null | undefined | false>,
): Promise<Answer> {
  const until = performance.now() + WITHIN_MS
  while (performance.now() < until) {
    const answer = await ask()
    if (answer) return answer
    await pause(20)
  }
  throw new Error('it did not come to be')
}
