import type { Answer } from './answer.js'
import { UsergraphError } from './errors.js'

/** What one root field answered; throws why when it failed. Parts of it that failed are null. */
export function rootField<Result, Name extends keyof Result>(
  { data, errors }: Answer<Result>,
  name: Name,
): Result[Name] {
  const failed = errors.find(({ path }) => path?.length === 1 && path[0] === name)
  if (failed) throw failed
  if (!data) throw errors[0] ?? new UsergraphError({ code: 'UNEXPECTED_ANSWER' })
  return data[name]
}
