import { emailChanged } from '../../shared/contracts/users.js'
import { phoneChanged } from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { Account, ContactChange, UndoLink } from '../domain/ports.js'

type Changed = Pick<ContactChange, 'id' | 'kind' | 'oldValue'> & { account: Account; undo: UndoLink }

/**
 * Has the old address told, with a link that undoes the change; of a number the proved e-mail address too, the first
 * number's included. False where there is nobody to tell, and so nothing to undo it with.
 */
export async function tellOfChange(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  { id: changeId, kind, oldValue, account, undo }: Changed,
): Promise<boolean> {
  const hasProvedEmail = account.email !== null && account.emailVerifiedAt !== null
  if (oldValue === null && (kind === 'EMAIL' || !hasProvedEmail)) return false

  const told = {
    ...{ userId: account.id, changeId, sealedUndoToken: undo.sealedToken, undoUrl: undo.url },
  }
  await outbox.record(tx, kind === 'EMAIL' ? emailChanged : phoneChanged, told)
  return true
}
