import type { Actor } from '../../shared/audit/act.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import { type ContactChangeResult, refusalOf, refused } from './contact-changes.js'
import { type OpenChallenge, problemOf } from './phone-challenge.js'
import type { ContactChangeStore } from './ports.js'

const FIELD = 'newPhoneNumber'

type Deps = {
  changes: Pick<ContactChangeStore, 'request'>
  openChallenge: OpenChallenge
  newChangeId: () => string
  /** Whether a text may be sent to a number (SECURITY 8.8). */
  isTextable: (number: string) => boolean
}

/**
 * Another number, or a first one (SECURITY 9.4). The code leaves with the commit of the change. A taken number gets the
 * same answer: its owner is told, and the code reaches nobody.
 */
export function makeRequestPhoneChange({ changes, openChallenge, newChangeId, isTextable }: Deps) {
  return async function requestPhone(userId: string, typed: string, by: Actor): Promise<ContactChangeResult> {
    const phoneNumber = normalizePhoneNumber(typed)
    if (!phoneNumber || !isTextable(phoneNumber)) return refused({ code: 'INVALID_PHONE', field: [FIELD] })

    const changeId = newChangeId()
    const opened = await openChallenge({ userId, purpose: 'PROFILE_CHANGE', changeId, phoneNumber }, by)
    if (opened.kind === 'refused') return refused(problemOf(opened, FIELD))

    const wanted = { id: changeId, userId, kind: 'PHONE' as const, newValue: phoneNumber, code: opened.code }
    const requested = await changes.request(wanted, by)
    return requested.kind === 'pending'
      ? { kind: 'texted', change: requested.change, ...opened.challenge }
      : refused(refusalOf(requested, FIELD))
  }
}
