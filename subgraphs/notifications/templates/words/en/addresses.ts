import type { Language } from '../language.js'

/** That an address, a number or the profile changes, or an address was wanted by somebody else. */
export const ADDRESSES_EN = {
  'email-change': {
    subject: 'Confirm your new email address',
    body: `
      # Confirm your new email address

      Confirm that you want to use this email address for your account at {product}. Until you do, the old one stays in use.

      [Confirm new address]({link})

      > The link works for 24 hours. If you did not ask for it, ignore this message: nothing will happen.`,
  },
  'email-changed': {
    subject: 'Your email address was changed',
    body: `
      # Your email address was changed

      Your account at {product} has another email address now. Messages no longer go to this one.

      If it was you, there is nothing to do.

      [It was not me: undo the change]({link})

      > The link works for 7 days. It restores this address and ends every session of your account. Change your password afterwards.`,
  },
  'phone-changed': {
    subject: 'Your telephone number was changed',
    body: `
      # Your telephone number was changed

      Your account at {product} has another telephone number now.

      If it was you, there is nothing to do.

      [It was not me: undo the change]({link})

      > The link works for 7 days. It restores the previous number and ends every session of your account. Change your password afterwards.`,
  },
  'address-wanted': {
    subject: 'Someone wants to use your email address',
    body: `
      # Someone wants to use your email address

      Someone with another account at {product} wanted to change its email address to yours. It belongs to your account, so nothing was changed.

      If you have two accounts, give this one another address first.

      > If it was not you, there is nothing to do.`,
  },
  'number-wanted': {
    subject: 'Someone wants to use your telephone number',
    body: `
      # Someone wants to use your telephone number

      Someone with another account at {product} wanted to change its telephone number to yours. It belongs to your account, so nothing was changed.

      If you have two accounts, give this one another number first.

      > If it was not you, there is nothing to do.`,
  },
  'profile-changed': {
    subject: 'Your profile was changed',
    body: `
      # Your profile was changed

      The details of your account at {product} were changed.

      | Time | {time}

      If it was you, there is nothing to do.

      > If it was not you, change your password now and end all other sessions in your account. You get this message because you asked for it; you can change that in your account.`,
  },
} satisfies Partial<Language['mails']>
