import {
  CheckUsernameDocument,
  GenerateOtpDocument,
  type GenerateOtpInput,
  NodeDocument,
  RegisterDocument,
  type RegisterInput,
  ResendEmailVerificationDocument,
  type ResendEmailVerificationInput,
  SignInOptionsDocument,
  ValidateOtpDocument,
  type ValidateOtpInput,
  ValidateTokenDocument,
  VerifyEmailDocument,
  type VerifyEmailInput,
  VerifyPhoneDocument,
  type VerifyPhoneInput,
} from './__generated__/operations.js'
import { createAdministrationMethods } from './administration-methods.js'
import { createApiClientMethods } from './api-client-methods.js'
import { createContactMethods } from './contact-methods.js'
import { createDeletionMethods } from './deletion-methods.js'
import type { Execute } from './execute.js'
import { createMfaMethods } from './mfa-methods.js'
import { createNotificationMethods } from './notification-methods.js'
import { createPasswordMethods } from './password-methods.js'
import { createProfileMethods } from './profile-methods.js'
import { rootField } from './root-field.js'
import { createSessionMethods } from './session-methods.js'
import type { ExecuteOptions } from './transport.js'

/**
 * One method for each operation: the payload of its field, or a thrown `UsergraphError`. What a person can put
 * right is in the payload's `userErrors`. A part of the payload that failed is null; `execute` tells why.
 */
export const createMethods = (execute: Execute) => ({
  ...createSessionMethods(execute),
  ...createApiClientMethods(execute),
  ...createAdministrationMethods(execute),
  /** Anything by its id; null for what is not there, or not yours to see. */
  node: async (id: string) => rootField(await execute(NodeDocument, { id }), 'node'),

  ...createContactMethods(execute),
  ...createProfileMethods(execute),
  ...createDeletionMethods(execute),
  ...createMfaMethods(execute),
  ...createPasswordMethods(execute),
  ...createNotificationMethods(execute),

  register: async (input: RegisterInput, options?: ExecuteOptions) =>
    rootField(await execute(RegisterDocument, { input }, options), 'register'),

  verifyEmail: async (input: VerifyEmailInput) =>
    rootField(await execute(VerifyEmailDocument, { input }), 'verifyEmail'),

  verifyPhone: async (input: VerifyPhoneInput) =>
    rootField(await execute(VerifyPhoneDocument, { input }), 'verifyPhone'),

  resendEmailVerification: async (input: ResendEmailVerificationInput) =>
    rootField(await execute(ResendEmailVerificationDocument, { input }), 'resendEmailVerification'),

  generateOtp: async (input: GenerateOtpInput, options?: ExecuteOptions) =>
    rootField(await execute(GenerateOtpDocument, { input }, options), 'generateOtp'),

  validateOtp: async (input: ValidateOtpInput) =>
    rootField(await execute(ValidateOtpDocument, { input }), 'validateOtp'),

  signInOptions: async () => rootField(await execute(SignInOptionsDocument), 'signInOptions'),

  checkUsername: async (username: string, options?: ExecuteOptions) =>
    rootField(await execute(CheckUsernameDocument, { username }, options), 'checkUsername'),

  validateToken: async (token: string) =>
    rootField(await execute(ValidateTokenDocument, { token }), 'validateToken'),
})
