import type { CredentialStore } from './ports.js'

/** As many as users answers about in one call. */
export const SWEEP_BATCH = 1000

type Deps = {
  credentials: Pick<CredentialStore, 'listOverdue' | 'settleOverdue'>
  /** Of these accounts, the ones that exist. */
  findExisting: (userIds: string[]) => Promise<string[]>
  /** Of credentials that are no account's, those that an invitation was accepted with. */
  findAcceptances: (credentialIds: string[]) => Promise<Adoption[]>
  adopt: (adoption: Adoption) => Promise<unknown>
}

type Adoption = { credentialId: string; userId: string }

/**
 * Repairs what a registration left half done (SECURITY 13.3): a credential whose account was never made is deleted,
 * one whose account only failed to say so in time is claimed for it, and one that an invitation was accepted with is given to the
 * account of that.
 *
 * Users is asked, since silence proves nothing: the event of an account that was committed may be late by hours.
 */
export function makeSweepUnclaimed({ credentials, findExisting, findAcceptances, adopt }: Deps) {
  async function sweepBatch(): Promise<number> {
    const overdue = await credentials.listOverdue(SWEEP_BATCH)
    if (overdue.length === 0) return 0

    const found = new Set(await findExisting(overdue))
    const unknown = overdue.filter((id) => !found.has(id))
    const acceptances = unknown.length > 0 ? await findAcceptances(unknown) : []
    for (const acceptance of acceptances) await adopt(acceptance)

    const adopted = new Set(acceptances.map(({ credentialId }) => credentialId))
    const { settled } = await credentials.settleOverdue({
      existing: overdue.filter((id) => found.has(id)),
      missing: unknown.filter((id) => !adopted.has(id)),
    })
    return settled + adopted.size
  }

  return async function sweepUnclaimed(): Promise<void> {
    while ((await sweepBatch()) === SWEEP_BATCH);
  }
}
