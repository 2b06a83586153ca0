import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { VerifyPhoneInput, VerifyPhonePayload } from '../schema/registration.js'
import { toUser } from './to-user.js'

@Resolver()
export class VerifyPhoneResolver {
  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => VerifyPhonePayload)
  async verifyPhone(
    @Arg('input', () => VerifyPhoneInput) { grant }: VerifyPhoneInput,
    @Ctx() context: UsersContext,
  ): Promise<VerifyPhonePayload> {
    const result = await context.users.verifyPhone(grant, actorOf(context))
    return {
      user: result.kind === 'verified' ? toUser(result.account, context.describeRole) : null,
      userErrors: result.problems.map(userError),
    }
  }
}
