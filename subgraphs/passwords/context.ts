import type DataLoader from 'dataloader'
import type { Actor } from '../shared/audit/act.js'
import type { RequestContext } from '../shared/graphql/request-context.js'
import type { Once } from '../shared/idempotency/once.js'
import type { makeChangePassword } from './domain/change-password.js'
import type { makeCheckForVisitor } from './domain/check-for-visitor.js'
import type { ForgotPasswordInput, ForgotPasswordResult } from './domain/forgot-password.js'
import type { PasswordPolicy } from './domain/password-policy.js'
import type { PasswordState } from './domain/ports.js'
import type { makeRemovePassword } from './domain/remove-password.js'
import type { makeRequireChange } from './domain/require-change.js'
import type { makeResetPassword } from './domain/reset-password.js'

export type PasswordsContext = RequestContext & {
  passwords: {
    policy: PasswordPolicy
    checkForVisitor: ReturnType<typeof makeCheckForVisitor>
    /** By a link or by a code. */
    forgotPassword: (
      input: ForgotPasswordInput & { method: 'LINK' | 'OTP'; network: string },
      by: Actor,
    ) => Promise<ForgotPasswordResult>
    resetPassword: ReturnType<typeof makeResetPassword>
    /** What a person does with their own. */
    own: ReturnType<typeof makeChangePassword> & { remove: ReturnType<typeof makeRemovePassword> }
    requireChange: ReturnType<typeof makeRequireChange>
  }
  /** Acts once for each `Idempotency-Key`. */
  once: Once
  /** States by user id, read together and once for each request. */
  passwordStates: DataLoader<string, PasswordState>
}
