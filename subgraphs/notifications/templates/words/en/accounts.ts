import type { Language } from '../language.js'

/** That an account is, was, or will no longer be. */
export const ACCOUNTS_EN = {
  welcome: {
    subject: 'Welcome! Please confirm your email address',
    body: `
      # One step left

      Thank you for signing up for {product}. Confirm your email address to start using your account.

      [Confirm email address]({link})

      > The link works for 24 hours. If you did not sign up, ignore this message: nothing will happen.`,
  },
  invitation: {
    subject: 'You are invited: choose a password for your account',
    body: `
      # Your account is waiting

      An account at {product} was made for this email address. Choose a password, and it is yours.

      [Choose a password]({link})

      > The link works once, within 7 days. If you do not want the account, ignore this message: nobody can use it without this link.`,
  },
  'email-verification': {
    subject: 'Confirm your email address',
    body: `
      # Confirm your email address

      Here is a new link to confirm your email address at {product}. Earlier links no longer work.

      [Confirm email address]({link})

      > The link works for 24 hours. If you did not ask for it, ignore this message: nothing will happen.`,
  },
  'account-exists': {
    subject: 'You already have an account',
    body: `
      # You already have an account

      Someone tried to register at {product} with your email address. It already belongs to your account.

      If it was you, sign in as usual. If you do not remember your password, reset it on the sign-in page.

      > If it was not you, there is nothing to do: no account was made, and yours was not changed.`,
  },
  'number-registered': {
    subject: 'You already have an account',
    body: `
      # You already have an account

      Someone tried to register at {product} with your telephone number. It already belongs to your account.

      If it was you, sign in as usual. If you do not remember your password, reset it on the sign-in page.

      > If it was not you, there is nothing to do: no account was made, and yours was not changed.`,
  },
  'account-deletion': {
    subject: 'Your account is going to be deleted',
    body: `
      # Your account is going to be deleted

      You asked us to delete your account at {product}. It will be gone, with everything in it:

      | Time | {time}

      Until then you can sign in and cancel the deletion.

      > If it was not you, sign in now, cancel the deletion and change your password.`,
  },
  'account-kept': {
    subject: 'Your account stays',
    body: `
      # Your account stays

      The deletion of your account at {product} was cancelled. Everything is as it was.

      > If it was not you, change your password now and end all other sessions in your account.`,
  },
  'account-deleted': {
    subject: 'Your account was deleted',
    body: `
      # Your account was deleted

      Your account at {product} is gone, and so is everything we knew about you. It cannot be restored.

      > If you did not want this, contact whoever runs {product}.`,
    // The account that every other mail is sent because of is gone.
    footer:
      'This is the last message from {product} to this address. It was sent automatically; replies are not read.',
  },
} satisfies Partial<Language['mails']>
