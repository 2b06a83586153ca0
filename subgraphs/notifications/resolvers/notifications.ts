import { Arg, Ctx, Directive, ID, Int, Query, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { connectionOf, readPage } from '../../shared/graphql/connection.js'
import { isId } from '../../shared/ids/type-id.js'
import type { NotificationsContext } from '../context.js'
import { Notification, NotificationConnection } from '../schema/notification.js'
import { NotificationFilter } from '../schema/notifications.js'

const isMessageId = (id: string): boolean => isId('ntf', id)

/** What staff see of everybody's messages. */
@Resolver()
export class NotificationsResolver {
  @Directive('@requiresScopes(scopes: [["notifications:read"]])')
  @Query(() => Notification, { nullable: true })
  notification(
    @Arg('id', () => ID) id: string,
    @Ctx() { messages }: NotificationsContext,
  ): Promise<Notification | null> | null {
    return isMessageId(id) ? messages.load(id) : null
  }

  @Directive('@requiresScopes(scopes: [["notifications:read"]])')
  @Query(() => NotificationConnection, { description: 'Everybody’s, newest first' })
  async notifications(
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('filter', () => NotificationFilter, { nullable: true }) filter: NotificationFilter | null,
    @Ctx() { notifications }: NotificationsContext,
  ): Promise<NotificationConnection> {
    const page = readPage({ first, after }, isMessageId)
    const listed = await notifications.listMessages(page, filter ?? {})
    if (listed.kind === 'refused') throw new AppError('BAD_USER_INPUT', { field: listed.field })
    return connectionOf(listed.messages, page)
  }
}
