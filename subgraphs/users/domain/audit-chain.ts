import type { AuditEvent, AuditPersonal, RecordedAct } from './audit-ports.js'

/** A digest under a key that the database does not hold: who can write there cannot write a chain anew. */
export type KeyedDigest = (text: string) => Uint8Array

/** Before the first event of all. */
export const NO_HASH = new Uint8Array(32)

export type Head = { seq: number; hash: Uint8Array }

type Link = RecordedAct & { id: string; chain: string; salt: Uint8Array }

/** Appends an act to a chain: its hash covers the one before it, and a digest in place of what can be erased. */
export function linkAfter(head: Head, act: Link, digest: KeyedDigest): AuditEvent {
  const { id, chain, action, outcome, actorId, subjectId, client, detail, salt, ip, userAgent } = act
  const personal = ip === null && userAgent === null ? null : { salt, ip, userAgent }
  const event = {
    ...{ id, chain, action, outcome, actorId, subjectId, client, detail, personal },
    seq: head.seq + 1,
    at: new Date(act.at),
    personalDigest: personal && personalDigestOf(personal, digest),
    previousHash: head.hash,
  }
  return { ...event, hash: hashOf(event, digest) }
}

export function hashOf(event: Omit<AuditEvent, 'hash' | 'personal'>, digest: KeyedDigest): Uint8Array {
  const { seq, id, chain, action, outcome, at, actorId, subjectId, client, detail } = event
  const facts = Object.entries(detail).sort(([one], [other]) => (one < other ? -1 : 1))
  return digest(
    JSON.stringify([
      ...[seq, id, chain, action, outcome, at.toISOString(), actorId, subjectId, client, facts],
      event.personalDigest && hex(event.personalDigest),
      hex(event.previousHash),
    ]),
  )
}

/** Salted: once the salt is erased, an address cannot be found by trying all there are, by the holder of the key either. */
export const personalDigestOf = ({ salt, ip, userAgent }: AuditPersonal, digest: KeyedDigest): Uint8Array =>
  digest(JSON.stringify([hex(salt), ip, userAgent]))

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
