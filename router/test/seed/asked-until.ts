const WITHIN_MS = 15_000
const LOOK_MS = 50

/** Asks again until it is so, for as long as a promise of ours gives; then answers what there is. */
export async function askedUntil<Answer>(
  look: () => Promise<Answer>,
  isSo: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = Date.now() + WITHIN_MS
  for (;;) {
    const answer = await look()
    if (isSo(answer) || Date.now() > deadline) return answer
    await new Promise((later) => setTimeout(later, LOOK_MS))
  }
}
