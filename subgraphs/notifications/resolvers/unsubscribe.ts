import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { AcceptedPayload, userError } from '../../shared/graphql/user-error.js'
import type { NotificationsContext } from '../context.js'

@Resolver()
export class UnsubscribeResolver {
  @Directive('@public')
  @Directive('@rateLimit(max: 60, window: "1h", by: ["ip"])')
  @Mutation(() => AcceptedPayload, {
    description:
      'The link of a message that may be refused: its person gets no more of that kind. The same answer whether or not there is such a person still.',
  })
  async unsubscribe(
    @Arg('token', () => String) token: string,
    @Ctx() context: NotificationsContext,
  ): Promise<AcceptedPayload> {
    const isDone = (await context.notifications.unsubscribe(token, actorOf(context))) === 'UNSUBSCRIBED'
    return {
      accepted: isDone,
      userErrors: isDone ? [] : [userError({ code: 'INVALID', field: ['token'] })],
    }
  }
}
