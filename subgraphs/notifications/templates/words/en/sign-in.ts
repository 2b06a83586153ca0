import type { Language } from '../language.js'

/** What has to do with signing in: codes, passwords, factors, sessions. */
export const SIGN_IN_EN = {
  otp: {
    subject: 'Your one-time code',
    body: `
      # Your one-time code

      Enter this code at {product} to go on:

      = {code}

      It works once, for 5 minutes.

      > Never share this code. We will never ask you for it. If you did not ask for it, ignore this message.`,
  },
  'login-alert': {
    subject: 'New sign-in to your account',
    body: `
      # New sign-in to your account

      {isNewDevice, select,
        true {Your account at {product} was used on a device that we have not seen before.}
        other {Somebody signed in to your account at {product}.}}

      {failures, plural, =0 {} one {Before that, # attempt to sign in had failed.} other {Before that, # attempts to sign in had failed.}}

      | Device | {device, select, unknown {Unknown device} other {{device}}}
      | IP address | {ip, select, unknown {Unknown} other {{ip}}}
      | Time | {time}

      If it was you, there is nothing to do.

      > If it was not you, change your password now and end all other sessions in your account.`,
  },
  'login-alerts-off': {
    subject: 'Sign-in alerts are off',
    body: `
      # Sign-in alerts are off

      From now on we will not tell you when your account at {product} is used on a new device. After failed attempts we still will.

      | Time | {time}

      If it was you, there is nothing to do.

      > If it was not you, change your password now, end all other sessions in your account and switch the alerts on again.`,
  },
  'session-revoked': {
    subject: 'We ended one of your sessions',
    body: `
      # We ended one of your sessions

      A session of your account at {product} was used in two places at once. Someone may have copied it, so we ended it.

      | Time | {time}

      You may be asked to sign in again on one of your devices.

      > If something looks wrong in your account, change your password and end all other sessions.`,
  },
  'sessions-ended': {
    subject: 'You were signed out',
    body: `
      # You were signed out

      {sessions, plural,
        one {Our staff ended a session of your account at {product}. That device is signed out.}
        other {Our staff ended # sessions of your account at {product}. Those devices are signed out.}}

      | Time | {time}

      You can sign in again as before.

      > If you did not ask for this, check your account. We never ask for your password.`,
  },
  'mfa-changed': {
    subject: 'How you sign in has changed',
    body: `
      # How you sign in has changed

      {change, select,
        TOTP_ENROLLED {An authenticator app was added to your account. From now on you are asked for its codes when you sign in.}
        TOTP_REMOVED {The authenticator app was removed from your account. You are no longer asked for its codes when you sign in.}
        SMS_ENROLLED {Codes by text message were added to your account. From now on you can be asked for one when you sign in.}
        SMS_REMOVED {Codes by text message were removed from your account. You are no longer asked for one when you sign in.}
        RECOVERY_CODES_RENEWED {Your account has new recovery codes. The old ones no longer work.}
        RESET {Our staff has removed every second factor from your account. Your password alone signs you in now.}
        other {A second factor of your account was changed.}}

      | Time | {time}

      > If it was not you, change your password now and end all other sessions in your account.`,
  },
  'password-reset': {
    subject: 'Reset your password',
    body: `
      # Reset your password

      Somebody asked to reset the password of your account at {product}.

      [Choose a new password]({link})

      > The link works once, within 30 minutes. If it was not you, ignore this message: the password stays as it is, and nobody can change it without this link.`,
  },
  'password-changed': {
    subject: 'Your password was changed',
    body: `
      # Your password was changed

      {how, select,
        RESET {The password of your account at {product} was reset. All devices were signed out.}
        SET {The password of your account at {product} was set. All other devices were signed out.}
        REMOVED {The password of your account at {product} was removed: a code signs you in from now on. All other devices were signed out.}
        other {The password of your account at {product} was changed. All other devices were signed out.}}

      | Time | {time}

      If it was you, there is nothing to do.

      > If it was not you, reset the password at once on the sign-in page, and check your account. We never ask for your password.`,
  },
} satisfies Partial<Language['mails']>
