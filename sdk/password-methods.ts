import {
  ChangePasswordDocument,
  type ChangePasswordInput,
  CheckPasswordDocument,
  type CheckPasswordQueryVariables,
  ForgotPasswordDocument,
  type ForgotPasswordInput,
  PasswordPolicyDocument,
  RemovePasswordDocument,
  RequirePasswordChangeDocument,
  type RequirePasswordChangeMutationVariables,
  ResetPasswordDocument,
  type ResetPasswordInput,
  SetPasswordDocument,
  type SetPasswordInput,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'
import type { ExecuteOptions } from './transport.js'

/** The password: what it may be, and how it becomes another one. */
export const createPasswordMethods = (execute: Execute) => ({
  passwordPolicy: async () => rootField(await execute(PasswordPolicyDocument), 'passwordPolicy'),

  checkPassword: async (check: CheckPasswordQueryVariables, options?: ExecuteOptions) =>
    rootField(await execute(CheckPasswordDocument, check, options), 'checkPassword'),

  forgotPassword: async (input: ForgotPasswordInput, options?: ExecuteOptions) =>
    rootField(await execute(ForgotPasswordDocument, { input }, options), 'forgotPassword'),

  /** Every session of the account ends, this client's too. */
  resetPassword: async (input: ResetPasswordInput) =>
    rootField(await execute(ResetPasswordDocument, { input }), 'resetPassword'),

  /** Wants a fresh proof, as those that follow; every other session ends. */
  changePassword: async (input: ChangePasswordInput) =>
    rootField(await execute(ChangePasswordDocument, { input }), 'changePassword'),

  setPassword: async (input: SetPasswordInput) =>
    rootField(await execute(SetPasswordDocument, { input }), 'setPassword'),

  /** A code signs in from then on. */
  removePassword: async () => rootField(await execute(RemovePasswordDocument), 'removePassword'),

  /** For staff. */
  requirePasswordChange: async (required: RequirePasswordChangeMutationVariables) =>
    rootField(await execute(RequirePasswordChangeDocument, required), 'requirePasswordChange'),
})
