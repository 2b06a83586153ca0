import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { OtpContext } from '../context.js'
import { MfaState } from '../schema/mfa.js'

/** Users is asked for it, and only where it was asked for. */
@Resolver(() => MfaState)
export class MfaStateResolver {
  @FieldResolver(() => Boolean, { description: 'A role of theirs demands a second factor' })
  requiredByPolicy(@Root() { userId }: MfaState, @Ctx() { isFactorDemanded }: OtpContext): Promise<boolean> {
    return isFactorDemanded.load(userId)
  }
}
