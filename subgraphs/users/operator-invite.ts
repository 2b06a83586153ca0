import { ITSELF } from '../shared/audit/act.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { newToken, tokenDigest } from '../shared/secrets/token.js'
import { makeAttributes } from './domain/attributes.js'
import { type CreateUserResult, makeCreateUser } from './domain/create-user.js'
import type { InvitationStore } from './domain/invitation-ports.js'
import type { Roles } from './domain/roles.js'
import type { UsersOperatorEnv } from './env.js'

type Parts = { invitations: Pick<InvitationStore, 'create'>; roles: Roles }

/** `NO_KEY`: the token of the link could be sealed to nobody. */
export type OperatorInvited = CreateUserResult | { kind: 'NO_KEY' }

/** Invites somebody past the graph, with any role: where nobody may register by themselves, the first administrator too. */
export function makeOperatorInvite(env: UsersOperatorEnv, { invitations, roles }: Parts) {
  return async function invite(email: string, role: string): Promise<OperatorInvited> {
    if (!env.NOTIFICATIONS_PUBLIC_KEY) return { kind: 'NO_KEY' }
    const createUser = makeCreateUser({
      ...{ newToken, digestOf: tokenDigest, seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY) },
      ...{ invitations, roles, attributes: makeAttributes([]), now: () => new Date() },
      texts: null,
      newId: () => newId(ID_PREFIXES.user),
      invitationUrl: env.INVITATION_URL ?? new URL('/account/invite', env.PUBLIC_URL).href,
    })
    const asker = { scopes: roles.scopesOf([role]), by: { ...ITSELF, client: 'operator' } }
    return createUser({ email, roles: [role] }, asker)
  }
}
