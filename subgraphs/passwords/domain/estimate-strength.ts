/** 0 falls to the first thousand guesses, 4 needs more than ten thousand million. */
export type StrengthScore = 0 | 1 | 2 | 3 | 4
export type Strength = { score: StrengthScore; suggestions: string[] }
export type EstimateStrength = (password: string, identity: readonly string[]) => Promise<Strength>

/** Enough to tell 4 from less; the time a hostile string takes grows faster than its length. */
export const ESTIMATED_CHARACTERS = 64

/** 100 by default, at which a string of look-alike signs takes six times as long and scores the same. */
const MAX_SUBSTITUTIONS = 16

const ADVICE: Record<string, string> = {
  l33t: 'Swapping letters for look-alike signs adds little.',
  reverseWords: 'A word spelled backwards is guessed too.',
  allUppercase: 'Writing everything in capitals adds little.',
  capitalization: 'A capital first letter adds little.',
  dates: 'Avoid dates, above all those tied to you.',
  recentYears: 'Avoid recent years.',
  associatedYears: 'Avoid years tied to you.',
  sequences: 'Avoid sequences such as abc or 6543.',
  repeated: 'Avoid repeated words and characters.',
  longerKeyboardPattern: 'Avoid neighbouring keys.',
  anotherWord: 'Add more words that are less common.',
  useWords: 'Several unrelated words make a strong password.',
}

/** Guesses how many tries a password withstands. The dictionaries load at the first call, or by `loadEstimator`. */
export const estimateStrength: EstimateStrength = async (password, identity) => {
  const estimator = await loadEstimator()
  const { score, feedback } = estimator.check(password, [...identity])

  return { score, suggestions: feedback.suggestions.flatMap((key) => ADVICE[key] ?? []) }
}

let loading: ReturnType<typeof createEstimator> | undefined

/** Call it at start: it holds the event loop for a tenth of a second, which no request should pay. */
export function loadEstimator() {
  loading ??= createEstimator()
  return loading
}

async function createEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    maxLength: ESTIMATED_CHARACTERS,
    l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
  })
}
