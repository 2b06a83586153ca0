import * as z from 'zod'
import { defineText } from './define-text.js'

const Nothing = z.object({})
const Code = z.object({ secret: z.string().regex(/^\d{6,8}$/) })

/** The page comes from the operator's list; the token travels in the fragment, which no server sees (SECURITY 10.2). */
const Link = z
  .object({ verificationUrl: z.url({ protocol: /^https?$/ }), secret: z.string().regex(/^[\w-]+$/) })
  .transform(({ verificationUrl, secret }) => ({ link: `${verificationUrl}#token=${secret}` }))

/**
 * English texts by template. The code comes first, where a notification shows it; letters are those of GSM 03.38, so
 * that 160 of them are one message.
 */
export const TEXTS_EN = {
  'login-alert': defineText(
    Nothing,
    ({ product }) =>
      `Someone signed in to your account at ${product}, from a new device or after failed tries. Not you? Change your password now.`,
  ),
  'session-revoked': defineText(
    Nothing,
    ({ product }) =>
      `A session of your account at ${product} was used in two places at once, so we ended it. Looks wrong? Change your password now.`,
  ),
  'sessions-ended': defineText(
    Nothing,
    ({ product }) => `Our staff ended sessions of your account at ${product}. Sign in again to go on.`,
  ),
  'mfa-changed': defineText(
    Nothing,
    ({ product }) =>
      `The second factor of your account at ${product} was changed. Not you? Change your password now.`,
  ),
  'account-deletion': defineText(
    Nothing,
    ({ product }) =>
      `You asked us to delete your account at ${product}. Sign in to see when it goes, or to cancel that. Not you? Cancel it and change your password.`,
  ),
  'account-kept': defineText(
    Nothing,
    ({ product }) => `The deletion of your account at ${product} was cancelled. Everything is as it was.`,
  ),
  'account-deleted': defineText(
    Nothing,
    ({ product }) =>
      `Your account at ${product} is gone, and what we knew of you with it. This is our last message.`,
  ),
  'password-changed': defineText(
    Nothing,
    ({ product }) =>
      `The password of your account at ${product} was changed. Not you? Reset it at once, where you sign in.`,
  ),
  otp: defineText(
    Code,
    ({ secret, product }) =>
      `${secret} is your code for ${product}. It works once, for 5 minutes. Tell nobody.`,
  ),
  invitation: defineText(
    Link,
    ({ link, product }) => `Your account at ${product} awaits. Choose a password within 7 days: ${link}`,
  ),
  'number-registered': defineText(
    Nothing,
    ({ product }) =>
      `Someone tried to register at ${product} with this number. It belongs to your account: sign in as usual. Not you? Nothing was changed.`,
  ),
  'number-wanted': defineText(
    Nothing,
    ({ product }) =>
      `Someone wanted to move this number to another account at ${product}. It belongs to yours, so nothing was changed.`,
  ),
  'email-changed': defineText(
    Link,
    ({ link, product }) =>
      `Your account at ${product} has a new email address. Not you? Undo it within 7 days: ${link}`,
  ),
  'phone-changed': defineText(
    Link,
    ({ link, product }) =>
      `Your account at ${product} has another phone number now. Not you? Undo it within 7 days: ${link}`,
  ),
}
