/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocument } from '../typed-document.js'
export type AssuranceLevel =
  | 'AAL1'
  | 'AAL2'
  | 'AAL3';

export type AuditLogFilter = {
  action?: Array<string> | null | undefined;
  actorId?: string | null | undefined;
  ip?: string | null | undefined;
  outcome?: AuditOutcome | null | undefined;
  since?: string | null | undefined;
  subjectId?: string | null | undefined;
  until?: string | null | undefined;
};

export type AuditOutcome =
  | 'FAILURE'
  | 'SUCCESS';

export type AuthenticationMethod =
  | 'EXTERNAL'
  | 'MAGIC_LINK'
  | 'OTP_EMAIL'
  | 'OTP_SMS'
  | 'PASSKEY'
  | 'PASSWORD'
  | 'RECOVERY_CODE'
  | 'TOTP';

/** Without assurance: the strongest factor the person has enrolled */
export type BeginStepUpInput = {
  assurance?: AssuranceLevel | null | undefined;
  /** A proof of at most this age will do; without it a new one is asked for in any case */
  maxAgeSeconds?: number | null | undefined;
};

export type BeginTotpEnrollmentInput = {
  /** Of MfaEnrollmentRequired, when not signed in */
  loginTicket?: string | null | undefined;
};

/** Every other session ends */
export type ChangePasswordInput = {
  currentPassword: string;
  newPassword: string;
};

export type ChangeUsernameInput = {
  username: string;
};

export type CompleteLoginInput = {
  /** TOTP, recovery code */
  code?: string | null | undefined;
  /** MFA grant from validateOtp */
  grant?: string | null | undefined;
  loginTicket: string;
  /** What the code or the grant is */
  method?: AuthenticationMethod | null | undefined;
  /** Where `PasswordChangeRequired` was answered; one that is refused leaves the ticket as it is */
  newPassword?: string | null | undefined;
  /** On this device a password is enough for 30 days */
  trustDevice?: boolean | null | undefined;
};

export type CompleteStepUpInput = {
  /** Of the authenticator app */
  code?: string | null | undefined;
  /** MFA grant from validateOtp */
  grant?: string | null | undefined;
  method: AuthenticationMethod;
  password?: string | null | undefined;
  stepUpTicket: string;
};

/** Exactly one of: the mailed token, or a grant of purpose PROFILE_CHANGE bound to this change and address */
export type ConfirmContactChangeInput = {
  changeId?: string | null | undefined;
  grant?: string | null | undefined;
  token?: string | null | undefined;
};

export type ConfirmTotpEnrollmentInput = {
  /** The code that the app shows */
  code: string;
  enrollmentId: string;
  /** Of MfaEnrollmentRequired, when not signed in */
  loginTicket?: string | null | undefined;
};

export type ContactKind =
  | 'EMAIL'
  | 'PHONE';

export type CreateApiClientInput = {
  name: string;
  /** Such as notifications:send; nothing that you may not do yourself */
  scopes: Array<string>;
};

export type CreateUserInput = {
  email?: string | null | undefined;
  /** Without an address the invitation is texted, so it must be a number that may be */
  phoneNumber?: string | null | undefined;
  profile?: ProfileInput | null | undefined;
  /** Needs `roles:write` and a fresh proof */
  roles?: Array<string> | null | undefined;
  /** Without it, whoever reads the mails of the address asks for it: `resendEmailVerification`; of a number alone: `register` */
  sendInvitation?: boolean | null | undefined;
  username?: string | null | undefined;
};

export type DeleteUserInput = {
  mode?: DeletionMode;
  userId: string;
};

/** ANONYMIZE leaves the id, a `User` of whom nothing is known, for what other teams keep of somebody. */
export type DeletionMode =
  | 'ANONYMIZE'
  | 'ERASE';

export type DeliveryChannel =
  | 'EMAIL'
  | 'SMS';

export type DeviceKind =
  | 'DESKTOP'
  | 'MOBILE'
  | 'OTHER'
  | 'TABLET';

export type DisableUserInput = {
  /** Stays in the audit log: nothing personal */
  reason: string;
  /** Ends by itself then; without it, by `enableUser` */
  until?: string | null | undefined;
  userId: string;
};

export type ForgotPasswordInput = {
  channel?: DeliveryChannel;
  identifier: IdentifierInput;
  method?: ResetMethod;
  /** One of the operator's configured pages */
  resetUrl?: string | null | undefined;
};

export type GenerateOtpInput = {
  /** With CUSTOM: what the grant may be spent on */
  action?: string | null | undefined;
  /** With CUSTOM: who spends it, one that the operator lists */
  audience?: string | null | undefined;
  /** Send again: the same challenge with a new code, the tries kept */
  challengeId?: string | null | undefined;
  channel: DeliveryChannel;
  /** The new address of a pending change */
  contactChangeId?: string | null | undefined;
  /** Whose code; an unknown one gets a decoy challenge with the same answers and limits */
  identifier?: IdentifierInput | null | undefined;
  /** With MFA: a second factor during sign-in */
  loginTicket?: string | null | undefined;
  purpose: OtpPurpose;
  /** With MFA: a second factor during step-up */
  stepUpTicket?: string | null | undefined;
};

/** Give exactly one of email, phoneNumber, username */
export type IdentifierInput = {
  email?: string | null | undefined;
  phoneNumber?: string | null | undefined;
  username?: string | null | undefined;
};

export type IssueClientTokenInput = {
  clientId: string;
  clientSecret: string;
  /** Without it: all that the client has */
  scopes?: Array<string> | null | undefined;
};

export type JobStatus =
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED';

export type LoginInput = {
  deviceName?: string | null | undefined;
  deviceToken?: string | null | undefined;
  grant?: string | null | undefined;
  identifier: IdentifierInput;
  /** password or a LOGIN grant from validateOtp */
  password?: string | null | undefined;
  tokenDelivery?: TokenDelivery;
};

export type LogoutInput = {
  everywhere?: boolean | null | undefined;
  /** When the access token has expired; browsers send the cookie */
  refreshToken?: string | null | undefined;
};

/** E-mail codes verify and recover; they are no second factor */
export type MfaFactorKind =
  | 'SMS'
  | 'TOTP';

export type NotificationChannel =
  | 'EMAIL'
  | 'SMS';

export type NotificationFilter = {
  channel?: NotificationChannel | null | undefined;
  kind?: Array<NotificationKind> | null | undefined;
  since?: string | null | undefined;
  status?: Array<NotificationStatus> | null | undefined;
  userId?: string | null | undefined;
};

export type NotificationKind =
  | 'ACCOUNT_DELETION'
  | 'ACCOUNT_EXISTS'
  | 'CUSTOM'
  | 'EMAIL_CHANGED'
  | 'EMAIL_VERIFICATION'
  | 'INVITATION'
  | 'LOGIN_ALERT'
  | 'MAGIC_LINK'
  | 'MFA_CHANGED'
  | 'OTP'
  | 'PASSWORD_CHANGED'
  | 'PASSWORD_RESET'
  | 'PHONE_CHANGED'
  | 'PHONE_VERIFICATION'
  | 'PRODUCT_NEWS'
  | 'PROFILE_CHANGED'
  | 'SESSION_REVOKED'
  | 'WELCOME';

/** What is not given stays as it is */
export type NotificationPreferencesInput = {
  loginAlerts?: boolean | null | undefined;
  preferredChannel?: NotificationChannel | null | undefined;
  productNews?: boolean | null | undefined;
  profileChanges?: boolean | null | undefined;
  /** Null ends them */
  quietHours?: QuietHoursInput | null | undefined;
};

export type NotificationStatus =
  | 'BOUNCED'
  | 'COMPLAINED'
  | 'DEAD_LETTERED'
  | 'DELIVERED'
  | 'FAILED'
  | 'QUEUED'
  | 'SENDING'
  | 'SENT'
  | 'SUPPRESSED';

export type NotificationTemplateInput = {
  /** Empty takes the words back */
  body: string;
  channel: NotificationChannel;
  /** One of our languages, such as `de`, or of its countries, `de-AT` */
  locale: string;
  /** Of one of ours, to put words in its place, or a name of one’s own, in small letters with hyphens */
  name: string;
  /** Fixed: nothing is filled in */
  subject?: string | null | undefined;
};

export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** CUSTOM: another team's mutation, named by `action` */
export type OtpPurpose =
  | 'CUSTOM'
  | 'EMAIL_VERIFICATION'
  | 'LOGIN'
  | 'MFA'
  | 'PASSWORD_RESET'
  | 'PHONE_VERIFICATION'
  | 'PROFILE_CHANGE';

export type PasswordChangeReason =
  | 'ADMIN_RESET'
  | 'BREACHED'
  | 'EXPIRED'
  | 'TOO_SHORT';

export type ProfileInput = {
  /** Of the namespaces that the operator has defined; what is not named stays as it is */
  attributes?: Array<UserAttributeInput> | null | undefined;
  birthdate?: string | null | undefined;
  displayName?: string | null | undefined;
  familyName?: string | null | undefined;
  givenName?: string | null | undefined;
  locale?: string | null | undefined;
  timeZone?: string | null | undefined;
};

export type QuietHoursInput = {
  from: string;
  to: string;
};

export type RefreshTokenInput = {
  refreshToken?: string | null | undefined;
};

export type RegisterInput = {
  acceptedTermsVersion?: string | null | undefined;
  email?: string | null | undefined;
  /** Of the mailed or texted link: takes over the account that was made for this address or number */
  invitationToken?: string | null | undefined;
  password?: string | null | undefined;
  phoneNumber?: string | null | undefined;
  profile?: ProfileInput | null | undefined;
  username?: string | null | undefined;
  /** One of the operator's configured pages */
  verificationUrl?: string | null | undefined;
};

export type RegistrationStep =
  | 'DONE'
  | 'SET_UP_MFA'
  | 'VERIFY_EMAIL'
  | 'VERIFY_PHONE';

export type RequestAccountDeletionInput = {
  /** At most 500 characters */
  reason?: string | null | undefined;
};

export type RequestEmailChangeInput = {
  /** One of the operator's configured pages */
  confirmUrl?: string | null | undefined;
  newEmail: string;
};

export type RequestPhoneChangeInput = {
  newPhoneNumber: string;
};

export type ResendEmailVerificationInput = {
  email: string;
};

export type ResetMethod =
  | 'LINK'
  | 'OTP';

export type ResetPasswordInput = {
  /** PASSWORD_RESET grant from validateOtp */
  grant?: string | null | undefined;
  newPassword: string;
  /** from the link */
  token?: string | null | undefined;
};

export type RevertContactChangeInput = {
  token: string;
};

export type RotateSigningKeyInput = {
  /** emergency: the named key stops being accepted at once */
  emergencyRemoveKid?: string | null | undefined;
};

/** One of userId, to */
export type SendEmailInput = {
  /** For a day: the same key and input is the same message, sent once */
  idempotencyKey: string;
  /** CUSTOM, or PRODUCT_NEWS to people who want news; all else is sent when what it tells of happens */
  kind?: NotificationKind;
  /** Without it the person’s, and English where there is neither */
  locale?: string | null | undefined;
  template: string;
  to?: string | null | undefined;
  /** Somebody with a proved address */
  userId?: string | null | undefined;
  /** An object: what each variable of the template is */
  variables?: unknown;
};

/** One of userId, to */
export type SendSmsInput = {
  /** For a day: the same key and input is the same message, sent once */
  idempotencyKey: string;
  /** CUSTOM, or PRODUCT_NEWS to people who want news; all else is sent when what it tells of happens */
  kind?: NotificationKind;
  /** Without it the person’s, and English where there is neither */
  locale?: string | null | undefined;
  template: string;
  to?: string | null | undefined;
  /** Somebody with a proved number */
  userId?: string | null | undefined;
  /** An object: what each variable of the template is */
  variables?: unknown;
};

export type SessionState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'REVOKED';

export type SetOtpFactorInput = {
  enabled: boolean;
  /** SMS; an app is enrolled by `beginTotpEnrollment` */
  kind: MfaFactorKind;
};

export type SetPasswordInput = {
  newPassword: string;
};

export type TokenDelivery =
  | 'BODY'
  | 'COOKIE';

export type TokenInvalidReason =
  | 'BAD_SIGNATURE'
  | 'EXPIRED'
  | 'MALFORMED'
  | 'NOT_YET_VALID'
  | 'REVOKED'
  | 'UNKNOWN_KEY'
  | 'WRONG_AUDIENCE'
  | 'WRONG_ISSUER';

export type UpdateProfileInput = {
  /** Optimistic lock */
  ifUpdatedAt?: string | null | undefined;
  profile: ProfileInput;
};

export type UpdateUserInput = {
  /** Needs a fresh proof. In force at once; the old one is told, and may undo it for seven days */
  email?: string | null | undefined;
  /** Needs a fresh proof. Without it, a new address gets a link to verify it */
  emailVerified?: boolean | null | undefined;
  /** Needs a fresh proof. In force at once; old number and proved address are told, and may undo it for seven days */
  phoneNumber?: string | null | undefined;
  /** Needs a fresh proof. Without it, whoever has a new number proves it: `generateOtp` */
  phoneNumberVerified?: boolean | null | undefined;
  profile?: ProfileInput | null | undefined;
  username?: string | null | undefined;
};

export type UserAttributeInput = {
  key: string;
  namespace: string;
  /** Null removes it */
  value?: unknown;
};

export type UserErrorCode =
  | 'ALREADY_ENROLLED'
  | 'ALREADY_USED'
  | 'CONFLICT'
  | 'EXPIRED'
  | 'INVALID'
  | 'INVALID_CODE'
  | 'INVALID_CREDENTIALS'
  | 'INVALID_EMAIL'
  | 'INVALID_PHONE'
  | 'LAST_ADMIN'
  | 'LAST_CREDENTIAL'
  | 'MISSING_VARIABLE'
  | 'NOT_ENROLLED'
  | 'NOT_FOUND'
  | 'PASSWORD_BREACHED'
  | 'PASSWORD_COMMON'
  | 'PASSWORD_CONTAINS_IDENTITY'
  | 'PASSWORD_PREDICTABLE'
  | 'PASSWORD_REUSED'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_TOO_SHORT'
  | 'RATE_LIMITED'
  | 'REQUIRED'
  | 'SIGN_UP_CLOSED'
  | 'STEP_UP_REQUIRED'
  | 'SUPPRESSED'
  | 'TAKEN'
  | 'TEMPLATE_NOT_FOUND'
  | 'TOO_LONG'
  | 'TOO_MANY_ATTEMPTS'
  | 'USERNAME_NOT_ALLOWED'
  | 'VERIFICATION_REQUIRED'
  | 'WRONG_PASSWORD';

export type UserFilter = {
  createdAfter?: string | null | undefined;
  createdBefore?: string | null | undefined;
  email?: string | null | undefined;
  /** Words, at most five and one of them of three letters or more: each is somewhere in the names, the username or the address */
  query?: string | null | undefined;
  role?: string | null | undefined;
  status?: Array<UserStatus> | null | undefined;
};

export type UserOrder = {
  direction?: OrderDirection;
  field: UserOrderField;
};

export type UserOrderField =
  | 'CREATED_AT'
  | 'DISPLAY_NAME'
  | 'UPDATED_AT';

export type UserStatus =
  | 'ACTIVE'
  | 'DISABLED'
  | 'LOCKED'
  | 'PENDING_DELETION'
  | 'PENDING_VERIFICATION';

export type ValidateOtpInput = {
  challengeId: string;
  code: string;
};

export type VerifyEmailInput = {
  /** OTP grant with purpose EMAIL_VERIFICATION */
  grant?: string | null | undefined;
  /** Link token, or */
  token?: string | null | undefined;
};

export type VerifyPhoneInput = {
  /** OTP grant with purpose PHONE_VERIFICATION */
  grant: string;
};

export type ApiClientsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ApiClientsQuery = { apiClients: { nodes: Array<{ id: string, name: string, scopes: Array<string>, createdAt: string, lastUsedAt: string | null, secretRotatedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AssignRoleMutationVariables = Exact<{
  userId: string;
  role: string;
}>;


export type AssignRoleMutation = { assignRole: { user: { id: string, roles: Array<{ name: string }> | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type AuditLogQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: AuditLogFilter | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { nodes: Array<{ id: string, action: string, outcome: AuditOutcome, at: string, ip: string | null, userAgent: string | null, client: string | null, detail: unknown, actor: { id: string, displayName: string | null } | null, subject: { id: string, displayName: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type BeginStepUpMutationVariables = Exact<{
  input: BeginStepUpInput;
}>;


export type BeginStepUpMutation = { beginStepUp: { stepUpTicket: string | null, methods: Array<AuthenticationMethod>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type BeginTotpEnrollmentMutationVariables = Exact<{
  input?: BeginTotpEnrollmentInput | null | undefined;
}>;


export type BeginTotpEnrollmentMutation = { beginTotpEnrollment: { enrollmentId: string | null, secret: string | null, otpauthUri: string | null, qrSvg: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type CancelAccountDeletionMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelAccountDeletionMutation = { cancelAccountDeletion: { deletion: { requestedAt: string, effectiveAt: string, receipts: Array<{ subgraph: string, status: JobStatus, fields: number | null }> } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { revokedSessionCount: number | null, user: { id: string, password: { isSet: boolean, changedAt: string | null, mustChange: boolean } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ChangeUsernameMutationVariables = Exact<{
  input: ChangeUsernameInput;
}>;


export type ChangeUsernameMutation = { changeUsername: { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type CheckPasswordQueryVariables = Exact<{
  password: string;
  userInputs?: Array<string> | string | null | undefined;
}>;


export type CheckPasswordQuery = { checkPassword: { acceptable: boolean, score: number, reasons: Array<UserErrorCode>, suggestions: Array<string> } };

export type CheckUsernameQueryVariables = Exact<{
  username: string;
}>;


export type CheckUsernameQuery = { checkUsername: { acceptable: boolean, reasons: Array<UserErrorCode> } };

export type CompleteLoginMutationVariables = Exact<{
  input: CompleteLoginInput;
}>;


export type CompleteLoginMutation = { completeLogin: { result:
      | { __typename: 'LoginSuccess', isNewDevice: boolean, tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, deviceToken: string | null }, session: { id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, user: { id: string } | null, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } }, user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null }
      | { __typename: 'MfaEnrollmentRequired', loginTicket: string, methods: Array<AuthenticationMethod>, expiresAt: string }
      | { __typename: 'PasswordChangeRequired', loginTicket: string, reason: PasswordChangeReason }
      | { __typename: 'SecondFactorRequired', loginTicket: string, methods: Array<AuthenticationMethod>, expiresAt: string }
      | { __typename: 'VerificationRequired', loginTicket: string, channel: DeliveryChannel, destinationMasked: string | null, challengeId: string | null, challengeExpiresAt: string | null, resendAfter: number | null }
     | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type CompleteStepUpMutationVariables = Exact<{
  input: CompleteStepUpInput;
}>;


export type CompleteStepUpMutation = { completeStepUp: { tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, deviceToken: string | null } | null, session: { id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, user: { id: string } | null, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: ConfirmContactChangeInput;
}>;


export type ConfirmEmailChangeMutation = { confirmEmailChange: { user: { id: string, emailVerified: boolean } | null, change: { id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ConfirmFirstTotpMutationVariables = Exact<{
  input: ConfirmTotpEnrollmentInput;
}>;


export type ConfirmFirstTotpMutation = { confirmTotpEnrollment: { recoveryCodes: Array<string> | null, grant: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ConfirmPhoneChangeMutationVariables = Exact<{
  input: ConfirmContactChangeInput;
}>;


export type ConfirmPhoneChangeMutation = { confirmPhoneChange: { user: { id: string, phoneNumberVerified: boolean } | null, change: { id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ConfirmTotpEnrollmentMutationVariables = Exact<{
  input: ConfirmTotpEnrollmentInput;
}>;


export type ConfirmTotpEnrollmentMutation = { confirmTotpEnrollment: { recoveryCodes: Array<string> | null, user: { id: string, mfa: { enabled: boolean, recoveryCodesRemaining: number, requiredByPolicy: boolean, factors: Array<{ kind: MfaFactorKind, destinationMasked: string | null, enrolledAt: string, lastUsedAt: string | null }> } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type CreateApiClientMutationVariables = Exact<{
  input: CreateApiClientInput;
}>;


export type CreateApiClientMutation = { createApiClient: { clientSecret: string | null, client: { id: string, name: string, scopes: Array<string>, createdAt: string, lastUsedAt: string | null, secretRotatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser: { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type CurrentSessionQueryVariables = Exact<{ [key: string]: never; }>;


export type CurrentSessionQuery = { currentSession: { id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } } | null };

export type DeleteApiClientMutationVariables = Exact<{
  id: string;
}>;


export type DeleteApiClientMutation = { deleteApiClient: { deletedApiClientId: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { deleteUser: { deletedUserId: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type DisableTotpMutationVariables = Exact<{ [key: string]: never; }>;


export type DisableTotpMutation = { disableTotp: { user: { id: string, mfa: { enabled: boolean, recoveryCodesRemaining: number, requiredByPolicy: boolean, factors: Array<{ kind: MfaFactorKind, destinationMasked: string | null, enrolledAt: string, lastUsedAt: string | null }> } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type DisableUserMutationVariables = Exact<{
  input: DisableUserInput;
}>;


export type DisableUserMutation = { disableUser: { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type EnableUserMutationVariables = Exact<{
  id: string;
}>;


export type EnableUserMutation = { enableUser: { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ForgetTrustedDeviceMutationVariables = Exact<{
  id: string;
}>;


export type ForgetTrustedDeviceMutation = { forgetTrustedDevice: { accepted: boolean, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ForgotPasswordMutationVariables = Exact<{
  input: ForgotPasswordInput;
}>;


export type ForgotPasswordMutation = { forgotPassword: { accepted: boolean, challengeId: string | null, expiresAt: string | null, resendAfter: number | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ApiClientSummaryFragment = { id: string, name: string, scopes: Array<string>, createdAt: string, lastUsedAt: string | null, secretRotatedAt: string };

export type AuditEventSummaryFragment = { id: string, action: string, outcome: AuditOutcome, at: string, ip: string | null, userAgent: string | null, client: string | null, detail: unknown };

export type ChosenNotificationsFragment = { loginAlerts: boolean, profileChanges: boolean, productNews: boolean, preferredChannel: NotificationChannel, mandatory: Array<NotificationKind>, quietHours: { from: string, to: string, timeZone: string } | null };

export type ContactChangeSummaryFragment = { id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null };

export type DeletionSummaryFragment = { requestedAt: string, effectiveAt: string, receipts: Array<{ subgraph: string, status: JobStatus, fields: number | null }> };

export type LoginOutcomeFragment = { result:
    | { __typename: 'LoginSuccess', isNewDevice: boolean, tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, deviceToken: string | null }, session: { id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, user: { id: string } | null, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } }, user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null }
    | { __typename: 'MfaEnrollmentRequired', loginTicket: string, methods: Array<AuthenticationMethod>, expiresAt: string }
    | { __typename: 'PasswordChangeRequired', loginTicket: string, reason: PasswordChangeReason }
    | { __typename: 'SecondFactorRequired', loginTicket: string, methods: Array<AuthenticationMethod>, expiresAt: string }
    | { __typename: 'VerificationRequired', loginTicket: string, channel: DeliveryChannel, destinationMasked: string | null, challengeId: string | null, challengeExpiresAt: string | null, resendAfter: number | null }
   | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> };

export type MfaSummaryFragment = { enabled: boolean, recoveryCodesRemaining: number, requiredByPolicy: boolean, factors: Array<{ kind: MfaFactorKind, destinationMasked: string | null, enrolledAt: string, lastUsedAt: string | null }> };

export type PageFragment = { hasNextPage: boolean, endCursor: string | null };

export type ProblemFragment = { code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null };

export type ProfileFragment = { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string };

export type SentMessageFragment = { id: string, kind: NotificationKind, channel: NotificationChannel, status: NotificationStatus, recipientMasked: string, template: string, locale: string, createdAt: string, sentAt: string | null, user: { id: string } | null };

export type SessionSummaryFragment = { id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } };

export type TemplateFragment = { name: string, locale: string, channel: NotificationChannel, subject: string | null, body: string, variables: Array<string>, updatedAt: string };

export type TokensFragment = { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, deviceToken: string | null };

export type GenerateOtpMutationVariables = Exact<{
  input: GenerateOtpInput;
}>;


export type GenerateOtpMutation = { generateOtp: { challengeId: string | null, destinationMasked: string | null, expiresAt: string | null, resendAfter: number | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type IssueClientTokenMutationVariables = Exact<{
  input: IssueClientTokenInput;
}>;


export type IssueClientTokenMutation = { issueClientToken: { accessToken: string | null, expiresAt: string | null, scopes: Array<string>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login: { result:
      | { __typename: 'LoginSuccess', isNewDevice: boolean, tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, deviceToken: string | null }, session: { id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, user: { id: string } | null, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } }, user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null }
      | { __typename: 'MfaEnrollmentRequired', loginTicket: string, methods: Array<AuthenticationMethod>, expiresAt: string }
      | { __typename: 'PasswordChangeRequired', loginTicket: string, reason: PasswordChangeReason }
      | { __typename: 'SecondFactorRequired', loginTicket: string, methods: Array<AuthenticationMethod>, expiresAt: string }
      | { __typename: 'VerificationRequired', loginTicket: string, channel: DeliveryChannel, destinationMasked: string | null, challengeId: string | null, challengeExpiresAt: string | null, resendAfter: number | null }
     | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type LogoutMutationVariables = Exact<{
  input?: LogoutInput | null | undefined;
}>;


export type LogoutMutation = { logout: { loggedOut: boolean, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string, roles: Array<{ name: string, permissions: Array<string> }> | null, password: { isSet: boolean, changedAt: string | null, mustChange: boolean } | null } | null };

export type MyAccountDeletionQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAccountDeletionQuery = { me: { id: string, deletion: { requestedAt: string, effectiveAt: string, receipts: Array<{ subgraph: string, status: JobStatus, fields: number | null }> } | null } | null };

export type MyAttributesQueryVariables = Exact<{
  namespace?: string | null | undefined;
}>;


export type MyAttributesQuery = { me: { attributes: Array<{ namespace: string, key: string, value: unknown }> | null } | null };

export type MyAuditLogQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyAuditLogQuery = { me: { id: string, auditLog: { nodes: Array<{ id: string, action: string, outcome: AuditOutcome, at: string, ip: string | null, userAgent: string | null, client: string | null, detail: unknown }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type MyContactChangesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyContactChangesQuery = { me: { id: string, pendingContactChanges: Array<{ id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null }> | null } | null };

export type MyMfaQueryVariables = Exact<{ [key: string]: never; }>;


export type MyMfaQuery = { me: { id: string, mfa: { enabled: boolean, recoveryCodesRemaining: number, requiredByPolicy: boolean, factors: Array<{ kind: MfaFactorKind, destinationMasked: string | null, enrolledAt: string, lastUsedAt: string | null }> } | null } | null };

export type MyNotificationPreferencesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyNotificationPreferencesQuery = { me: { id: string, notificationPreferences: { loginAlerts: boolean, profileChanges: boolean, productNews: boolean, preferredChannel: NotificationChannel, mandatory: Array<NotificationKind>, quietHours: { from: string, to: string, timeZone: string } | null } | null } | null };

export type MyNotificationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyNotificationsQuery = { me: { id: string, notifications: { nodes: Array<{ id: string, kind: NotificationKind, channel: NotificationChannel, status: NotificationStatus, recipientMasked: string, locale: string, createdAt: string, sentAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type MySessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  state?: SessionState | null | undefined;
}>;


export type MySessionsQuery = { me: { id: string, sessions: { nodes: Array<{ id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type MyTrustedDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyTrustedDevicesQuery = { me: { id: string, trustedDevices: Array<{ id: string, trustedUntil: string, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } }> | null } | null };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { node:
    | { __typename: 'ContactChange', id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null }
    | { __typename: 'Session', id: string, isCurrent: boolean, state: SessionState, assurance: AssuranceLevel, methods: Array<AuthenticationMethod>, ip: string | null, approximateLocation: string | null, createdAt: string, lastSeenAt: string, idleExpiresAt: string, absoluteExpiresAt: string, authenticatedAt: string, device: { name: string, browser: string | null, os: string | null, kind: DeviceKind } }
    | { __typename: 'User', id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string }
   | null };

export type NotificationTemplatesQueryVariables = Exact<{
  locale?: string | null | undefined;
}>;


export type NotificationTemplatesQuery = { notificationTemplates: Array<{ name: string, locale: string, channel: NotificationChannel, subject: string | null, body: string, variables: Array<string>, updatedAt: string }> };

export type NotificationQueryVariables = Exact<{
  id: string;
}>;


export type NotificationQuery = { notification: { id: string, kind: NotificationKind, channel: NotificationChannel, status: NotificationStatus, recipientMasked: string, template: string, locale: string, createdAt: string, sentAt: string | null, attempts: Array<{ at: string, provider: string, outcome: NotificationStatus, providerMessageId: string | null, error: string | null, nextAttemptAt: string | null }>, user: { id: string } | null } | null };

export type NotificationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: NotificationFilter | null | undefined;
}>;


export type NotificationsQuery = { notifications: { nodes: Array<{ id: string, kind: NotificationKind, channel: NotificationChannel, status: NotificationStatus, recipientMasked: string, template: string, locale: string, createdAt: string, sentAt: string | null, user: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PasswordPolicyQueryVariables = Exact<{ [key: string]: never; }>;


export type PasswordPolicyQuery = { passwordPolicy: { minLength: number, maxLength: number, breachCheck: boolean, historySize: number } };

export type PreviewNotificationQueryVariables = Exact<{
  template: string;
  locale: string;
  variables: unknown;
}>;


export type PreviewNotificationQuery = { previewNotification: { subject: string | null, text: string, html: string | null } };

export type RefreshTokenMutationVariables = Exact<{
  input?: RefreshTokenInput | null | undefined;
}>;


export type RefreshTokenMutation = { refreshToken: { tokens: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, deviceToken: string | null } | null, session: { id: string, user: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RegenerateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type RegenerateRecoveryCodesMutation = { regenerateRecoveryCodes: { recoveryCodes: Array<string> | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register: { nextStep: RegistrationStep | null, challengeId: string | null, challengeExpiresAt: string | null, resendAfter: number | null, user: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RemovePasswordMutationVariables = Exact<{ [key: string]: never; }>;


export type RemovePasswordMutation = { removePassword: { revokedSessionCount: number | null, user: { id: string, password: { isSet: boolean, changedAt: string | null, mustChange: boolean } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RemoveSuppressionMutationVariables = Exact<{
  address: string;
}>;


export type RemoveSuppressionMutation = { removeSuppression: { accepted: boolean, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RequestAccountDeletionMutationVariables = Exact<{
  input: RequestAccountDeletionInput;
}>;


export type RequestAccountDeletionMutation = { requestAccountDeletion: { deletion: { requestedAt: string, effectiveAt: string, receipts: Array<{ subgraph: string, status: JobStatus, fields: number | null }> } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { requestEmailChange: { change: { id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RequestPhoneChangeMutationVariables = Exact<{
  input: RequestPhoneChangeInput;
}>;


export type RequestPhoneChangeMutation = { requestPhoneChange: { challengeId: string | null, challengeExpiresAt: string | null, resendAfter: number | null, change: { id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RequirePasswordChangeMutationVariables = Exact<{
  userId: string;
  reason?: string | null | undefined;
}>;


export type RequirePasswordChangeMutation = { requirePasswordChange: { revokedSessionCount: number | null, user: { id: string, password: { isSet: boolean, changedAt: string | null, mustChange: boolean } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ResendEmailVerificationMutationVariables = Exact<{
  input: ResendEmailVerificationInput;
}>;


export type ResendEmailVerificationMutation = { resendEmailVerification: { accepted: boolean, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword: { passwordReset: boolean, revokedSessionCount: number | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ResetUserMfaMutationVariables = Exact<{
  userId: string;
  reason: string;
}>;


export type ResetUserMfaMutation = { resetUserMfa: { user: { id: string, mfa: { enabled: boolean, recoveryCodesRemaining: number, requiredByPolicy: boolean, factors: Array<{ kind: MfaFactorKind, destinationMasked: string | null, enrolledAt: string, lastUsedAt: string | null }> } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RetryNotificationMutationVariables = Exact<{
  id: string;
}>;


export type RetryNotificationMutation = { retryNotification: { notification: { id: string, kind: NotificationKind, status: NotificationStatus, recipientMasked: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RevertContactChangeMutationVariables = Exact<{
  input: RevertContactChangeInput;
}>;


export type RevertContactChangeMutation = { revertContactChange: { user: { id: string, emailVerified: boolean } | null, change: { id: string, kind: ContactKind, newValueMasked: string, requestedAt: string, expiresAt: string, revertUntil: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { revokeOtherSessions: { revokedSessionIds: Array<string>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RevokeSessionMutationVariables = Exact<{
  id: string;
}>;


export type RevokeSessionMutation = { revokeSession: { revokedSessionIds: Array<string>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RevokeUserSessionsMutationVariables = Exact<{
  userId: string;
}>;


export type RevokeUserSessionsMutation = { revokeUserSessions: { revokedSessionIds: Array<string>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RolesQuery = { roles: Array<{ name: string, description: string | null, permissions: Array<string> }> };

export type RotateApiClientSecretMutationVariables = Exact<{
  id: string;
}>;


export type RotateApiClientSecretMutation = { rotateApiClientSecret: { clientSecret: string | null, client: { id: string, name: string, scopes: Array<string>, createdAt: string, lastUsedAt: string | null, secretRotatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type RotateSigningKeyMutationVariables = Exact<{
  input?: RotateSigningKeyInput | null | undefined;
}>;


export type RotateSigningKeyMutation = { rotateSigningKey: { activeKid: string | null, nextKid: string | null, retiringKids: Array<string>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type SendEmailMutationVariables = Exact<{
  input: SendEmailInput;
}>;


export type SendEmailMutation = { sendEmail: { notification: { id: string, kind: NotificationKind, channel: NotificationChannel, status: NotificationStatus, recipientMasked: string, template: string, locale: string, createdAt: string, sentAt: string | null, user: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type SendSmsMutationVariables = Exact<{
  input: SendSmsInput;
}>;


export type SendSmsMutation = { sendSMS: { notification: { id: string, kind: NotificationKind, channel: NotificationChannel, status: NotificationStatus, recipientMasked: string, template: string, locale: string, createdAt: string, sentAt: string | null, user: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type SetOtpFactorMutationVariables = Exact<{
  input: SetOtpFactorInput;
}>;


export type SetOtpFactorMutation = { setOtpFactor: { recoveryCodes: Array<string> | null, user: { id: string, mfa: { enabled: boolean, recoveryCodesRemaining: number, requiredByPolicy: boolean, factors: Array<{ kind: MfaFactorKind, destinationMasked: string | null, enrolledAt: string, lastUsedAt: string | null }> } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type SetPasswordMutationVariables = Exact<{
  input: SetPasswordInput;
}>;


export type SetPasswordMutation = { setPassword: { revokedSessionCount: number | null, user: { id: string, password: { isSet: boolean, changedAt: string | null, mustChange: boolean } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type SignInOptionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SignInOptionsQuery = { signInOptions: { password: boolean, passkey: boolean, magicLink: boolean, otpChannels: Array<DeliveryChannel>, externalProviders: Array<string> } };

export type UnassignRoleMutationVariables = Exact<{
  userId: string;
  role: string;
}>;


export type UnassignRoleMutation = { unassignRole: { user: { id: string, roles: Array<{ name: string }> | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type UnsubscribeMutationVariables = Exact<{
  token: string;
}>;


export type UnsubscribeMutation = { unsubscribe: { accepted: boolean, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type UpdateNotificationPreferencesMutationVariables = Exact<{
  input: NotificationPreferencesInput;
}>;


export type UpdateNotificationPreferencesMutation = { updateNotificationPreferences: { user: { id: string, notificationPreferences: { loginAlerts: boolean, profileChanges: boolean, productNews: boolean, preferredChannel: NotificationChannel, mandatory: Array<NotificationKind>, quietHours: { from: string, to: string, timeZone: string } | null } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { updateProfile: { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type UpdateUserMutationVariables = Exact<{
  id: string;
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser: { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type UpsertNotificationTemplateMutationVariables = Exact<{
  input: NotificationTemplateInput;
}>;


export type UpsertNotificationTemplateMutation = { upsertNotificationTemplate: { template: { name: string, locale: string, channel: NotificationChannel, subject: string | null, body: string, variables: Array<string>, updatedAt: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { user: { id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string, roles: Array<{ name: string, permissions: Array<string> }> | null } | null };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
}>;


export type UsersQuery = { users: { nodes: Array<{ lastSignInAt: string | null, id: string, status: UserStatus | null, username: string | null, displayName: string | null, givenName: string | null, familyName: string | null, birthdate: string | null, email: string | null, emailVerified: boolean, phoneNumber: string | null, phoneNumberVerified: boolean, locale: string, timeZone: string | null, createdAt: string, updatedAt: string, roles: Array<{ name: string }> | null }>, totalCount: { value: number, isExact: boolean }, pageInfo: { hasPreviousPage: boolean, startCursor: string | null, hasNextPage: boolean, endCursor: string | null } } };

export type ValidateOtpMutationVariables = Exact<{
  input: ValidateOtpInput;
}>;


export type ValidateOtpMutation = { validateOtp: { valid: boolean, grant: string | null, grantExpiresAt: string | null, attemptsRemaining: number | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type ValidateTokenQueryVariables = Exact<{
  token: string;
}>;


export type ValidateTokenQuery = { validateToken: { valid: boolean, reason: TokenInvalidReason | null, scopes: Array<string>, assurance: AssuranceLevel | null, authenticatedAt: string | null, issuedAt: string | null, expiresAt: string | null, claims: unknown, subject: { id: string } | null, session: { id: string, state: SessionState } | null } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { verifyEmail: { user: { id: string, emailVerified: boolean } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };

export type VerifyPhoneMutationVariables = Exact<{
  input: VerifyPhoneInput;
}>;


export type VerifyPhoneMutation = { verifyPhone: { user: { id: string, phoneNumberVerified: boolean } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryAfter: number | null }> } };


export const ApiClientsDocument = `query ApiClients($first: Int, $after: String) {
  apiClients(first: $first, after: $after) {
    nodes {
      ...ApiClientSummary
    }
    pageInfo {
      ...Page
    }
  }
}
fragment ApiClientSummary on ApiClient {
  id
  name
  scopes
  createdAt
  lastUsedAt
  secretRotatedAt
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<ApiClientsQuery, ApiClientsQueryVariables>

export const AssignRoleDocument = `mutation AssignRole($userId: ID!, $role: String!) {
  assignRole(userId: $userId, role: $role) {
    user {
      id
      roles {
        name
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<AssignRoleMutation, AssignRoleMutationVariables>

export const AuditLogDocument = `query AuditLog($first: Int, $after: String, $filter: AuditLogFilter) {
  auditLog(first: $first, after: $after, filter: $filter) {
    nodes {
      ...AuditEventSummary
      actor {
        id
        displayName
      }
      subject {
        id
        displayName
      }
    }
    pageInfo {
      ...Page
    }
  }
}
fragment AuditEventSummary on AuditEvent {
  id
  action
  outcome
  at
  ip
  userAgent
  client
  detail
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<AuditLogQuery, AuditLogQueryVariables>

export const BeginStepUpDocument = `mutation BeginStepUp($input: BeginStepUpInput!) {
  beginStepUp(input: $input) {
    stepUpTicket
    methods
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<BeginStepUpMutation, BeginStepUpMutationVariables>

export const BeginTotpEnrollmentDocument = `mutation BeginTotpEnrollment($input: BeginTotpEnrollmentInput) {
  beginTotpEnrollment(input: $input) {
    enrollmentId
    secret
    otpauthUri
    qrSvg
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<BeginTotpEnrollmentMutation, BeginTotpEnrollmentMutationVariables>

export const CancelAccountDeletionDocument = `mutation CancelAccountDeletion {
  cancelAccountDeletion {
    deletion {
      ...DeletionSummary
    }
    userErrors {
      ...Problem
    }
  }
}
fragment DeletionSummary on AccountDeletion {
  requestedAt
  effectiveAt
  receipts {
    subgraph
    status
    fields
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<CancelAccountDeletionMutation, CancelAccountDeletionMutationVariables>

export const ChangePasswordDocument = `mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    user {
      id
      password {
        isSet
        changedAt
        mustChange
      }
    }
    revokedSessionCount
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ChangePasswordMutation, ChangePasswordMutationVariables>

export const ChangeUsernameDocument = `mutation ChangeUsername($input: ChangeUsernameInput!) {
  changeUsername(input: $input) {
    user {
      ...Profile
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ChangeUsernameMutation, ChangeUsernameMutationVariables>

export const CheckPasswordDocument = `query CheckPassword($password: String!, $userInputs: [String!]) {
  checkPassword(password: $password, userInputs: $userInputs) {
    acceptable
    score
    reasons
    suggestions
  }
}` as TypedDocument<CheckPasswordQuery, CheckPasswordQueryVariables>

export const CheckUsernameDocument = `query CheckUsername($username: String!) {
  checkUsername(username: $username) {
    acceptable
    reasons
  }
}` as TypedDocument<CheckUsernameQuery, CheckUsernameQueryVariables>

export const CompleteLoginDocument = `mutation CompleteLogin($input: CompleteLoginInput!) {
  completeLogin(input: $input) {
    ...LoginOutcome
  }
}
fragment LoginOutcome on LoginPayload {
  result {
    __typename
    ... on LoginSuccess {
      tokens {
        ...Tokens
      }
      session {
        ...SessionSummary
        user {
          id
        }
      }
      user {
        ...Profile
      }
      isNewDevice
    }
    ... on SecondFactorRequired {
      loginTicket
      methods
      expiresAt
    }
    ... on MfaEnrollmentRequired {
      loginTicket
      methods
      expiresAt
    }
    ... on VerificationRequired {
      loginTicket
      channel
      destinationMasked
      challengeId
      challengeExpiresAt
      resendAfter
    }
    ... on PasswordChangeRequired {
      loginTicket
      reason
    }
  }
  userErrors {
    ...Problem
  }
}
fragment Tokens on AuthTokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
  deviceToken
}
fragment SessionSummary on Session {
  id
  isCurrent
  state
  assurance
  methods
  device {
    name
    browser
    os
    kind
  }
  ip
  approximateLocation
  createdAt
  lastSeenAt
  idleExpiresAt
  absoluteExpiresAt
  authenticatedAt
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<CompleteLoginMutation, CompleteLoginMutationVariables>

export const CompleteStepUpDocument = `mutation CompleteStepUp($input: CompleteStepUpInput!) {
  completeStepUp(input: $input) {
    tokens {
      ...Tokens
    }
    session {
      ...SessionSummary
      user {
        id
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Tokens on AuthTokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
  deviceToken
}
fragment SessionSummary on Session {
  id
  isCurrent
  state
  assurance
  methods
  device {
    name
    browser
    os
    kind
  }
  ip
  approximateLocation
  createdAt
  lastSeenAt
  idleExpiresAt
  absoluteExpiresAt
  authenticatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<CompleteStepUpMutation, CompleteStepUpMutationVariables>

export const ConfirmEmailChangeDocument = `mutation ConfirmEmailChange($input: ConfirmContactChangeInput!) {
  confirmEmailChange(input: $input) {
    user {
      id
      emailVerified
    }
    change {
      ...ContactChangeSummary
    }
    userErrors {
      ...Problem
    }
  }
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>

export const ConfirmFirstTotpDocument = `mutation ConfirmFirstTotp($input: ConfirmTotpEnrollmentInput!) {
  confirmTotpEnrollment(input: $input) {
    recoveryCodes
    grant
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ConfirmFirstTotpMutation, ConfirmFirstTotpMutationVariables>

export const ConfirmPhoneChangeDocument = `mutation ConfirmPhoneChange($input: ConfirmContactChangeInput!) {
  confirmPhoneChange(input: $input) {
    user {
      id
      phoneNumberVerified
    }
    change {
      ...ContactChangeSummary
    }
    userErrors {
      ...Problem
    }
  }
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ConfirmPhoneChangeMutation, ConfirmPhoneChangeMutationVariables>

export const ConfirmTotpEnrollmentDocument = `mutation ConfirmTotpEnrollment($input: ConfirmTotpEnrollmentInput!) {
  confirmTotpEnrollment(input: $input) {
    recoveryCodes
    user {
      id
      mfa {
        ...MfaSummary
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment MfaSummary on MfaState {
  enabled
  factors {
    kind
    destinationMasked
    enrolledAt
    lastUsedAt
  }
  recoveryCodesRemaining
  requiredByPolicy
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ConfirmTotpEnrollmentMutation, ConfirmTotpEnrollmentMutationVariables>

export const CreateApiClientDocument = `mutation CreateApiClient($input: CreateApiClientInput!) {
  createApiClient(input: $input) {
    client {
      ...ApiClientSummary
    }
    clientSecret
    userErrors {
      ...Problem
    }
  }
}
fragment ApiClientSummary on ApiClient {
  id
  name
  scopes
  createdAt
  lastUsedAt
  secretRotatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<CreateApiClientMutation, CreateApiClientMutationVariables>

export const CreateUserDocument = `mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    user {
      ...Profile
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<CreateUserMutation, CreateUserMutationVariables>

export const CurrentSessionDocument = `query CurrentSession {
  currentSession {
    ...SessionSummary
  }
}
fragment SessionSummary on Session {
  id
  isCurrent
  state
  assurance
  methods
  device {
    name
    browser
    os
    kind
  }
  ip
  approximateLocation
  createdAt
  lastSeenAt
  idleExpiresAt
  absoluteExpiresAt
  authenticatedAt
}` as TypedDocument<CurrentSessionQuery, CurrentSessionQueryVariables>

export const DeleteApiClientDocument = `mutation DeleteApiClient($id: ID!) {
  deleteApiClient(id: $id) {
    deletedApiClientId
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<DeleteApiClientMutation, DeleteApiClientMutationVariables>

export const DeleteUserDocument = `mutation DeleteUser($input: DeleteUserInput!) {
  deleteUser(input: $input) {
    deletedUserId
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<DeleteUserMutation, DeleteUserMutationVariables>

export const DisableTotpDocument = `mutation DisableTotp {
  disableTotp {
    user {
      id
      mfa {
        ...MfaSummary
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment MfaSummary on MfaState {
  enabled
  factors {
    kind
    destinationMasked
    enrolledAt
    lastUsedAt
  }
  recoveryCodesRemaining
  requiredByPolicy
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<DisableTotpMutation, DisableTotpMutationVariables>

export const DisableUserDocument = `mutation DisableUser($input: DisableUserInput!) {
  disableUser(input: $input) {
    user {
      ...Profile
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<DisableUserMutation, DisableUserMutationVariables>

export const EnableUserDocument = `mutation EnableUser($id: ID!) {
  enableUser(id: $id) {
    user {
      ...Profile
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<EnableUserMutation, EnableUserMutationVariables>

export const ForgetTrustedDeviceDocument = `mutation ForgetTrustedDevice($id: ID!) {
  forgetTrustedDevice(id: $id) {
    accepted
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ForgetTrustedDeviceMutation, ForgetTrustedDeviceMutationVariables>

export const ForgotPasswordDocument = `mutation ForgotPassword($input: ForgotPasswordInput!) {
  forgotPassword(input: $input) {
    accepted
    challengeId
    expiresAt
    resendAfter
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ForgotPasswordMutation, ForgotPasswordMutationVariables>

export const GenerateOtpDocument = `mutation GenerateOtp($input: GenerateOtpInput!) {
  generateOtp(input: $input) {
    challengeId
    destinationMasked
    expiresAt
    resendAfter
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<GenerateOtpMutation, GenerateOtpMutationVariables>

export const IssueClientTokenDocument = `mutation IssueClientToken($input: IssueClientTokenInput!) {
  issueClientToken(input: $input) {
    accessToken
    expiresAt
    scopes
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<IssueClientTokenMutation, IssueClientTokenMutationVariables>

export const LoginDocument = `mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...LoginOutcome
  }
}
fragment LoginOutcome on LoginPayload {
  result {
    __typename
    ... on LoginSuccess {
      tokens {
        ...Tokens
      }
      session {
        ...SessionSummary
        user {
          id
        }
      }
      user {
        ...Profile
      }
      isNewDevice
    }
    ... on SecondFactorRequired {
      loginTicket
      methods
      expiresAt
    }
    ... on MfaEnrollmentRequired {
      loginTicket
      methods
      expiresAt
    }
    ... on VerificationRequired {
      loginTicket
      channel
      destinationMasked
      challengeId
      challengeExpiresAt
      resendAfter
    }
    ... on PasswordChangeRequired {
      loginTicket
      reason
    }
  }
  userErrors {
    ...Problem
  }
}
fragment Tokens on AuthTokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
  deviceToken
}
fragment SessionSummary on Session {
  id
  isCurrent
  state
  assurance
  methods
  device {
    name
    browser
    os
    kind
  }
  ip
  approximateLocation
  createdAt
  lastSeenAt
  idleExpiresAt
  absoluteExpiresAt
  authenticatedAt
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<LoginMutation, LoginMutationVariables>

export const LogoutDocument = `mutation Logout($input: LogoutInput) {
  logout(input: $input) {
    loggedOut
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<LogoutMutation, LogoutMutationVariables>

export const MeDocument = `query Me {
  me {
    ...Profile
    roles {
      name
      permissions
    }
    password {
      isSet
      changedAt
      mustChange
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}` as TypedDocument<MeQuery, MeQueryVariables>

export const MyAccountDeletionDocument = `query MyAccountDeletion {
  me {
    id
    deletion {
      ...DeletionSummary
    }
  }
}
fragment DeletionSummary on AccountDeletion {
  requestedAt
  effectiveAt
  receipts {
    subgraph
    status
    fields
  }
}` as TypedDocument<MyAccountDeletionQuery, MyAccountDeletionQueryVariables>

export const MyAttributesDocument = `query MyAttributes($namespace: String) {
  me {
    attributes(namespace: $namespace) {
      namespace
      key
      value
    }
  }
}` as TypedDocument<MyAttributesQuery, MyAttributesQueryVariables>

export const MyAuditLogDocument = `query MyAuditLog($first: Int, $after: String) {
  me {
    id
    auditLog(first: $first, after: $after) {
      nodes {
        ...AuditEventSummary
      }
      pageInfo {
        ...Page
      }
    }
  }
}
fragment AuditEventSummary on AuditEvent {
  id
  action
  outcome
  at
  ip
  userAgent
  client
  detail
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<MyAuditLogQuery, MyAuditLogQueryVariables>

export const MyContactChangesDocument = `query MyContactChanges {
  me {
    id
    pendingContactChanges {
      ...ContactChangeSummary
    }
  }
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}` as TypedDocument<MyContactChangesQuery, MyContactChangesQueryVariables>

export const MyMfaDocument = `query MyMfa {
  me {
    id
    mfa {
      ...MfaSummary
    }
  }
}
fragment MfaSummary on MfaState {
  enabled
  factors {
    kind
    destinationMasked
    enrolledAt
    lastUsedAt
  }
  recoveryCodesRemaining
  requiredByPolicy
}` as TypedDocument<MyMfaQuery, MyMfaQueryVariables>

export const MyNotificationPreferencesDocument = `query MyNotificationPreferences {
  me {
    id
    notificationPreferences {
      ...ChosenNotifications
    }
  }
}
fragment ChosenNotifications on NotificationPreferences {
  loginAlerts
  profileChanges
  productNews
  preferredChannel
  quietHours {
    from
    to
    timeZone
  }
  mandatory
}` as TypedDocument<MyNotificationPreferencesQuery, MyNotificationPreferencesQueryVariables>

export const MyNotificationsDocument = `query MyNotifications($first: Int, $after: String) {
  me {
    id
    notifications(first: $first, after: $after) {
      nodes {
        id
        kind
        channel
        status
        recipientMasked
        locale
        createdAt
        sentAt
      }
      pageInfo {
        ...Page
      }
    }
  }
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<MyNotificationsQuery, MyNotificationsQueryVariables>

export const MySessionsDocument = `query MySessions($first: Int, $after: String, $state: SessionState = ACTIVE) {
  me {
    id
    sessions(first: $first, after: $after, state: $state) {
      nodes {
        ...SessionSummary
      }
      pageInfo {
        ...Page
      }
    }
  }
}
fragment SessionSummary on Session {
  id
  isCurrent
  state
  assurance
  methods
  device {
    name
    browser
    os
    kind
  }
  ip
  approximateLocation
  createdAt
  lastSeenAt
  idleExpiresAt
  absoluteExpiresAt
  authenticatedAt
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<MySessionsQuery, MySessionsQueryVariables>

export const MyTrustedDevicesDocument = `query MyTrustedDevices {
  me {
    id
    trustedDevices {
      id
      trustedUntil
      device {
        name
        browser
        os
        kind
      }
    }
  }
}` as TypedDocument<MyTrustedDevicesQuery, MyTrustedDevicesQueryVariables>

export const NodeDocument = `query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on User {
      ...Profile
    }
    ... on Session {
      ...SessionSummary
    }
    ... on ContactChange {
      ...ContactChangeSummary
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment SessionSummary on Session {
  id
  isCurrent
  state
  assurance
  methods
  device {
    name
    browser
    os
    kind
  }
  ip
  approximateLocation
  createdAt
  lastSeenAt
  idleExpiresAt
  absoluteExpiresAt
  authenticatedAt
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}` as TypedDocument<NodeQuery, NodeQueryVariables>

export const NotificationTemplatesDocument = `query NotificationTemplates($locale: Locale) {
  notificationTemplates(locale: $locale) {
    ...Template
  }
}
fragment Template on NotificationTemplate {
  name
  locale
  channel
  subject
  body
  variables
  updatedAt
}` as TypedDocument<NotificationTemplatesQuery, NotificationTemplatesQueryVariables>

export const NotificationDocument = `query Notification($id: ID!) {
  notification(id: $id) {
    ...SentMessage
    attempts {
      at
      provider
      outcome
      providerMessageId
      error
      nextAttemptAt
    }
  }
}
fragment SentMessage on Notification {
  id
  kind
  channel
  status
  recipientMasked
  template
  locale
  createdAt
  sentAt
  user {
    id
  }
}` as TypedDocument<NotificationQuery, NotificationQueryVariables>

export const NotificationsDocument = `query Notifications($first: Int, $after: String, $filter: NotificationFilter) {
  notifications(first: $first, after: $after, filter: $filter) {
    nodes {
      ...SentMessage
    }
    pageInfo {
      ...Page
    }
  }
}
fragment SentMessage on Notification {
  id
  kind
  channel
  status
  recipientMasked
  template
  locale
  createdAt
  sentAt
  user {
    id
  }
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<NotificationsQuery, NotificationsQueryVariables>

export const PasswordPolicyDocument = `query PasswordPolicy {
  passwordPolicy {
    minLength
    maxLength
    breachCheck
    historySize
  }
}` as TypedDocument<PasswordPolicyQuery, PasswordPolicyQueryVariables>

export const PreviewNotificationDocument = `query PreviewNotification($template: String!, $locale: Locale!, $variables: JSON!) {
  previewNotification(template: $template, locale: $locale, variables: $variables) {
    subject
    text
    html
  }
}` as TypedDocument<PreviewNotificationQuery, PreviewNotificationQueryVariables>

export const RefreshTokenDocument = `mutation RefreshToken($input: RefreshTokenInput) {
  refreshToken(input: $input) {
    tokens {
      ...Tokens
    }
    session {
      id
      user {
        id
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Tokens on AuthTokens {
  accessToken
  accessTokenExpiresAt
  refreshToken
  deviceToken
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RefreshTokenMutation, RefreshTokenMutationVariables>

export const RegenerateRecoveryCodesDocument = `mutation RegenerateRecoveryCodes {
  regenerateRecoveryCodes {
    recoveryCodes
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RegenerateRecoveryCodesMutation, RegenerateRecoveryCodesMutationVariables>

export const RegisterDocument = `mutation Register($input: RegisterInput!) {
  register(input: $input) {
    user {
      id
    }
    nextStep
    challengeId
    challengeExpiresAt
    resendAfter
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RegisterMutation, RegisterMutationVariables>

export const RemovePasswordDocument = `mutation RemovePassword {
  removePassword {
    user {
      id
      password {
        isSet
        changedAt
        mustChange
      }
    }
    revokedSessionCount
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RemovePasswordMutation, RemovePasswordMutationVariables>

export const RemoveSuppressionDocument = `mutation RemoveSuppression($address: String!) {
  removeSuppression(address: $address) {
    accepted
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RemoveSuppressionMutation, RemoveSuppressionMutationVariables>

export const RequestAccountDeletionDocument = `mutation RequestAccountDeletion($input: RequestAccountDeletionInput!) {
  requestAccountDeletion(input: $input) {
    deletion {
      ...DeletionSummary
    }
    userErrors {
      ...Problem
    }
  }
}
fragment DeletionSummary on AccountDeletion {
  requestedAt
  effectiveAt
  receipts {
    subgraph
    status
    fields
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RequestAccountDeletionMutation, RequestAccountDeletionMutationVariables>

export const RequestEmailChangeDocument = `mutation RequestEmailChange($input: RequestEmailChangeInput!) {
  requestEmailChange(input: $input) {
    change {
      ...ContactChangeSummary
    }
    userErrors {
      ...Problem
    }
  }
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>

export const RequestPhoneChangeDocument = `mutation RequestPhoneChange($input: RequestPhoneChangeInput!) {
  requestPhoneChange(input: $input) {
    change {
      ...ContactChangeSummary
    }
    challengeId
    challengeExpiresAt
    resendAfter
    userErrors {
      ...Problem
    }
  }
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RequestPhoneChangeMutation, RequestPhoneChangeMutationVariables>

export const RequirePasswordChangeDocument = `mutation RequirePasswordChange($userId: ID!, $reason: String) {
  requirePasswordChange(userId: $userId, reason: $reason) {
    user {
      id
      password {
        isSet
        changedAt
        mustChange
      }
    }
    revokedSessionCount
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RequirePasswordChangeMutation, RequirePasswordChangeMutationVariables>

export const ResendEmailVerificationDocument = `mutation ResendEmailVerification($input: ResendEmailVerificationInput!) {
  resendEmailVerification(input: $input) {
    accepted
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ResendEmailVerificationMutation, ResendEmailVerificationMutationVariables>

export const ResetPasswordDocument = `mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    passwordReset
    revokedSessionCount
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ResetPasswordMutation, ResetPasswordMutationVariables>

export const ResetUserMfaDocument = `mutation ResetUserMfa($userId: ID!, $reason: String!) {
  resetUserMfa(userId: $userId, reason: $reason) {
    user {
      id
      mfa {
        ...MfaSummary
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment MfaSummary on MfaState {
  enabled
  factors {
    kind
    destinationMasked
    enrolledAt
    lastUsedAt
  }
  recoveryCodesRemaining
  requiredByPolicy
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ResetUserMfaMutation, ResetUserMfaMutationVariables>

export const RetryNotificationDocument = `mutation RetryNotification($id: ID!) {
  retryNotification(id: $id) {
    notification {
      id
      kind
      status
      recipientMasked
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RetryNotificationMutation, RetryNotificationMutationVariables>

export const RevertContactChangeDocument = `mutation RevertContactChange($input: RevertContactChangeInput!) {
  revertContactChange(input: $input) {
    user {
      id
      emailVerified
    }
    change {
      ...ContactChangeSummary
    }
    userErrors {
      ...Problem
    }
  }
}
fragment ContactChangeSummary on ContactChange {
  id
  kind
  newValueMasked
  requestedAt
  expiresAt
  revertUntil
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RevertContactChangeMutation, RevertContactChangeMutationVariables>

export const RevokeOtherSessionsDocument = `mutation RevokeOtherSessions {
  revokeOtherSessions {
    revokedSessionIds
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>

export const RevokeSessionDocument = `mutation RevokeSession($id: ID!) {
  revokeSession(id: $id) {
    revokedSessionIds
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RevokeSessionMutation, RevokeSessionMutationVariables>

export const RevokeUserSessionsDocument = `mutation RevokeUserSessions($userId: ID!) {
  revokeUserSessions(userId: $userId) {
    revokedSessionIds
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RevokeUserSessionsMutation, RevokeUserSessionsMutationVariables>

export const RolesDocument = `query Roles {
  roles {
    name
    description
    permissions
  }
}` as TypedDocument<RolesQuery, RolesQueryVariables>

export const RotateApiClientSecretDocument = `mutation RotateApiClientSecret($id: ID!) {
  rotateApiClientSecret(id: $id) {
    client {
      ...ApiClientSummary
    }
    clientSecret
    userErrors {
      ...Problem
    }
  }
}
fragment ApiClientSummary on ApiClient {
  id
  name
  scopes
  createdAt
  lastUsedAt
  secretRotatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RotateApiClientSecretMutation, RotateApiClientSecretMutationVariables>

export const RotateSigningKeyDocument = `mutation RotateSigningKey($input: RotateSigningKeyInput) {
  rotateSigningKey(input: $input) {
    activeKid
    nextKid
    retiringKids
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<RotateSigningKeyMutation, RotateSigningKeyMutationVariables>

export const SendEmailDocument = `mutation SendEmail($input: SendEmailInput!) {
  sendEmail(input: $input) {
    notification {
      ...SentMessage
    }
    userErrors {
      ...Problem
    }
  }
}
fragment SentMessage on Notification {
  id
  kind
  channel
  status
  recipientMasked
  template
  locale
  createdAt
  sentAt
  user {
    id
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<SendEmailMutation, SendEmailMutationVariables>

export const SendSmsDocument = `mutation SendSms($input: SendSMSInput!) {
  sendSMS(input: $input) {
    notification {
      ...SentMessage
    }
    userErrors {
      ...Problem
    }
  }
}
fragment SentMessage on Notification {
  id
  kind
  channel
  status
  recipientMasked
  template
  locale
  createdAt
  sentAt
  user {
    id
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<SendSmsMutation, SendSmsMutationVariables>

export const SetOtpFactorDocument = `mutation SetOtpFactor($input: SetOtpFactorInput!) {
  setOtpFactor(input: $input) {
    recoveryCodes
    user {
      id
      mfa {
        ...MfaSummary
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment MfaSummary on MfaState {
  enabled
  factors {
    kind
    destinationMasked
    enrolledAt
    lastUsedAt
  }
  recoveryCodesRemaining
  requiredByPolicy
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<SetOtpFactorMutation, SetOtpFactorMutationVariables>

export const SetPasswordDocument = `mutation SetPassword($input: SetPasswordInput!) {
  setPassword(input: $input) {
    user {
      id
      password {
        isSet
        changedAt
        mustChange
      }
    }
    revokedSessionCount
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<SetPasswordMutation, SetPasswordMutationVariables>

export const SignInOptionsDocument = `query SignInOptions {
  signInOptions {
    password
    passkey
    magicLink
    otpChannels
    externalProviders
  }
}` as TypedDocument<SignInOptionsQuery, SignInOptionsQueryVariables>

export const UnassignRoleDocument = `mutation UnassignRole($userId: ID!, $role: String!) {
  unassignRole(userId: $userId, role: $role) {
    user {
      id
      roles {
        name
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<UnassignRoleMutation, UnassignRoleMutationVariables>

export const UnsubscribeDocument = `mutation Unsubscribe($token: String!) {
  unsubscribe(token: $token) {
    accepted
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<UnsubscribeMutation, UnsubscribeMutationVariables>

export const UpdateNotificationPreferencesDocument = `mutation UpdateNotificationPreferences($input: NotificationPreferencesInput!) {
  updateNotificationPreferences(input: $input) {
    user {
      id
      notificationPreferences {
        ...ChosenNotifications
      }
    }
    userErrors {
      ...Problem
    }
  }
}
fragment ChosenNotifications on NotificationPreferences {
  loginAlerts
  profileChanges
  productNews
  preferredChannel
  quietHours {
    from
    to
    timeZone
  }
  mandatory
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<UpdateNotificationPreferencesMutation, UpdateNotificationPreferencesMutationVariables>

export const UpdateProfileDocument = `mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    user {
      ...Profile
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<UpdateProfileMutation, UpdateProfileMutationVariables>

export const UpdateUserDocument = `mutation UpdateUser($id: ID!, $input: UpdateUserInput!) {
  updateUser(id: $id, input: $input) {
    user {
      ...Profile
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<UpdateUserMutation, UpdateUserMutationVariables>

export const UpsertNotificationTemplateDocument = `mutation UpsertNotificationTemplate($input: NotificationTemplateInput!) {
  upsertNotificationTemplate(input: $input) {
    template {
      ...Template
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Template on NotificationTemplate {
  name
  locale
  channel
  subject
  body
  variables
  updatedAt
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<UpsertNotificationTemplateMutation, UpsertNotificationTemplateMutationVariables>

export const UserDocument = `query User($id: ID!) {
  user(id: $id) {
    ...Profile
    roles {
      name
      permissions
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}` as TypedDocument<UserQuery, UserQueryVariables>

export const UsersDocument = `query Users($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {
  users(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    orderBy: $orderBy
  ) {
    nodes {
      ...Profile
      roles {
        name
      }
      lastSignInAt
    }
    totalCount {
      value
      isExact
    }
    pageInfo {
      ...Page
      hasPreviousPage
      startCursor
    }
  }
}
fragment Profile on User {
  id
  status
  username
  displayName
  givenName
  familyName
  birthdate
  email
  emailVerified
  phoneNumber
  phoneNumberVerified
  locale
  timeZone
  createdAt
  updatedAt
}
fragment Page on PageInfo {
  hasNextPage
  endCursor
}` as TypedDocument<UsersQuery, UsersQueryVariables>

export const ValidateOtpDocument = `mutation ValidateOtp($input: ValidateOtpInput!) {
  validateOtp(input: $input) {
    valid
    grant
    grantExpiresAt
    attemptsRemaining
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<ValidateOtpMutation, ValidateOtpMutationVariables>

export const ValidateTokenDocument = `query ValidateToken($token: JWT!) {
  validateToken(token: $token) {
    valid
    reason
    subject {
      id
    }
    session {
      id
      state
    }
    scopes
    assurance
    authenticatedAt
    issuedAt
    expiresAt
    claims
  }
}` as TypedDocument<ValidateTokenQuery, ValidateTokenQueryVariables>

export const VerifyEmailDocument = `mutation VerifyEmail($input: VerifyEmailInput!) {
  verifyEmail(input: $input) {
    user {
      id
      emailVerified
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<VerifyEmailMutation, VerifyEmailMutationVariables>

export const VerifyPhoneDocument = `mutation VerifyPhone($input: VerifyPhoneInput!) {
  verifyPhone(input: $input) {
    user {
      id
      phoneNumberVerified
    }
    userErrors {
      ...Problem
    }
  }
}
fragment Problem on UserError {
  code
  message
  field
  retryAfter
}` as TypedDocument<VerifyPhoneMutation, VerifyPhoneMutationVariables>