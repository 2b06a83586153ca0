import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { AuthContext } from '../context.js'
import { RotateSigningKeyInput, RotateSigningKeyPayload } from '../schema/signing-keys.js'

@Resolver()
export class SigningKeysResolver {
  @Directive('@requiresScopes(scopes: [["keys:write"]])')
  @Mutation(() => RotateSigningKeyPayload, {
    description:
      'Has the next key sign as soon as it has been published for ten minutes. In an emergency takes a key back, with all that it signed.',
  })
  async rotateSigningKey(
    @Arg('input', () => RotateSigningKeyInput, { nullable: true }) input: RotateSigningKeyInput | null,
    @Ctx() context: AuthContext,
  ): Promise<RotateSigningKeyPayload> {
    const keys = await context.auth.rotateKeys(input?.emergencyRemoveKid ?? null, actorOf(context))
    if (keys) return { ...keys, userErrors: [] }

    const unknown = userError({ code: 'NOT_FOUND', field: ['emergencyRemoveKid'] })
    return { activeKid: null, nextKid: null, retiringKids: [], userErrors: [unknown] }
  }
}
