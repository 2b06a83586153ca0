import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import { invitationAccepted } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import type { Acceptance, InvitationFound, InvitationStore } from '../domain/invitation-ports.js'
import type { Verified } from '../domain/ports.js'
import { profileColumns } from './attributes.js'
import { createAccount } from './create-account.js'
import { recordActs } from './record-act.js'
import { invitations, users } from './tables.js'
import { tellProved } from './tell-proved.js'
import { invitationProof, retryOnce, verify } from './verify-account.js'

export const createInvitationStore = (db: PostgresJsDatabase, outbox: Outbox): InvitationStore => ({
  create: (account, invitation, by) => createAccount({ db, outbox, by }, account, invitation),
  find: (digest) => find(db, digest),
  accept: (digest, acceptance, by) =>
    retryOnce(() => db.transaction((tx) => accept({ tx, outbox, by }, digest, acceptance))),

  async findAcceptances(credentialIds) {
    const uuids = credentialIds.flatMap((id) => idToUuid(ID_PREFIXES.user, id) ?? [])
    if (uuids.length === 0) return []
    const rows = await db
      .select({ credentialId: invitations.credentialId, userId: invitations.userId })
      .from(invitations)
      .where(sql`${invitations.credentialId} = any(${sql.param(uuids)}::uuid[])`)
    return rows.flatMap(({ credentialId, userId }) => (credentialId ? [{ credentialId, userId }] : []))
  },
})

/** Who is proved by another way meanwhile, by a code for instance, has no use for it any more. */
const isOver = sql<boolean>`(${invitations.usedAt} is not null or ${users.verifiedAt} is not null)`

async function find(db: PostgresJsDatabase, digest: Uint8Array): Promise<InvitationFound> {
  const [found] = await db
    .select({
      ...{ id: users.id, email: users.email, phoneNumber: users.phoneNumber, username: users.username },
      ...{ displayName: users.displayName, givenName: users.givenName, familyName: users.familyName },
      isOver,
      hasExpired: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(eq(invitations.digest, digest))
  if (!found) return { kind: 'refused', reason: 'EXPIRED' }
  const { isOver: wasUsed, hasExpired, ...invitee } = found
  if (wasUsed) return { kind: 'refused', reason: 'ALREADY_USED' }
  return hasExpired ? { kind: 'refused', reason: 'EXPIRED' } : { kind: 'found', invitee }
}

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/** One guarded UPDATE: of many racing callers one spends the invitation, and it is their password that counts. */
async function accept(
  { tx, outbox, by }: Connection,
  digest: Uint8Array,
  { credentialId, wantedUsername, termsVersion, profile }: Acceptance,
): Promise<Verified> {
  const [spent] = await tx
    .update(invitations)
    .set({ usedAt: sql`now()`, credentialId })
    .where(
      and(eq(invitations.digest, digest), isNull(invitations.usedAt), gt(invitations.expiresAt, sql`now()`)),
    )
    .returning({ userId: invitations.userId })
  if (!spent) return { kind: 'refused', reason: await whyNot(tx, digest) }

  const [taken] = await tx
    .update(users)
    .set({
      ...profileColumns(profile),
      wantedUsername,
      termsVersion,
      termsAcceptedAt: termsVersion === null ? null : sql`now()`,
    })
    .where(and(eq(users.id, spent.userId), isNull(users.verifiedAt)))
    .returning({ email: users.email })
  if (!taken) return { kind: 'refused', reason: 'ALREADY_USED' }

  await outbox.record(tx, invitationAccepted, { credentialId, userId: spent.userId })
  await recordActs(tx, {
    ...{ action: 'user.accept-invitation', outcome: 'SUCCESS', subjectId: spent.userId, by },
  })
  await tellProved(tx, spent.userId, taken.email === null ? 'PHONE' : 'EMAIL')
  return verify(tx, { userId: spent.userId, proof: invitationProof(taken.email), by })
}

async function whyNot(tx: Transaction, digest: Uint8Array): Promise<'EXPIRED' | 'ALREADY_USED'> {
  const [known] = await tx
    .select({ usedAt: invitations.usedAt })
    .from(invitations)
    .where(eq(invitations.digest, digest))
  return known?.usedAt ? 'ALREADY_USED' : 'EXPIRED'
}
