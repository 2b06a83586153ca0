import { AppError } from '../errors/app-error.js'
import { isPersonId, type Viewer } from '../identity/viewer.js'

type Asked = { viewer: Viewer | null }

/** The person who asks; null for nobody, and for a machine client or a further issuer's subject, who have no account. */
export const personOrNull = ({ viewer }: Asked): Viewer | null =>
  viewer && isPersonId(viewer.userId) ? viewer : null

/** The person who asks, where `@authenticated` has refused nobody at all. Who is no person has nothing of their own: FORBIDDEN. */
export function personOf({ viewer }: Asked): Viewer {
  const person = personOrNull({ viewer })
  if (!person) throw new AppError(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED')
  return person
}
