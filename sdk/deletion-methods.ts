import {
  CancelAccountDeletionDocument,
  DeleteUserDocument,
  type DeleteUserInput,
  MyAccountDeletionDocument,
  RequestAccountDeletionDocument,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** How an account ends: by its owner, who may change their mind for a while, or by staff at once. */
export const createDeletionMethods = (execute: Execute) => ({
  /** Asks for a fresh proof. */
  requestAccountDeletion: async (reason?: string) =>
    rootField(
      await execute(RequestAccountDeletionDocument, { input: { reason: reason ?? null } }),
      'requestAccountDeletion',
    ),

  cancelAccountDeletion: async () =>
    rootField(await execute(CancelAccountDeletionDocument), 'cancelAccountDeletion'),

  /** The deletion that is pending; null where none is. */
  myAccountDeletion: async () => rootField(await execute(MyAccountDeletionDocument), 'me')?.deletion ?? null,

  /** Never to be taken back; asks for a fresh proof. */
  deleteUser: async (input: DeleteUserInput) =>
    rootField(await execute(DeleteUserDocument, { input }), 'deleteUser'),
})
