import { eq, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { accessChanged, userDeleted } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { Deleted, DeletionMode, SealContact } from '../domain/deletion-ports.js'
import type { Account } from '../domain/ports.js'
import { reserve } from './change-username.js'
import { keepReceipt } from './deletion-receipts.js'
import { deletions } from './deletion-tables.js'
import { recordActs } from './record-act.js'
import { contactChanges, emailLinks, invitations, users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox }

export type Erasing = { mode: DeletionMode; sealContact: SealContact; by: Actor }

/**
 * Makes an account gone: what users holds of it in this transaction, and everyone else's part by the event. Its row is
 * locked. The username is kept from others for a while, since links and mentions of it stay behind.
 */
export async function eraseAccount(
  { tx, outbox }: Connection,
  account: Account,
  { mode, sealContact, by }: Erasing,
): Promise<Deleted> {
  const { id: userId } = account
  const version = account.accessVersion + 1
  const sealedContact = await sealContact(account)
  if (account.username !== null) await reserve(tx, userId, account.username)
  const records = await eraseRows(tx, userId, mode)

  const gone = {
    mode,
    reason: null,
    deletedAt: sql`now()`,
    accessVersion: version,
    rounds: 1,
    toldAt: sql`now()`,
  }
  await tx
    .insert(deletions)
    .values({ ...gone, userId, effectiveAt: sql`now()` })
    .onConflictDoUpdate({ target: deletions.userId, set: { ...gone, effectiveAt: sql`now()` } })
  await keepReceipt(tx, { userId, subgraph: 'users', round: 1, records })

  await outbox.record(tx, accessChanged, { userId, version, endsSessions: true })
  await outbox.record(tx, userDeleted, { userId, round: 1, sealedContact })
  await recordActs(tx, {
    ...{ action: 'user.delete', outcome: 'SUCCESS', subjectId: userId, by },
    detail: { mode },
  })
  return { userId, version }
}

async function eraseRows(tx: Transaction, userId: string, mode: DeletionMode): Promise<number> {
  const changes = await tx
    .delete(contactChanges)
    .where(eq(contactChanges.userId, userId))
    .returning({ id: contactChanges.id })
  const links = await tx
    .delete(emailLinks)
    .where(eq(emailLinks.userId, userId))
    .returning({ userId: emailLinks.userId })
  const invited = await tx
    .delete(invitations)
    .where(eq(invitations.userId, userId))
    .returning({ userId: invitations.userId })
  if (mode === 'ERASE') await tx.delete(users).where(eq(users.id, userId))
  else await tx.update(users).set(NOBODY).where(eq(users.id, userId))
  return changes.length + links.length + invited.length + 1
}

/** What is left of somebody who was anonymised. */
const NOBODY = {
  status: 'DISABLED' as const,
  ...{ email: null, emailVerifiedAt: null, phoneNumber: null, phoneNumberVerifiedAt: null },
  ...{ username: null, wantedUsername: null, displayName: null, givenName: null, familyName: null },
  ...{
    birthdate: null,
    locale: 'en',
    timeZone: null,
    attributes: {},
    termsVersion: null,
    termsAcceptedAt: null,
  },
  ...{ verifiedAt: null, disabledUntil: null, deletionAt: null, roles: ['user'] },
  accessVersion: sql`${users.accessVersion} + 1`,
  anonymizedAt: sql`now()`,
  updatedAt: sql`now()`,
}
