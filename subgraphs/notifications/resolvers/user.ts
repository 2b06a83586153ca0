import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ReferenceResolver } from '../../shared/graphql/build-subgraph.js'
import { type Connection, connectionOf, readPage } from '../../shared/graphql/connection.js'
import { isId } from '../../shared/ids/type-id.js'
import type { NotificationsContext } from '../context.js'
import { type Notification, NotificationConnection } from '../schema/notification.js'
import { User } from '../schema/user.js'

@Resolver(() => User)
export class UserResolver {
  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => NotificationConnection, { nullable: true, description: 'Newest first' })
  async notifications(
    @Root() { id }: User,
    @Ctx() { notifications }: NotificationsContext,
    @Arg('first', () => Int, { nullable: true }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Notification>> {
    const page = readPage({ first, after }, (cursor) => isId('ntf', cursor))
    return connectionOf(await notifications.listByUser(id, page), page)
  }
}

/** Whoever the graph names: what may be seen of them is decided field by field. */
export const userByReference: ReferenceResolver<NotificationsContext> = (reference: User) =>
  isId('usr', reference.id) ? reference : null
