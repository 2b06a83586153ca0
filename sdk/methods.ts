import {
  CheckPasswordDocument,
  type CheckPasswordQueryVariables,
  CurrentSessionDocument,
  GenerateOtpDocument,
  type GenerateOtpInput,
  MeDocument,
  MyNotificationsDocument,
  type MyNotificationsQueryVariables,
  MySessionsDocument,
  type MySessionsQueryVariables,
  PasswordPolicyDocument,
  RegisterDocument,
  type RegisterInput,
  ResendEmailVerificationDocument,
  type ResendEmailVerificationInput,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  RevokeUserSessionsDocument,
  SignInOptionsDocument,
  UpdateProfileDocument,
  type UpdateProfileInput,
  UserDocument,
  ValidateOtpDocument,
  type ValidateOtpInput,
  ValidateTokenDocument,
  VerifyEmailDocument,
  type VerifyEmailInput,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'
import type { ExecuteOptions } from './transport.js'

/**
 * One method for each operation: the payload of its field, or a thrown `UsergraphError`. What a person can put
 * right is in the payload's `userErrors`. A part of the payload that failed is null; `execute` tells why.
 */
export const createMethods = (execute: Execute) => ({
  register: async (input: RegisterInput, options?: ExecuteOptions) =>
    rootField(await execute(RegisterDocument, { input }, options), 'register'),

  verifyEmail: async (input: VerifyEmailInput) =>
    rootField(await execute(VerifyEmailDocument, { input }), 'verifyEmail'),

  resendEmailVerification: async (input: ResendEmailVerificationInput) =>
    rootField(await execute(ResendEmailVerificationDocument, { input }), 'resendEmailVerification'),

  generateOtp: async (input: GenerateOtpInput, options?: ExecuteOptions) =>
    rootField(await execute(GenerateOtpDocument, { input }, options), 'generateOtp'),

  validateOtp: async (input: ValidateOtpInput) =>
    rootField(await execute(ValidateOtpDocument, { input }), 'validateOtp'),

  signInOptions: async () => rootField(await execute(SignInOptionsDocument), 'signInOptions'),

  passwordPolicy: async () => rootField(await execute(PasswordPolicyDocument), 'passwordPolicy'),

  checkPassword: async (check: CheckPasswordQueryVariables, options?: ExecuteOptions) =>
    rootField(await execute(CheckPasswordDocument, check, options), 'checkPassword'),

  validateToken: async (token: string) =>
    rootField(await execute(ValidateTokenDocument, { token }), 'validateToken'),

  me: async () => rootField(await execute(MeDocument), 'me'),

  user: async (id: string) => rootField(await execute(UserDocument, { id }), 'user'),

  updateProfile: async (input: UpdateProfileInput) =>
    rootField(await execute(UpdateProfileDocument, { input }), 'updateProfile'),

  currentSession: async () => rootField(await execute(CurrentSessionDocument), 'currentSession'),

  mySessions: async (page: MySessionsQueryVariables = {}) =>
    rootField(await execute(MySessionsDocument, page), 'me')?.sessions ?? null,

  revokeSession: async (id: string) =>
    rootField(await execute(RevokeSessionDocument, { id }), 'revokeSession'),

  revokeOtherSessions: async () =>
    rootField(await execute(RevokeOtherSessionsDocument), 'revokeOtherSessions'),

  revokeUserSessions: async (userId: string) =>
    rootField(await execute(RevokeUserSessionsDocument, { userId }), 'revokeUserSessions'),

  myNotifications: async (page: MyNotificationsQueryVariables = {}) =>
    rootField(await execute(MyNotificationsDocument, page), 'me')?.notifications ?? null,
})
