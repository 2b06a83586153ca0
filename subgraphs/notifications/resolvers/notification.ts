import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ReferenceResolver } from '../../shared/graphql/build-subgraph.js'
import { isId } from '../../shared/ids/type-id.js'
import type { NotificationsContext } from '../context.js'
import { DeliveryAttempt } from '../schema/delivery-attempt.js'
import { Notification } from '../schema/notification.js'
import { User } from '../schema/user.js'

@Resolver(() => Notification)
export class NotificationResolver {
  @FieldResolver(() => [DeliveryAttempt], { description: 'Oldest first' })
  attempts(
    @Root() { id }: Notification,
    @Ctx() { attempts }: NotificationsContext,
  ): Promise<DeliveryAttempt[]> {
    return attempts.load(id)
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Null where a service has named an address',
  })
  user(@Root() { userId }: Notification): User | null {
    return userId === null ? null : { id: userId }
  }
}

export const notificationByReference: ReferenceResolver<NotificationsContext> = ({ id }, { messages }) =>
  isId('ntf', id) ? messages.load(id) : null
