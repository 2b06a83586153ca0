import { eq } from 'drizzle-orm'
import { registrationDropped } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ContactChange } from '../domain/ports.js'
import { freeNumber, lockNumberHolder } from './claim-number.js'
import { dropPending } from './drop-pending.js'
import { isKept } from './kept-addresses.js'
import { isInvited } from './lock-addresses.js'
import { users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox }
type Wanted = Pick<ContactChange, 'kind' | 'newValue' | 'userId'>

/** Makes way for who has proved an address; false where it is somebody else's. */
export const makeFree = (connection: Connection, wanted: Wanted): Promise<boolean> =>
  wanted.kind === 'EMAIL' ? freeEmail(connection, wanted) : freePhone(connection, wanted)

/** A never-verified account gives way to the proof of its address; anybody else's stays theirs, one that staff prepared too. */
async function freeEmail({ tx, outbox }: Connection, { newValue, userId }: Wanted): Promise<boolean> {
  const [holder] = await tx
    .select({ id: users.id, verifiedAt: users.verifiedAt, isInvited })
    .from(users)
    .where(eq(users.email, newValue))
    .for('update')
  if (holder?.verifiedAt || (await isKept(tx, newValue, userId))) return false
  if (!holder) return true
  if (holder.isInvited) return false

  await dropPending({ tx, outbox }, holder.id)
  return true
}

async function freePhone({ tx, outbox }: Connection, { newValue, userId }: Wanted): Promise<boolean> {
  const holder = await lockNumberHolder(tx, newValue)
  if (holder?.isTheirs && holder.id !== userId) return false
  const dropped = await freeNumber(tx, newValue, userId)
  if (dropped !== null) await outbox.record(tx, registrationDropped, { userId: dropped })
  return true
}
