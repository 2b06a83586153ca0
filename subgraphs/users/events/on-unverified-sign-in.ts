import { unverifiedSignIn } from '../../shared/contracts/auth.js'
import { onEvent } from '../../shared/events/subscription.js'

/** Someone who knows the password cannot get in for want of a verified address: the link goes out again. */
export const onUnverifiedSignIn = (sendLink: (userId: string) => Promise<void>) =>
  onEvent(unverifiedSignIn, ({ userId }) => sendLink(userId))
