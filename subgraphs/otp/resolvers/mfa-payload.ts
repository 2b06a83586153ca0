import type { Problem } from '../../shared/errors/user-error-codes.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { OtpContext } from '../context.js'
import type { User } from '../schema/user.js'

/** What was read of this person before is not so any more. */
export function changed({ factorsOf }: OtpContext, id: string): User {
  factorsOf.clear(id)
  return { id }
}

export const refused = (problems: Problem[]) => ({
  ...{ user: null, recoveryCodes: null, grant: null },
  userErrors: problems.map(userError),
})
