import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { AcceptedPayload, userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { ResendEmailVerificationInput, VerifyEmailInput, VerifyEmailPayload } from '../schema/registration.js'
import { toUser } from './to-user.js'

@Resolver()
export class VerifyEmailResolver {
  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => VerifyEmailPayload)
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput) input: VerifyEmailInput,
    @Ctx() context: UsersContext,
  ): Promise<VerifyEmailPayload> {
    const { users, describeRole } = context
    const result = await users.verifyEmail(input, actorOf(context))
    const userErrors = result.problems.map(userError)

    switch (result.kind) {
      case 'verified':
        return { user: toUser(result.account, describeRole), userErrors }
      case 'refused':
        return { user: null, userErrors }
    }
  }

  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => AcceptedPayload)
  async resendEmailVerification(
    @Arg('input', () => ResendEmailVerificationInput) { email }: ResendEmailVerificationInput,
    @Ctx() { users }: UsersContext,
  ): Promise<AcceptedPayload> {
    const result = await users.resendEmailVerification(email)

    switch (result.kind) {
      case 'accepted':
        return { accepted: true, userErrors: [] }
      case 'refused':
        return { accepted: false, userErrors: result.problems.map(userError) }
    }
  }
}
