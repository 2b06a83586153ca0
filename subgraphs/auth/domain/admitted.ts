import { AppError } from '../../shared/errors/app-error.js'

/**
 * Lets so many sign-ins with a password be under way at once. One more is refused before anything of it is counted,
 * looked up or hashed: where there are far too many, refusing must cost next to nothing, or it takes the time of those
 * that are let in (SECURITY 6.4). Whoever is refused so has lost no attempt.
 */
export function admitted<Input extends { password?: string | null | undefined }, Result>(
  atOnce: number,
  signIn: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  let underWay = 0

  return async (input) => {
    // What needs no hash waits for none.
    if (!input.password) return signIn(input)
    if (underWay >= atOnce) throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })
    underWay += 1
    try {
      return await signIn(input)
    } finally {
      underWay -= 1
    }
  }
}
