import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import { isId } from '../../shared/ids/type-id.js'
import type { NotificationsContext } from '../context.js'
import { SendNotificationPayload } from '../schema/send.js'

const NOBODY_HAS_IT = { code: 'NOT_FOUND', field: ['id'] } as const

@Resolver()
export class RetryNotificationResolver {
  @Directive('@requiresScopes(scopes: [["notifications:send"]])')
  @Mutation(() => SendNotificationPayload, {
    description:
      'Sends a message that is DEAD_LETTERED again. EXPIRED where it held a code or a link: those are gone with it.',
  })
  async retryNotification(
    @Arg('id', () => ID) id: string,
    @Ctx() context: NotificationsContext,
  ): Promise<SendNotificationPayload> {
    const result = isId('ntf', id)
      ? await context.notifications.retryMessage(id, actorOf(context))
      : { kind: 'refused' as const, problems: [NOBODY_HAS_IT] }
    if (result.kind === 'refused') return { notification: null, userErrors: result.problems.map(userError) }
    return { notification: await context.messages.clear(id).load(id), userErrors: [] }
  }
}
