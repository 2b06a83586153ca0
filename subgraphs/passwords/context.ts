import type DataLoader from 'dataloader'
import type { RequestContext } from '../shared/graphql/request-context.js'
import type { makeCheckForVisitor } from './domain/check-for-visitor.js'
import type { PasswordPolicy } from './domain/password-policy.js'
import type { PasswordState } from './domain/ports.js'

export type PasswordsContext = RequestContext & {
  passwords: {
    policy: PasswordPolicy
    checkForVisitor: ReturnType<typeof makeCheckForVisitor>
  }
  /** States by user id, read together and once for each request. */
  passwordStates: DataLoader<string, PasswordState>
}
