import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type ContactChangeResult, type MakeUndo, problemOf, refused, resultOf } from './contact-changes.js'
import type { AddressGrant, ContactChangeProof, ContactChangeStore } from './ports.js'

export type ConfirmContactChangeInput = {
  changeId?: string | null | undefined
  token?: string | null | undefined
  grant?: string | null | undefined
}

type Deps = {
  changes: Pick<ContactChangeStore, 'confirm'>
  looksLikeToken: (text: string) => boolean
  isChangeId: (text: string) => boolean
  digestOf: (token: string) => Uint8Array
  /** Null when it is no grant of otp's for this purpose, or has expired. */
  readGrant: (grant: string) => Promise<(AddressGrant & { changeId: string | null }) | null>
  makeUndo: MakeUndo
}

/** What is confirmed. A mailed link may be opened where nobody is signed in; a number is confirmed by who asked for it. */
export type Confirming = { kind: 'EMAIL' } | { kind: 'PHONE'; userId: string }

/** Puts a new address in force, proved by the mailed link or by the grant of a code that went there. */
export function makeConfirmContactChange(deps: Deps) {
  return async function confirm(
    confirming: Confirming,
    input: ConfirmContactChangeInput,
    by: Actor,
  ): Promise<ContactChangeResult> {
    const proof = await readProof(deps, confirming, input)
    if ('problem' in proof) return refused(proof.problem)
    const confirmed = await deps.changes.confirm(proof, await deps.makeUndo(), by)
    return resultOf(confirmed, 'digest' in proof ? 'token' : 'grant')
  }
}

type Read = ContactChangeProof | { problem: Problem }

/** Exactly one of the two; a number has no link. */
async function readProof(
  deps: Deps,
  confirming: Confirming,
  { token, grant, changeId }: ConfirmContactChangeInput,
): Promise<Read> {
  const { kind } = confirming
  if (grant) return token ? problem('INVALID', 'grant') : readGrant(deps, confirming, { grant, changeId })
  if (kind === 'PHONE') return problem('REQUIRED', 'grant')
  const wrong = problemOf(token ?? null, deps.looksLikeToken)
  if (!token || wrong) return { problem: wrong ?? { code: 'REQUIRED', field: ['token'] } }
  return { kind, digest: deps.digestOf(token) }
}

type GrantInput = { grant: string; changeId: string | null | undefined }

async function readGrant(
  { isChangeId, readGrant: read }: Deps,
  confirming: Confirming,
  { grant: text, changeId }: GrantInput,
): Promise<Read> {
  if (!changeId) return problem('REQUIRED', 'changeId')
  const grant = isChangeId(changeId) ? await read(text) : null
  // Of somebody else is as good as none (SECURITY 1.3).
  const isTheirs = confirming.kind === 'EMAIL' || grant?.userId === confirming.userId
  return grant && isTheirs ? { kind: confirming.kind, changeId, grant } : problem('EXPIRED', 'grant')
}

const problem = (code: Problem['code'], field: string) => ({ problem: { code, field: [field] } })
