import { AppError } from '../errors/app-error.js'
import { isMachineId, type Viewer } from '../identity/viewer.js'

type Asked = { viewer: Viewer | null }

/** The person who asks; null for nobody, and for a machine client, which has no account. */
export const personOrNull = ({ viewer }: Asked): Viewer | null =>
  viewer && !isMachineId(viewer.userId) ? viewer : null

/** The person who asks, where `@authenticated` has refused nobody at all. A machine client has nothing of its own: FORBIDDEN. */
export function personOf({ viewer }: Asked): Viewer {
  const person = personOrNull({ viewer })
  if (!person) throw new AppError(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED')
  return person
}
