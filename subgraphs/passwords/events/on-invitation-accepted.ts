import { invitationAccepted } from '../../shared/contracts/users.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'

type Adopt = (tx: Transaction, adoption: { credentialId: string; userId: string }) => Promise<unknown>

/** The password that was set with the invitation counts, where the call that said so never came. */
export const onInvitationAccepted = (adopt: Adopt) =>
  onEvent(invitationAccepted, (adoption, tx) => adopt(tx, adoption).then(() => {}))
