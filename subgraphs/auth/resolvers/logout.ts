import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import type { AuthContext } from '../context.js'
import { LogoutInput, LogoutPayload } from '../schema/tokens.js'

@Resolver()
export class LogoutResolver {
  @Directive('@public')
  @Mutation(() => LogoutPayload, { description: 'Ends this session, or all of them.' })
  async logout(
    @Arg('input', () => LogoutInput, { nullable: true }) input: LogoutInput | null,
    @Ctx() { auth, viewer, cookies, effects }: AuthContext,
  ): Promise<LogoutPayload> {
    const { endedSessionIds } = await auth.logout({
      everywhere: input?.everywhere ?? false,
      viewer,
      refreshToken: input?.refreshToken ?? cookies.refreshToken ?? null,
    })
    if (cookies.refreshToken) effects.cookies.push({ name: 'refreshToken', value: null, expiresAt: null })

    return { loggedOut: endedSessionIds.length > 0, userErrors: [] }
  }
}
