import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { AcceptedPayload, userError } from '../../shared/graphql/user-error.js'
import type { NotificationsContext } from '../context.js'

@Resolver()
export class RemoveSuppressionResolver {
  @Directive('@requiresScopes(scopes: [["notifications:write"]])')
  @Mutation(() => AcceptedPayload, {
    description:
      'Has messages sent again to an e-mail address or a number that took none, or whose owner complained. Where none were kept from it, nothing changes.',
  })
  async removeSuppression(
    @Arg('address', () => String) address: string,
    @Ctx() context: NotificationsContext,
  ): Promise<AcceptedPayload> {
    const result = await context.notifications.removeSuppression(address, actorOf(context))
    const problems = result.kind === 'refused' ? result.problems : []
    return { accepted: problems.length === 0, userErrors: problems.map(userError) }
  }
}
