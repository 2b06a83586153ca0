import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { AuthContext } from '../context.js'
import { RefreshTokenInput, RefreshTokenPayload } from '../schema/tokens.js'
import { beginSession } from './begin-session.js'
import { toSession } from './to-session.js'

@Resolver()
export class RefreshTokenResolver {
  @Directive('@credential')
  @Directive('@public')
  @Directive('@startsSession')
  @Mutation(() => RefreshTokenPayload, {
    description:
      'Trades a refresh token for new tokens. Browsers send no argument: theirs is an HttpOnly cookie.',
  })
  async refreshToken(
    @Arg('input', () => RefreshTokenInput, { nullable: true }) input: RefreshTokenInput | null,
    @Ctx() context: AuthContext,
  ): Promise<RefreshTokenPayload> {
    const { auth, caller, cookies, effects } = context
    const inBody = input?.refreshToken ?? null
    if (inBody !== null && !auth.mayDeliver(caller.origin, 'BODY')) {
      return refused([userError({ code: 'INVALID', field: ['refreshToken'] })])
    }
    const result = await auth.refresh(inBody ?? cookies.refreshToken ?? null, actorOf(context))

    switch (result.kind) {
      case 'refused':
        // A cookie that is worth nothing any more need not be sent again.
        if (inBody === null) effects.cookies.push({ name: 'refreshToken', value: null, expiresAt: null })
        return refused(result.problems.map(userError))
      case 'refreshed': {
        const delivery = inBody === null ? 'COOKIE' : 'BODY'
        const tokens = await beginSession(context, { ...result, deviceToken: null, delivery })
        return { tokens, session: toSession(result.session, context.viewer), userErrors: [] }
      }
    }
  }
}

const refused = (userErrors: RefreshTokenPayload['userErrors']): RefreshTokenPayload => ({
  tokens: null,
  session: null,
  userErrors,
})
