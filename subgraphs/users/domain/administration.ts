import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import { readMoment } from '../../shared/identifiers/read-moment.js'
import type { Administered, AdministrationStore } from './administration-ports.js'
import type { Account } from './ports.js'
import type { Roles } from './roles.js'

/** Who does it, and what they may. */
export type Administrator = { scopes: readonly string[]; by: Actor }

export type AdministrationResult =
  | { kind: 'done'; account: Account }
  | { kind: 'refused'; problems: Problem[] }
  /** It takes more rights than this one has. */
  | { kind: 'forbidden' }

type Deps = {
  store: AdministrationStore
  roles: Pick<Roles, 'has' | 'areCoveredBy'>
  isUserId: (id: string) => boolean
  now: () => Date
  /** Has auth refuse the tokens from before, or end the sessions; throws where that cannot be had (SECURITY 4.5). */
  tellAuth: (change: { userId: string; version: number; endsSessions: boolean }) => Promise<unknown>
}

export type DisableUser = { userId: string; reason: string; until?: string | null | undefined }

/**
 * What is done to others' accounts. Nobody does anything to somebody who may do more than they may themselves, and nobody
 * gives a role that allows more.
 */
export function makeAdministration(deps: Deps) {
  const act = async (
    id: string,
    { scopes, by }: Administrator,
    how: Doing,
  ): Promise<AdministrationResult> => {
    if (!deps.isUserId(id)) return refused('NOT_FOUND', how.idField)
    const may = (names: readonly string[]) => deps.roles.areCoveredBy(scopes, names)
    const done = await how.act({ userId: id, by, may })
    if (done.kind === 'refused') return refusalOf(done.reason, how.idField)

    // Also where nothing was changed: the call before this one may have died on its way to auth.
    const { account } = done
    await deps.tellAuth({ userId: id, version: account.accessVersion, endsSessions: how.endsSessions })
    return done
  }

  /** `user` is everybody's, to be neither given nor taken. */
  const isGiven = (role: string) => deps.roles.has(role) && role !== 'user'

  return {
    async assignRole(userId: string, role: string, asker: Administrator): Promise<AdministrationResult> {
      if (!isGiven(role)) return refused('INVALID', 'role')
      if (!deps.roles.areCoveredBy(asker.scopes, [role])) return { kind: 'forbidden' }
      const give = (one: Doer) => deps.store.assignRole(one, role)
      return act(userId, asker, { act: give, idField: 'userId', endsSessions: false })
    },

    async unassignRole(userId: string, role: string, asker: Administrator): Promise<AdministrationResult> {
      if (!isGiven(role)) return refused('INVALID', 'role')
      const take = (one: Doer) => deps.store.unassignRole(one, role)
      return act(userId, asker, { act: take, idField: 'userId', endsSessions: false })
    },

    async disable(input: DisableUser, asker: Administrator): Promise<AdministrationResult> {
      const { reason, until, problems } = readDisabling(input, deps.now())
      if (reason === null || problems.length > 0) return { kind: 'refused', problems }
      const disable = (one: Doer) => deps.store.disable(one, { reason, until })
      return act(input.userId, asker, { act: disable, idField: 'userId', endsSessions: true })
    },

    enable: (userId: string, asker: Administrator): Promise<AdministrationResult> =>
      act(userId, asker, { act: deps.store.enable, idField: 'id', endsSessions: false }),
  }
}

type Doer = Parameters<AdministrationStore['enable']>[0]
type Doing = { act: (doer: Doer) => Promise<Administered>; idField: string; endsSessions: boolean }

function readDisabling({ reason: text, until: moment }: DisableUser, now: Date) {
  const reason = readDisplayText(text)
  const until = moment == null ? null : readMoment(moment)
  const problems: Problem[] = []
  if ('problem' in reason) problems.push({ code: reason.problem, field: ['reason'] })
  else if (reason.value === null) problems.push({ code: 'REQUIRED', field: ['reason'] })
  if (moment != null && (!until || until <= now)) problems.push({ code: 'INVALID', field: ['until'] })
  return { reason: 'value' in reason ? reason.value : null, until, problems }
}

function refusalOf(reason: Refusal, idField: string): AdministrationResult {
  switch (reason) {
    case 'FORBIDDEN':
      return { kind: 'forbidden' }
    case 'NOT_VERIFIED':
      return refused('VERIFICATION_REQUIRED', idField)
    default:
      return refused(reason, idField)
  }
}

type Refusal = Extract<Administered, { kind: 'refused' }>['reason']

const refused = (code: Problem['code'], field: string): AdministrationResult => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
