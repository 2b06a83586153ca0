import type { Language } from '../language.js'

/**
 * Texts. The code comes first, where a notification shows it; letters are those of GSM 03.38, so that 160 of them are one
 * message.
 */
export const TEXTS_EN: Language['texts'] = {
  otp: '{code} is your code for {product}. It works once, for 5 minutes. Do not share it.',
  'login-alert':
    'Someone signed in to your account at {product}, from a new device or after failed attempts. Not you? Change your password now.',
  'session-revoked':
    'A session of your account at {product} was used in two places at once, so we ended it. Looks wrong? Change your password now.',
  'sessions-ended': 'Our staff ended sessions of your account at {product}. Sign in again to go on.',
  'mfa-changed':
    'The second factor of your account at {product} was changed. Not you? Change your password now.',
  'password-changed':
    'The password of your account at {product} was changed. Not you? Reset it at once, where you sign in.',
  'account-deletion':
    'You asked us to delete your account at {product}. Sign in to see when, or to cancel that. Not you? Cancel it and change your password.',
  'account-kept': 'The deletion of your account at {product} was cancelled. Everything is as it was.',
  'account-deleted':
    'Your account at {product} is gone, and so is everything we knew about you. This is our last message.',
  invitation: 'Your account at {product} is waiting. Choose a password within 7 days: {link}',
  'number-registered':
    'Someone tried to register at {product} with this number. It belongs to your account: sign in as usual. Not you? Nothing was changed.',
  'number-wanted':
    'Someone wanted to move this number to another account at {product}. It belongs to yours, so nothing was changed.',
  'email-changed':
    'Your account at {product} has a new email address. Not you? Undo it within 7 days: {link}',
  'phone-changed':
    'Your account at {product} has another phone number now. Not you? Undo it within 7 days: {link}',
  'profile-changed':
    'The profile of your account at {product} was changed. Not you? Change your password now.',
  'login-alerts-off':
    'Sign-in alerts of your account at {product} were switched off. Not you? Change your password now and switch them on again.',
  custom: '{product}: {text}',
  'product-news': '{product}: {text}',
}
