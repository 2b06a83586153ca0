import { eq } from 'drizzle-orm'
import { userInvited } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewInvitation } from '../domain/invitation-ports.js'
import { countOneMore, invitationExpiry } from './links.js'
import { invitations } from './tables.js'

/** Has an invitation mailed in the place of the one before, whose link is dead. Its row is there. */
export async function sendInvitation(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  userId: string,
  { digest, sealedToken, invitationUrl }: NewInvitation,
): Promise<void> {
  await tx
    .update(invitations)
    .set({ digest, expiresAt: invitationExpiry, ...countOneMore(invitations) })
    .where(eq(invitations.userId, userId))
  await outbox.record(tx, userInvited, { userId, sealedToken, invitationUrl })
}
