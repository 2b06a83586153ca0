import type { NotifyWhen } from './notify-when.js'
import { onCodeRequested } from './on-code-requested.js'
import { onDeletionCancelled } from './on-deletion-cancelled.js'
import { onDeletionRequested } from './on-deletion-requested.js'
import { onEmailChangeRequested } from './on-email-change-requested.js'
import { onEmailChanged } from './on-email-changed.js'
import { onLoginAlertsSwitchedOff } from './on-login-alerts-switched-off.js'
import { onMfaChanged } from './on-mfa-changed.js'
import { onPasswordChanged } from './on-password-changed.js'
import { onPasswordResetRequested } from './on-password-reset-requested.js'
import { onPhoneChanged } from './on-phone-changed.js'
import { onPhoneCodeRequested } from './on-phone-code-requested.js'
import { onProfileUpdated } from './on-profile-updated.js'
import { onRefreshReuseDetected } from './on-refresh-reuse-detected.js'
import { onSessionRevoked } from './on-session-revoked.js'
import { onSessionStarted } from './on-session-started.js'
import { onTakenAddressRegistered } from './on-taken-address-registered.js'
import { onTakenAddressWanted } from './on-taken-address-wanted.js'
import { onTakenNumberRegistered } from './on-taken-number-registered.js'
import { onTakenNumberWanted } from './on-taken-number-wanted.js'
import { onUserInvited } from './on-user-invited.js'
import { onUserRegistered } from './on-user-registered.js'
import { onVerificationRequested } from './on-verification-requested.js'

/** Everything that people are told about. */
export const SUBSCRIPTIONS: readonly NotifyWhen[] = [
  onUserRegistered,
  onUserInvited,
  onVerificationRequested,
  onTakenAddressRegistered,
  onSessionStarted,
  onSessionRevoked,
  onRefreshReuseDetected,
  onCodeRequested,
  onPhoneCodeRequested,
  onTakenNumberRegistered,
  onTakenNumberWanted,
  onPhoneChanged,
  onEmailChangeRequested,
  onTakenAddressWanted,
  onEmailChanged,
  onPasswordResetRequested,
  onPasswordChanged,
  onDeletionRequested,
  onDeletionCancelled,
  onMfaChanged,
  onProfileUpdated,
  onLoginAlertsSwitchedOff,
]
