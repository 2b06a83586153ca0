import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { AuthContext } from '../context.js'
import type { RevokeResult } from '../domain/ports.js'
import { RevokeSessionsPayload } from '../schema/revoke-sessions.js'

const NOBODYS: RevokeSessionsPayload = { revokedSessionIds: [], userErrors: [] }

@Resolver()
export class RevokeSessionsResolver {
  @Directive('@authenticated')
  @Mutation(() => RevokeSessionsPayload, {
    description: "Ends one of one's own sessions, or with `sessions:write` one of somebody's.",
  })
  async revokeSession(
    @Arg('id', () => ID) id: string,
    @Ctx() context: AuthContext,
  ): Promise<RevokeSessionsPayload> {
    const viewer = personOf(context)
    if (!isId(ID_PREFIXES.session, id)) return unknown('id')

    return answer(await context.auth.revokeSessions.one(viewer, id, actorOf(context)), context)
  }

  @Directive('@authenticated')
  @Mutation(() => RevokeSessionsPayload, { description: 'Ends every session but the one that asks.' })
  async revokeOtherSessions(@Ctx() context: AuthContext): Promise<RevokeSessionsPayload> {
    return answer(await context.auth.revokeSessions.others(personOf(context), actorOf(context)), context)
  }

  @Directive('@requiresScopes(scopes: [["sessions:write"]])')
  @Mutation(() => RevokeSessionsPayload, { description: 'Ends every session of somebody.' })
  async revokeUserSessions(
    @Arg('userId', () => ID) userId: string,
    @Ctx() context: AuthContext,
  ): Promise<RevokeSessionsPayload> {
    if (!isId(ID_PREFIXES.user, userId)) return unknown('userId')

    return answer(
      await context.auth.revokeSessions.allOf(userId, context.viewer?.scopes ?? [], actorOf(context)),
      context,
    )
  }
}

function answer(result: RevokeResult, { viewer, cookies, effects }: AuthContext): RevokeSessionsPayload {
  if (result.kind === 'refused') return { ...NOBODYS, userErrors: result.problems.map(userError) }

  // A browser that has ended its own session keeps no cookie that could only fail.
  const endedOwn = viewer !== null && result.sessionIds.includes(viewer.sessionId)
  if (endedOwn && cookies.refreshToken) {
    effects.cookies.push({ name: 'refreshToken', value: null, expiresAt: null })
  }
  return { revokedSessionIds: result.sessionIds, userErrors: [] }
}

const unknown = (field: string): RevokeSessionsPayload => ({
  ...NOBODYS,
  userErrors: [userError({ code: 'NOT_FOUND', field: [field] })],
})
