import { emailChanged } from '../../shared/contracts/users.js'
import { phoneChanged } from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { Account, ContactChange, UndoLink } from '../domain/ports.js'
import { addressIn } from './contact-kinds.js'

type Changed = Pick<ContactChange, 'id' | 'kind' | 'oldValue'> & { account: Account; undo: UndoLink }

/**
 * Has the old address told, with a link that undoes the change; of a number the proved e-mail address too, and where
 * there was no old one, whichever other is proved. False where there is nobody to tell, and so nothing to undo it with.
 */
export async function tellOfChange(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  { id: changeId, kind, oldValue, account, undo }: Changed,
): Promise<boolean> {
  const other = addressIn(account, kind === 'EMAIL' ? 'PHONE' : 'EMAIL')
  if (oldValue === null && other === null) return false

  const told = {
    ...{ userId: account.id, changeId, sealedUndoToken: undo.sealedToken, undoUrl: undo.url },
  }
  if (kind === 'PHONE') await outbox.record(tx, phoneChanged, told)
  else await outbox.record(tx, emailChanged, { ...told, tells: oldValue === null ? 'NUMBER' : 'ADDRESS' })
  return true
}
