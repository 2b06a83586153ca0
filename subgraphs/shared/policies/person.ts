import { isPersonId } from '../identity/viewer.js'
import type { Policy } from './policy.js'

/** For what means nothing for a machine client or a further issuer's subject, who are signed in as well. */
export const person: Policy = {
  says: 'a person with an account here',
  mayHold: ({ userId }) => isPersonId(userId),
}
