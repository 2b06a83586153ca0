import {
  BeginTotpEnrollmentDocument,
  type BeginTotpEnrollmentInput,
  ConfirmFirstTotpDocument,
  ConfirmTotpEnrollmentDocument,
  type ConfirmTotpEnrollmentInput,
  DisableTotpDocument,
  ForgetTrustedDeviceDocument,
  MyMfaDocument,
  MyTrustedDevicesDocument,
  RegenerateRecoveryCodesDocument,
  ResetUserMfaDocument,
  SetOtpFactorDocument,
  type SetOtpFactorInput,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** A second factor: an authenticator app or texts, and the codes that stand in for either. All but reading ask for a fresh proof. */
export const createMfaMethods = (execute: Execute) => ({
  myMfa: async () => rootField(await execute(MyMfaDocument), 'me')?.mfa ?? null,

  /** With the ticket of `MfaEnrollmentRequired` where nobody is signed in yet. */
  beginTotpEnrollment: async (input: BeginTotpEnrollmentInput | null = null) =>
    rootField(await execute(BeginTotpEnrollmentDocument, { input }), 'beginTotpEnrollment'),

  /** At a sign-in that answered `MfaEnrollmentRequired`; its grant is for `completeSignIn`, with `method: 'TOTP'`. */
  confirmFirstTotp: async (input: ConfirmTotpEnrollmentInput & { loginTicket: string }) =>
    rootField(await execute(ConfirmFirstTotpDocument, { input }), 'confirmTotpEnrollment'),

  /** The recovery codes in the answer are shown once. */
  confirmTotpEnrollment: async (input: ConfirmTotpEnrollmentInput) =>
    rootField(await execute(ConfirmTotpEnrollmentDocument, { input }), 'confirmTotpEnrollment'),

  disableTotp: async () => rootField(await execute(DisableTotpDocument), 'disableTotp'),

  /** Texts to the proved number. The recovery codes in the answer are shown once. */
  setOtpFactor: async (input: SetOtpFactorInput) =>
    rootField(await execute(SetOtpFactorDocument, { input }), 'setOtpFactor'),

  regenerateRecoveryCodes: async () =>
    rootField(await execute(RegenerateRecoveryCodesDocument), 'regenerateRecoveryCodes'),

  /** Where a password is enough for a while. */
  myTrustedDevices: async () =>
    rootField(await execute(MyTrustedDevicesDocument), 'me')?.trustedDevices ?? null,

  forgetTrustedDevice: async (id: string) =>
    rootField(await execute(ForgetTrustedDeviceDocument, { id }), 'forgetTrustedDevice'),

  resetUserMfa: async (userId: string, reason: string) =>
    rootField(await execute(ResetUserMfaDocument, { userId, reason }), 'resetUserMfa'),
})
