import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOrNull } from '../../shared/graphql/person.js'
import type { AuthContext } from '../context.js'
import { LogoutInput, LogoutPayload } from '../schema/tokens.js'

@Resolver()
export class LogoutResolver {
  @Directive('@public')
  @Mutation(() => LogoutPayload, { description: 'Ends this session, or all of them.' })
  async logout(
    @Arg('input', () => LogoutInput, { nullable: true }) input: LogoutInput | null,
    @Ctx() context: AuthContext,
  ): Promise<LogoutPayload> {
    const { auth, cookies, effects } = context
    const { endedSessionIds } = await auth.logout({
      everywhere: input?.everywhere ?? false,
      viewer: personOrNull(context),
      by: actorOf(context),
      refreshToken: input?.refreshToken ?? cookies.refreshToken ?? null,
    })
    if (cookies.refreshToken) effects.cookies.push({ name: 'refreshToken', value: null, expiresAt: null })

    return { loggedOut: endedSessionIds.length > 0, userErrors: [] }
  }
}
