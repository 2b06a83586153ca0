import { type Head, hashOf, hex, type KeyedDigest, personalDigestOf } from './audit-chain.js'
import type { AuditChains, AuditEvent } from './audit-ports.js'

const PAGE = 1000

export type AuditVerdict =
  | { kind: 'intact'; events: number; erased: number; lastHash: string }
  | { kind: 'empty' }
  /** `CHANGED`: not what was written. `REMOVED`: something is missing right before this event, or after it. */
  | { kind: 'broken'; fault: 'CHANGED' | 'REMOVED'; eventId: string }

type Deps = { chains: AuditChains; digest: KeyedDigest }

/**
 * Says whether a day's chain is what was written: nothing changed, nothing taken out, also at its ends where a
 * neighbouring day shows it. What was erased of an event's personal data is counted and breaks nothing.
 */
export function makeVerifyAudit({ chains, digest }: Deps) {
  return async function verifyAudit(chain: string): Promise<AuditVerdict> {
    let walked: Walked = { first: null, last: null, erased: 0 }
    for await (const event of eventsOf(chains, chain)) {
      const fault = faultOf(event, walked.last, digest)
      if (fault) return broken(fault, event)
      walked = step(walked, event)
    }

    const { first, last, erased } = walked
    if (!first || !last) return { kind: 'empty' }
    const fault = await faultAround(chains, first, last)
    return fault ?? { kind: 'intact', events: last.seq - first.seq + 1, erased, lastHash: hex(last.hash) }
  }
}

type Walked = { first: AuditEvent | null; last: AuditEvent | null; erased: number }

function step({ first, erased }: Walked, event: AuditEvent): Walked {
  const isErased = event.personalDigest !== null && event.personal === null
  return { first: first ?? event, last: event, erased: isErased ? erased + 1 : erased }
}

async function* eventsOf(chains: AuditChains, chain: string): AsyncGenerator<AuditEvent> {
  let afterSeq = 0
  for (;;) {
    const page = await chains.read({ chain, afterSeq, limit: PAGE })
    yield* page
    afterSeq = page.at(-1)?.seq ?? afterSeq
    if (page.length < PAGE) return
  }
}

function faultOf(event: AuditEvent, before: Head | null, digest: KeyedDigest): 'CHANGED' | 'REMOVED' | null {
  if (before && event.seq !== before.seq + 1) return 'REMOVED'
  if (!same(event.hash, hashOf(event, digest))) return 'CHANGED'
  if (before && !same(event.previousHash, before.hash)) return 'CHANGED'
  if (!event.personal) return null
  return event.personalDigest && same(event.personalDigest, personalDigestOf(event.personal, digest))
    ? null
    : 'CHANGED'
}

/** Nothing before is no fault: what is older than a year has been removed. */
async function faultAround(chains: AuditChains, first: AuditEvent, last: AuditEvent) {
  const { before, after, anyBefore, anyAfter } = await chains.around({ first: first.seq, last: last.seq })

  if (anyBefore && !before) return broken('REMOVED', first)
  if (before && !same(first.previousHash, before.hash)) return broken('CHANGED', first)
  if (anyAfter && !after) return broken('REMOVED', last)
  if (after && !same(after.previousHash, last.hash)) return broken('CHANGED', last)
  return null
}

const broken = (fault: 'CHANGED' | 'REMOVED', { id }: AuditEvent): AuditVerdict => ({
  kind: 'broken',
  fault,
  eventId: id,
})

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(other)
