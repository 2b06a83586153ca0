import type DataLoader from 'dataloader'
import type { Actor } from '../shared/audit/act.js'
import type { RequestContext } from '../shared/graphql/request-context.js'
import type { Once } from '../shared/idempotency/once.js'
import type { makeAdministration } from './domain/administration.js'
import type { Attributes, StoredAttributes } from './domain/attributes.js'
import type { makeChangeUsername } from './domain/change-username.js'
import type { makeConfirmContactChange } from './domain/confirm-contact-change.js'
import type { makeContactChanges } from './domain/contact-changes.js'
import type { makeCreateUser } from './domain/create-user.js'
import type { Deletion } from './domain/deletion-ports.js'
import type { makeDeletions } from './domain/deletions.js'
import type { makeListUsers } from './domain/list-users.js'
import type { Account, ContactChange } from './domain/ports.js'
import type { makeReadAuditLog } from './domain/read-audit-log.js'
import type { RegisterResult, Registration } from './domain/register.js'
import type { makeRequestPhoneChange } from './domain/request-phone-change.js'
import type { makeResendEmailVerification } from './domain/resend-email-verification.js'
import type { makeUpdateProfile } from './domain/update-profile.js'
import type { makeUpdateUser } from './domain/update-user.js'
import type { makeVerifyEmail } from './domain/verify-email.js'
import type { makeVerifyPhone } from './domain/verify-phone.js'
import type { Role } from './schema/user.js'

export type UsersContext = RequestContext & {
  users: {
    /** With an invitation, its account; else a new one that waits for its proof. */
    register: (
      input: Registration & { invitationToken?: string | null | undefined },
      by: Actor,
    ) => Promise<RegisterResult>
    createUser: ReturnType<typeof makeCreateUser>
    verifyEmail: ReturnType<typeof makeVerifyEmail>
    verifyPhone: ReturnType<typeof makeVerifyPhone>
    resendEmailVerification: ReturnType<typeof makeResendEmailVerification>
    updateProfile: ReturnType<typeof makeUpdateProfile>
    list: ReturnType<typeof makeListUsers>
    administration: ReturnType<typeof makeAdministration>
    updateUser: ReturnType<typeof makeUpdateUser>
    changeUsername: ReturnType<typeof makeChangeUsername>
    contactChanges: ReturnType<typeof makeContactChanges> & {
      requestPhone: ReturnType<typeof makeRequestPhoneChange>
      confirm: ReturnType<typeof makeConfirmContactChange>
    }
    deletions: Pick<ReturnType<typeof makeDeletions>, 'request' | 'cancel' | 'deleteNow'>
    /** By the rules alone; whether somebody has it is another question. */
    isUsernameAllowed: (username: string) => boolean
  }
  /** Acts once for each `Idempotency-Key`. */
  once: Once
  audit: ReturnType<typeof makeReadAuditLog>
  describeRole: (name: string) => Role
  roleNames: readonly string[]
  /** Changes of an address by id, read together. */
  contactChanges: DataLoader<string, ContactChange | null>
  maskContact: (change: Pick<ContactChange, 'kind' | 'newValue'>) => string
  /** Changes that wait for their proof, of many people at once. */
  pendingChanges: DataLoader<string, ContactChange[]>
  /** What the operator keeps of people, of many at once. */
  storedAttributes: DataLoader<string, StoredAttributes>
  showAttributes: Attributes['show']
  deletionOf: DataLoader<string, Deletion | null>
  /** Whose sessions are; null where there is none. */
  sessionOwners: DataLoader<string, string | null>
  /** Accounts by id, read together and once for each request. */
  accounts: DataLoader<string, Account | null>
}
